import Foundation
import Testing

/// What cannot be done is said in one sentence, with the exit status that scripts can rely on.
@Suite("Bad input")
struct RefusalTests {
  struct Case: CustomTestStringConvertible {
    let what: String
    let status: Int32
    /// What the sentence has to name.
    let words: [String]
    let arguments: [String]
    var file: [UInt8]?

    init(
      _ what: String, _ status: Int32, _ words: [String], _ arguments: [String],
      file: [UInt8]? = nil
    ) {
      self.what = what
      self.status = status
      self.words = words
      self.arguments = arguments
      self.file = file
    }

    var testDescription: String { what }
  }

  static let pair = Array(#"{"prompt":"p","chosen":"c","rejected":"r"}"#.utf8) + [0x0A]

  static let pointer = """
    version https://git-lfs.github.com/spec/v1
    oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
    size 12345

    """

  static let files: [Case] = [
    .init("a missing file", 4, ["no file", "nosuch.jsonl"], ["check", "nosuch.jsonl"]),
    .init("a misspelt command", 4, ["no file", "scna", "'scan'"], ["scna"]),
    .init("an empty file", 3, ["empty"], ["check", "data.jsonl"], file: []),
    .init(
      "a file of blank lines", 3, ["data.jsonl"], ["check", "data.jsonl"], file: [10, 10, 13, 10]),
    .init("a folder", 4, ["folder"], ["check", "home"]),
    .init(
      "a binary file", 3, ["data.jsonl"], ["check", "data.jsonl"],
      file: [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1] + [UInt8](repeating: 0, count: 500)),
    .init(
      "a file without pairs", 3, ["no preference pairs", "--fields"], ["check", "data.jsonl"],
      file: Array("{\"text\":\"a\"}\n{\"text\":\"b\"}\n".utf8)),
    .init(
      "a JSON object that is no list", 3, ["data.jsonl"], ["check", "data.jsonl"],
      file: Array("{\"version\":1}\n".utf8)),
    .init(
      "an LFS pointer", 3, ["LFS", "git lfs pull"], ["check", "data.jsonl"],
      file: Array(pointer.utf8)),
    .init(
      "damaged gzip", 3, ["data.jsonl"], ["check", "data.jsonl"],
      file: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF]),
    .init(
      "parquet without DuckDB", 4, ["data.jsonl", "duckdb", "pip install duckdb-cli"],
      ["check", "data.jsonl", "--duckdb", "/nowhere/duckdb"], file: Array("PAR1....PAR1".utf8)),
    .init(
      "Arrow without DuckDB", 4, ["data.jsonl", "Arrow", "pip install duckdb-cli"],
      ["check", "data.jsonl", "--duckdb", "/nowhere/duckdb"], file: [255, 255, 255, 255]),
    .init(
      "a mapping that fits nothing", 3, ["data.jsonl"],
      ["check", "data.jsonl", "--fields", "chosen=x,rejected=y"], file: pair),
  ]

  static let usage: [Case] = [
    .init(
      "a misspelt command with its file", 2, ["'export'"], ["exprot", "data.jsonl", "-o", "x"],
      file: pair),
    .init(
      "an unknown option", 2, ["--jobz", "--jobs"], ["scan", "data.jsonl", "--jobz", "2"],
      file: pair),
    .init(
      "an unknown decision", 2, ["swop"], ["label", "data.jsonl", "row:0", "swop"], file: pair),
    .init("a missing argument", 2, ["demur"], ["label", "data.jsonl"], file: pair),
    .init("no arguments at all", 2, ["demur"], []),
    .init(
      "a number that is none", 2, ["many"], ["scan", "data.jsonl", "--jobs", "many"], file: pair),
    .init(
      "a share beyond 1", 2, ["--flag-share"], ["scan", "data.jsonl", "--flag-share", "7"],
      file: pair),
    .init(
      "a strength beyond 3", 2, ["--strength"],
      ["label", "data.jsonl", "row:0", "keep", "--strength", "9"], file: pair),
    .init(
      "a mapping that is none", 2, ["--fields"], ["check", "data.jsonl", "--fields", "nonsense"],
      file: pair),
    .init("the UI without a terminal", 2, ["terminal"], ["data.jsonl"], file: pair),
    .init(
      "evaluation without a truth", 2, ["--flip-rate"], ["evaluate", "data.jsonl"], file: pair),
    .init(
      "seeds that are none", 2, ["--seeds"],
      ["evaluate", "data.jsonl", "--flip-rate", "0.2", "--seeds", "9-0"], file: pair),
    .init(
      "noise of no kind", 2, ["symmetric"], ["evaluate", "data.jsonl", "--noise", "loud"],
      file: pair),
  ]

