import CPseudoTerminal
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
    let words = unsafe arguments.map { unsafe strdup($0) }
    let variables = unsafe environment.sorted { $0.key < $1.key }
      .map { unsafe strdup("\($0.key)=\($0.value)") }
    defer { unsafe (words + variables).forEach { unsafe free($0) } }
    var process: pid_t = 0
    let code = unsafe spawn_session(
      words + [nil], variables + [nil], folder, streams.input, streams.output, streams.error,
      &process)
    guard code == 0 else { throw SpawnFailure(program: arguments[0], code: code) }
    id = process
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
