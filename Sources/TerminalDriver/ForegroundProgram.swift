import CNcurses
import Glibc

/// A program that has the terminal for a while, such as an editor.
public enum ForegroundProgram {
  /// Why a program did not do what it was started for.
  public enum Problem: Error, Hashable, Sendable {
    case notStarted(code: Int32)
    /// Nil where a signal ended it.
    case failed(status: Int32?)
  }

  /// Runs `words`, a program on the PATH and its arguments, without a shell, and waits for its end.
  ///
  /// What is typed meanwhile is its own: interrupts do not reach this process. Where the program stops
  /// itself, this process stops with it.
  ///
  /// - Parameters:
  ///   - words: The program and its arguments; not empty.
  ///   - input: What becomes its standard input: the terminal.
  /// - Throws: Why it has not ended well.
  public static func run(_ words: [String], input: Int32) throws(Problem) {
    precondition(!words.isEmpty, "a program has a name")
    var actions = unsafe posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    if input != 0 { unsafe posix_spawn_file_actions_adddup2(&actions, input, 0) }

    // Signals as at birth, in the group that has the terminal.
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))

    var arguments = unsafe words.map { unsafe strdup($0) } + [nil]
    defer { unsafe arguments.forEach { unsafe free($0) } }
    let typed = [SIGINT, SIGQUIT, SIGTSTP]
    var handlers: [sigaction] = []
    for signal in typed {
      var (ignored, old) = (sigaction(), sigaction())
      unsafe ignored.__sigaction_handler.sa_handler = SIG_IGN
      unsafe sigaction(signal, &ignored, &old)
      handlers.append(old)
    }
    defer {
      for (place, signal) in typed.enumerated() { unsafe sigaction(signal, &handlers[place], nil) }
    }
    var started: pid_t = 0
    let code = unsafe posix_spawnp(
      &started, words[0], &actions, &attributes, &arguments, environ)
    guard code == 0 else { throw .notStarted(code: code) }
    let status = wait(for: started)
    guard status & 0x7F == 0 else { throw .failed(status: nil) }
    guard status == 0 else { throw .failed(status: (status >> 8) & 0xFF) }
  }

  private static func wait(for program: pid_t) -> Int32 {
    var status: Int32 = 0
    while true {
      let answer = unsafe waitpid(program, &status, WUNTRACED)
      if answer < 0, errno == EINTR { continue }
      guard answer == program, status & 0xFF == 0x7F else { return status }
      guard_stop_process()
      kill(program, SIGCONT)
    }
  }
}
