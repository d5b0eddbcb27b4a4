import CProcess
import Glibc

/// A program that runs beside this one and whose output is read. It is ended with this value, and
/// so is whatever it has started; and it ends itself with the thread that began it, even where this
/// process is killed. It is therefore to be read by that thread.
final class ChildProgram {
  /// How it ended, and what it said on its standard error.
  struct Ending {
    /// Its exit status; nil where a signal ended it.
    var status: Int32?
    var errorText: String
  }

  private let processID: pid_t
  private let output: OpenFile
  private let errors: OpenFile
  private var isReaped = false

  /// What of the environment it is given.
  private static let environmentNames = ["HOME", "PATH", "TMPDIR", "LANG"]

  /// Starts the program at `path`.
  ///
  /// - Parameters:
  ///   - path: The program.
  ///   - arguments: What it is given, taken as they are.
  ///   - input: What it reads on its standard input.
  ///   - scratchFolder: Where its input and its standard error are kept.
  /// - Throws: Why it cannot be started.
  init(
    path: String, arguments: [String], input: [UInt8], scratchFolder: String
  ) throws(SystemFailure) {
    let inputFile = try OpenFile(unnamedIn: scratchFolder)
    try inputFile.write(input.span)
    try inputFile.rewind()
    var ends: [Int32] = [0, 0]
    try systemCall("pipe") { unsafe pipe(&ends) }
    output = OpenFile(descriptor: ends[0], isOwned: true)
    let written = OpenFile(descriptor: ends[1], isOwned: true)
    for end in ends { try systemCall("fcntl") { fcntl(end, F_SETFD, FD_CLOEXEC) } }
    let errorFile = try OpenFile(unnamedIn: scratchFolder)
    errors = errorFile

    let words = unsafe ([path] + arguments).map { unsafe strdup($0) } + [nil]
    let environment =
      unsafe Self.environmentNames.compactMap { name -> UnsafeMutablePointer<CChar>? in
        guard let value = unsafe getenv(name) else { return nil }
        return unsafe strdup(name + "=" + String(cString: value))
      } + [nil]
    defer { unsafe (words + environment).forEach { unsafe free($0) } }
    var started: pid_t = 0
    let code = inputFile.whileOpen { input in
      written.whileOpen { output in
        errorFile.whileOpen { errors in
          unsafe cprocess_start(path, words, environment, [input, output, errors], &started)
        }
      }
    }
    guard code == 0 else { throw SystemFailure(operation: "fork", code: code) }
    processID = started
  }

  deinit {
    guard !isReaped else { return }
    kill(-processID, SIGKILL)
    reap()
  }

  /// Puts what it has written into `buffer`: how many bytes, 0 at the end; nil where nothing came
  /// for `milliseconds`.
  func read(
    into buffer: inout [UInt8], waitingFor milliseconds: Int32
  ) throws(SystemFailure) -> Int? {
    guard try output.isReadable(within: milliseconds) else { return nil }
    return try output.readNext(into: &buffer)
  }

  /// Waits for its end, which is near once its output has ended.
  func finish() throws(SystemFailure) -> Ending {
    let status = reap()
    var text = [UInt8](repeating: 0, count: 4096)
    let count = try errors.read(at: 0, into: &text, range: 0..<text.count)
    return Ending(
      status: status & 0x7F == 0 ? (status >> 8) & 0xFF : nil,
      errorText: String(decoding: text[..<count], as: UTF8.self))
  }

  @discardableResult
  private func reap() -> Int32 {
    var status: Int32 = 0
    while unsafe waitpid(processID, &status, 0) < 0, errno == EINTR {}
    isReaped = true
    return status
  }
}
