import Foundation
import Glibc

/// A process of the program under test, with nothing inherited but what is named here.
final class ChildProcess {
  /// How a process ended.
  enum Ending: Hashable {
    case exited(Int32)
    case killed(by: Int32)
  }

  /// What its three standard streams are: paths.
  struct Streams {
    var input = "/dev/null"
    var output: String
    var error: String
  }

  struct SpawnFailure: Error {
    let program: String
    let code: Int32
  }

  let id: pid_t
  private var ending: Ending?

  /// Starts the program `arguments[0]` as the leader of a session of its own. The first terminal among its
  /// streams becomes the one that controls it.
  init(
    _ arguments: [String], environment: [String: String], folder: String, streams: Streams
  ) throws {
    var attributes = posix_spawnattr_t()
    unsafe posix_spawnattr_init(&attributes)
    defer { unsafe posix_spawnattr_destroy(&attributes) }
    unsafe posix_spawnattr_setflags(
      &attributes, Int16(POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    var signals = sigset_t()
    unsafe sigemptyset(&signals)
    unsafe posix_spawnattr_setsigmask(&attributes, &signals)
    unsafe sigfillset(&signals)
    unsafe posix_spawnattr_setsigdefault(&attributes, &signals)

    var actions = posix_spawn_file_actions_t()
    unsafe posix_spawn_file_actions_init(&actions)
    defer { unsafe posix_spawn_file_actions_destroy(&actions) }
    unsafe posix_spawn_file_actions_addchdir_np(&actions, folder)
    for (descriptor, path) in [streams.input, streams.output, streams.error].enumerated() {
      unsafe posix_spawn_file_actions_addopen(
        &actions, Int32(descriptor), path, Self.flags(for: path, isInput: descriptor == 0), 0o600)
    }
    unsafe posix_spawn_file_actions_addclosefrom_np(&actions, 3)

    let words = unsafe arguments.map { unsafe strdup($0) }
    let variables = unsafe environment.sorted { $0.key < $1.key }
      .map { unsafe strdup("\($0.key)=\($0.value)") }
    defer { for unsafe copy in unsafe words + variables { unsafe free(copy) } }
    var process: pid_t = 0
    let code = unsafe posix_spawn(
      &process, arguments[0], &actions, &attributes, words + [nil], variables + [nil])
    guard code == 0 else { throw SpawnFailure(program: arguments[0], code: code) }
    id = process
  }

  private static func flags(for path: String, isInput: Bool) -> Int32 {
    if path.hasPrefix("/dev/pts/") { return O_RDWR }
    return isInput ? O_RDONLY : O_WRONLY | O_CREAT | O_TRUNC
  }

  func signal(_ number: Int32) { kill(id, number) }

  /// How it ended; nil while it runs.
  func endingSoFar() -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    guard unsafe waitpid(id, &status, WNOHANG) == id else { return nil }
    // As WIFEXITED and its kin read the status, which are macros.
    ending = status & 0x7f == 0 ? .exited((status >> 8) & 0xff) : .killed(by: status & 0x7f)
    return ending
  }

  /// Waits until it has ended.
  func waitForEnding() throws -> Ending {
    try Deadline.standard.wait(for: "the process to end") { endingSoFar() }
  }

  deinit {
    guard ending == nil else { return }
    kill(id, SIGKILL)
    var status: Int32 = 0
    unsafe waitpid(id, &status, 0)
  }
}