  static let work: [Case] = [
    .init(
      "a swap of two equal sides", 3, ["no preference"], ["label", "data.jsonl", "row:0", "swap"],
      file: Array(#"{"prompt":"p","chosen":"c","rejected":"c"}"#.utf8) + [0x0A]),
    .init(
      "a row that is not there", 1, ["row:7"], ["label", "data.jsonl", "row:7", "keep"], file: pair),
    .init("nothing to undo", 1, ["nothing more"], ["undo", "data.jsonl"], file: pair),
    .init(
      "exporting over the data set", 4, ["the data set itself"],
      ["export", "data.jsonl", "-o", "data.jsonl"], file: pair),
    .init(
      "exporting over a folder", 4, ["folder"], ["export", "data.jsonl", "-o", "home"], file: pair),
    .init(
      "exporting to a folder that is missing", 4, ["folder"],
      ["export", "data.jsonl", "-o", "no/out.jsonl"], file: pair),
    .init(
      "exporting to Parquet", 2, ["parquet"], ["export", "data.jsonl", "-o", "out.parquet"],
      file: pair),
    .init(
      "scores over the data set", 4, ["the data set itself"],
      ["scan", "data.jsonl", "-o", "data.jsonl"], file: pair),
    .init(
      "decisions that are missing", 4, ["nosuch.jsonl"], ["apply", "data.jsonl", "nosuch.jsonl"],
      file: pair),
    .init(
      "a truth that is missing", 4, ["nosuch.jsonl"],
      ["evaluate", "data.jsonl", "--truth", "nosuch.jsonl"], file: pair),
    .init(
      "noise of an annotator whom nobody names", 3, ["names no annotators"],
      ["evaluate", "data.jsonl", "--noise", "annotator"], file: pair),
    .init("a theme that is missing", 4, ["darc", "dark"], ["theme", "check", "darc"]),
  ]

  @Test(
    "it is one sentence on standard error, nothing on standard output",
    arguments: files + usage + work)
  func refusal(_ refused: Case) throws {
    let sandbox = try Sandbox()
    if let file = refused.file { try sandbox.write(file, to: "data.jsonl") }
    let before = try sandbox.names()
    let outcome = try sandbox.demur(refused.arguments)
    #expect(outcome.ending == .exited(refused.status), "\(outcome.error)")
    #expect(outcome.output.isEmpty, "\(outcome.text)")
    try expectOneSentence(outcome.error)
    for word in refused.words { #expect(outcome.error.contains(word), "\(outcome.error)") }
    // No file appears and none is harmed; a review may have been begun.
    let after = try sandbox.names().filter { $0 != "data.jsonl.demur" }
    #expect(after == before)
    if let file = refused.file { #expect(try sandbox.bytes("data.jsonl") == file) }
  }

  @Test(
    "the UI refuses the same files in the same way, and leaves the terminal alone", arguments: files
  )
  func refusedByUI(_ refused: Case) throws {
    let sandbox = try Sandbox()
    if let file = refused.file { try sandbox.write(file, to: "data.jsonl") }
    let interface = try Interface(sandbox, refused.arguments.filter { $0 != "check" })
    #expect(try interface.waitForEnding() == .exited(refused.status))
    try expectOneSentence(try interface.errors())
    #expect(interface.terminal.transcript.isEmpty)
    interface.expectRestored()
  }

  @Test("what Demur is asked about itself goes to standard output, with status 0")
  func help() throws {
    let sandbox = try Sandbox()
    for arguments in [["--help"], ["scan", "--help"], ["help", "export"], ["--version"]] {
      let outcome = try sandbox.demur(arguments)
      #expect(outcome.isDone)
      #expect(!outcome.output.isEmpty && outcome.error.isEmpty, "\(arguments)")
    }
  }

  /// The first sentence of all may wrap: it has no lines of its own.
  @Test(
    "what a command is for has the same lines at 80 columns as without an end",
    arguments: [
      "review", "scan", "check", "ls", "show", "label", "apply", "undo", "log", "stats", "audit",
      "diff", "bias", "export", "evaluate", "theme", "keys", "config", "completion", "doctor",
    ])
  func helpWidth(command: String) throws {
    let sandbox = try Sandbox()
    func meaning(columns: Int) throws -> ArraySlice<Substring> {
      let outcome = try sandbox.demur(
        ["help", command], before: ["/usr/bin/env", "COLUMNS=\(columns)"])
      try #require(outcome.isDone)
      return String(decoding: outcome.output, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false)
        .drop { !$0.isEmpty }.prefix { !$0.hasPrefix("USAGE") }
    }
    #expect(try meaning(columns: 80) == meaning(columns: 400))
  }

  @Test("a reader that goes away ends it quietly")
  func brokenPipe() throws {
    let sandbox = try Sandbox()
    try sandbox.write(try Sandbox.sampleBytes("support-chat.jsonl", times: 20), to: "data.jsonl")
    let script = "{ \"$0\" \"$@\"; echo $? >&2; } | head -n 1"
    let outcome = try sandbox.demur(
      "ls", "data.jsonl", "--json", before: ["/bin/sh", "-c", script])
    #expect(outcome.lines.count == 1)
    // 128 + SIGPIPE, and not a word.
    #expect(outcome.error == "141\n")
  }

  @Test("a standard output that is full is said")
  func fullOutput() throws {
    let sandbox = try Sandbox()
    let file = try sandbox.sample()
    let outcome = try sandbox.demur(
      "scan", file, "-o", "-", before: ["/bin/sh", "-c", "exec \"$0\" \"$@\" >/dev/full"])
    #expect(outcome.ending == .exited(4))
    try expectOneSentence(outcome.error)
  }
}
