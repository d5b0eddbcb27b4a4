import Foundation
import Testing

/// A folder with data sets and a home of its own, for one test: nothing of the account that runs the
/// tests is read or written. Removed with the last reference to it.
final class Sandbox {
  let path: String
  /// The environment that programs get, and nothing else.
  var environment: [String: String]
  private var runCount = 0

  init() throws {
    path = NSTemporaryDirectory() + "demur-e2e-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: path + "/home", withIntermediateDirectories: true)
    environment = [
      "HOME": path + "/home", "LANG": "C.UTF-8", "TERM": "xterm-256color", "TMPDIR": path,
      "PATH": "/usr/bin:/bin", "USER": "kim", "DEMUR_ANNOTATOR": "kim",
    ]
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The absolute path of `name` in the folder.
  func path(of name: String) -> String { name.hasPrefix("/") ? name : path + "/" + name }

  /// Copies a sample of the project's into the folder, under its own name, which is the result.
  @discardableResult
  func sample(_ name: String = "support-chat.jsonl") throws -> String {
    try write(Self.sampleBytes(name), to: name)
    return name
  }

  /// The bytes of a sample, `times` over.
  static func sampleBytes(_ name: String, times: Int = 1) throws -> [UInt8] {
    let top = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let bytes = try Data(contentsOf: top.appendingPathComponent("samples/\(name)"))
    return (0..<times).flatMap { _ in bytes }
  }

  func write(_ bytes: [UInt8], to name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path(of: name)))
  }

  func write(_ text: String, to name: String) throws { try write(Array(text.utf8), to: name) }

  func bytes(_ name: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: path(of: name))))
  }

  func append(_ bytes: some Sequence<UInt8>, to name: String) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path(of: name)))
    try file.seekToEnd()
    try file.write(contentsOf: Data(bytes))
    try file.close()
  }

  func truncate(_ name: String, to size: Int) throws {
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path(of: name)))
    try file.truncate(atOffset: UInt64(size))
    try file.close()
  }

  func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: path(of: name)) }

  func setMode(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path(of: name))
  }

  func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(of: name)) }

  /// The names in a folder, sorted.
  func names(in folder: String = ".") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(of: folder)).sorted()
  }

  /// What a command without a screen did.
  struct Outcome {
    let ending: ChildProcess.Ending
    let output: [UInt8]
    let error: String

    var text: String { String(decoding: output, as: UTF8.self) }
    var lines: [String] { text.split(separator: "\n").map(String.init) }
    var isDone: Bool { ending == .exited(0) }
  }

  /// Runs `demur` with `arguments` in the folder, to its end.
  func demur(
    _ arguments: String..., input: String = "/dev/null", before words: [String] = []
  ) throws -> Outcome {
    try demur(arguments, input: input, before: words)
  }

  /// Runs `demur` with `arguments` in the folder, to its end; `words` before them are a program that
  /// starts it under other conditions.
  func demur(
    _ arguments: [String], input: String = "/dev/null", before words: [String] = []
  ) throws -> Outcome {
    runCount += 1
    let (output, error) = (path(of: "home/out-\(runCount)"), path(of: "home/err-\(runCount)"))
    let process = try ChildProcess(
      words + [try Program.path] + arguments, environment: environment, folder: path,
      streams: .init(input: input, output: output, error: error))
    let ending = try process.waitForEnding()
    return Outcome(
      ending: ending, output: try bytes(output),
      error: String(decoding: try bytes(error), as: UTF8.self))
  }

  /// Runs `demur` as `demur(_:)` does, where nothing but success will do.
  @discardableResult
  func done(
    _ arguments: String..., input: String = "/dev/null",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try demur(arguments, input: input)
    try #require(
      outcome.isDone, "\(arguments): \(outcome.ending) \(outcome.error)",
      sourceLocation: sourceLocation)
    return outcome
  }

  /// The decisions in the review of `file`, oldest first, as `demur log --jsonl` gives them.
  func loggedDecisions(
    of file: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [[String: JSONFragment]] {
    try done("log", file, "--jsonl", sourceLocation: sourceLocation).lines.map {
      try #require(JSONFragment($0).object)
    }
  }
}
