import CNcurses
import Glibc
import TerminalSurface

/// A terminal to which nothing but lines is written: no alternate screen, no cursor, no colour, nothing drawn
/// twice. Screen readers follow it, and every type of terminal can show it.
///
/// Keys come one by one where the terminal can send them so. It belongs to the main thread, and takes the
/// signals as `CursesTerminal` does.
@MainActor
public final class LinearTerminal {
  private let input: Int32
  private let output: Int32
  private let settings: termios
  private var hasGone = false
  private var isOpen = true

  /// Takes the terminal.
  /// - Throws: `TerminalError` before anything has been changed.
  public init(input: Int32, output: Int32) throws(TerminalError) {
    for descriptor in [input, output] where isatty(descriptor) == 0 {
      throw .notATerminal(descriptor: descriptor)
    }
    let foreground = tcgetpgrp(input)
    if foreground > 0, foreground != getpgrp() { throw .inBackground }
    var settings = termios()
    guard unsafe tcgetattr(input, &settings) == 0, guard_start(input, output) == 0 else {
      throw .system(errno)
    }
    self.input = input
    self.output = output
    self.settings = settings
    takeKeys()
  }

  private func takeKeys() {
    var single = settings
    single.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
    unsafe tcsetattr(input, TCSANOW, &single)
  }

  private func giveBack() {
    var former = settings
    unsafe tcsetattr(input, TCSANOW, &former)
  }

  /// Writes `line`, which holds no control characters, and ends it.
  public func write(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    var sent = 0
    while sent < bytes.count {
      let count = unsafe bytes[sent...].withUnsafeBytes {
        unsafe Glibc.write(output, $0.baseAddress, $0.count)
      }
      if count < 0, errno != EINTR { return }
      sent += max(0, count)
    }
  }

  /// Waits until a key, a signal, or one of `descriptors` has come.
  @discardableResult
  public func wait(for descriptors: [Int32] = [], timeout: Duration? = nil) -> Set<Int32> {
    let own = hasGone ? [guard_descriptor()] : [guard_descriptor(), input]
    let ready = EventLoop.wait(for: own + descriptors, timeout: timeout)
    if ready.gone.contains(input) { hasGone = true }
    return ready.readable
  }

  /// Everything that has come: signals first, then keys.
  public func readEvents() -> [TerminalEvent] {
    var events: [TerminalEvent] = []
    while case let signal = guard_next_signal(), signal != 0 {
      switch signal {
      case SIGWINCH: break
      case SIGTSTP: events.append(.stopRequested)
      case SIGCONT:
        takeKeys()
        events.append(.continued)
      default: events.append(.quit(signal: signal))
      }
    }
    if hasGone { return events + [.quit(signal: SIGHUP)] }
    guard EventLoop.wait(for: [input], timeout: .zero).readable.contains(input) else {
      return events
    }
    var bytes = [UInt8](repeating: 0, count: 4_096)
    let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(input, $0.baseAddress, $0.count) }
    guard count > 0 else {
      hasGone = true
      return events + [.quit(signal: SIGHUP)]
    }
    return events + KeyDecoder.keys(in: Array(bytes[..<count])).map(TerminalEvent.key)
  }

  /// Stops the process as Ctrl-Z does in a shell, and takes the terminal again afterwards.
  public func suspend() {
    giveBack()
    guard_stop_process()
    takeKeys()
  }

  /// Gives the terminal to the program that `words` name for as long as it runs.
  /// - Throws: Why it has not ended well; the terminal is this program's again.
  public func run(_ words: [String]) throws(ForegroundProgram.Problem) {
    giveBack()
    defer { takeKeys() }
    try ForegroundProgram.run(words, input: input)
  }

  /// Gives the terminal back as it was. A second call does nothing.
  public func close() {
    guard isOpen else { return }
    isOpen = false
    giveBack()
    guard_stop()
  }
}
