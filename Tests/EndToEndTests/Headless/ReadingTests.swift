import Foundation
import Testing

/// What `check` says of awkward files.
@Suite("Reading")
struct ReadingTests {
  /// What `check --json` says, and its exit status.
  private func check(
    _ sandbox: Sandbox, _ file: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> (report: JSONFragment, ending: ChildProcess.Ending) {
    let outcome = try sandbox.demur("check", file, "--json")
    #expect(outcome.error == "", sourceLocation: sourceLocation)
    return (try JSONFragment(outcome.text), outcome.ending)
  }

  private func checkTable(
    _ bytes: [UInt8], rows: Int, pairs: Int, problemLines: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let sandbox = try Sandbox()
    try sandbox.write(bytes, to: "data.jsonl")
    let (report, ending) = try check(sandbox, "data.jsonl", sourceLocation: sourceLocation)
    #expect(
      ending == .exited(problemLines.isEmpty ? 0 : 1), sourceLocation: sourceLocation)
    #expect(report["rows"]?.integer == rows, sourceLocation: sourceLocation)
    #expect(report["pairs"]?.integer == pairs, sourceLocation: sourceLocation)
    let lines = try #require(report["problems"]?.array).map { $0["line"]?.integer }
    #expect(lines == problemLines, sourceLocation: sourceLocation)
    // Whatever is wrong with a row, the file comes out as it went in.
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl", sourceLocation: sourceLocation)
    #expect(try sandbox.bytes("out.jsonl") == bytes, sourceLocation: sourceLocation)
  }

  private static let pair = #"{"prompt":"what?","chosen":"this one","rejected":"that one"}"#

  @Test(
    "every promised field is in the report on each sample",
    arguments: [
      ("support-chat.jsonl", "jsonl", 62), ("assistant.jsonl", "jsonl", 59),
      ("questions.json", "json", 37),
    ])
  func report(file: String, container: String, rows: Int) throws {
    let sandbox = try Sandbox()
    let (report, ending) = try check(sandbox, try sandbox.sample(file))
    #expect(ending == .exited(0))
    #expect(report["container"]?.string?.contains(container) == true)
    #expect(report["format"]?.string?.isEmpty == false)
    #expect(report["rows"]?.integer == rows)
    #expect(report["pairs"]?.integer == rows)
    #expect(report["problems"]?.array == [])
  }

  @Test("more than twenty problems are summed up by their reason; all of them are in the report")
  func manyProblems() throws {
    let sandbox = try Sandbox()
    let broken = (0..<40).map { $0.isMultiple(of: 4) ? "[1]\n" : "{\"prompt\": \($0)\n" }
    try sandbox.write(Array((Self.pair + "\n" + broken.joined()).utf8), to: "data.jsonl")
    let told = try sandbox.demur("check", "data.jsonl")
    #expect(
      told.text.contains("30 rows: the row ends in the middle (line 3, line 4, line 5 and 27 more)")
    )
    #expect(told.text.contains("10 rows: not a JSON object (line 2, line 6, line 10 and 7 more)"))
    let (report, _) = try check(sandbox, "data.jsonl")
    #expect(report["problems"]?.array?.count == 40)
  }

  @Test("labels that contradict each other, and sides that hold each other, are counted")
  func findings() throws {
    let sandbox = try Sandbox()
    let opposite = #"{"prompt":"what?","chosen":"that one","rejected":"this one"}"#
    let nested = #"{"prompt":"why?","chosen":"Because of that.","rejected":"Because"}"#
    try sandbox.write(Array("\(Self.pair)\n\(opposite)\n\(nested)\n".utf8), to: "data.jsonl")
    let (report, ending) = try check(sandbox, "data.jsonl")
    #expect(ending == .exited(0))
    #expect(report["findings"]?["exact_conflict"]?.integer == 2)
    #expect(report["findings"]?["contained_side"]?.integer == 1)
    #expect(report["findings"]?["near_conflict"]?.integer == 0)
  }

  @Test("a line of a megabyte is a row like others")
  func longLine() throws {
    let long =
      #"{"prompt":"p","chosen":""# + String(repeating: "word ", count: 210_000)
      + #"","rejected":"short"}"#
    try checkTable(
      Array("\(Self.pair)\n\(long)\n\(Self.pair)\n".utf8), rows: 3, pairs: 3, problemLines: [])
  }

  @Test("a megabyte that is no row is one problem")
  func longNonsense() throws {
    let long = String(repeating: "{\"a\":", count: 200_000)
    try checkTable(
      Array("\(Self.pair)\n\(long)\n\(Self.pair)\n".utf8), rows: 3, pairs: 2, problemLines: [2])
  }

  @Test("invalid UTF-8 is read with marks in its place, and comes out as it went in")
  func invalidUTF8() throws {
    var bytes = Array("\(Self.pair)\n".utf8)
    bytes += Array(#"{"prompt":"p","chosen":"a"#.utf8) + [0xFF, 0xC3, 0x28]
    bytes += Array("\",\"rejected\":\"b\"}\n\(Self.pair)\n".utf8)
    try checkTable(bytes, rows: 3, pairs: 3, problemLines: [])
  }

  @Test("a last line that ends in the middle is one problem")
  func truncatedLine() throws {
    let bytes = Array("\(Self.pair)\n\(Self.pair)\n{\"prompt\":\"p\",\"chosen\":\"a".utf8)
    try checkTable(bytes, rows: 3, pairs: 2, problemLines: [3])
  }

  @Test("wrong types, missing fields and other values are problems; blank lines are no rows")
  func awkwardRows() throws {
    let lines = [
      Self.pair, "", #"{"prompt":"p","chosen":7,"rejected":"b"}"#, "[1,2]", "   ", "null",
      #"{"prompt":"p","chosen":"a"}"#, Self.pair, #"{"prompt":"p","chosen":"a","rejected":"b"} x"#,
    ]
    try checkTable(
      Array((lines + Array(repeating: Self.pair, count: 40)).joined(separator: "\n").utf8),
      rows: 47, pairs: 42, problemLines: [3, 4, 6, 7, 9])
  }

  @Test("problem rows are named by the other commands as well, and never by their text")
  func problemsElsewhere() throws {
    let sandbox = try Sandbox()
    try sandbox.write(
      Array(repeating: Self.pair + "\n", count: 3).joined() + "{\"prompt\":\"a secret",
      to: "data.jsonl")
    let scores = try sandbox.done("scan", "data.jsonl", "-o", "-").lines
    #expect(scores.count == 4)
    let last = try JSONFragment(try #require(scores.last))
    #expect(last["suspicion"]?.isNull == true)
    #expect(last["problem"]?.string?.isEmpty == false)
    let refused = try sandbox.demur("label", "data.jsonl", "row:3", "drop")
    #expect(refused.ending == .exited(3))
    try expectOneSentence(refused.error)
    for text in [refused.error, try sandbox.demur("check", "data.jsonl").text] {
      #expect(!text.contains("secret"))
    }
  }

  @Test("of the traps in the shared data only the LFS pointer is refused")
  func traps() throws {
    guard let shared = ProcessInfo.processInfo.environment["DEMUR_SHARED"] else {
      try Test.cancel("DEMUR_SHARED is not set: the traps of the format samples were not opened")
    }
    let sandbox = try Sandbox()
    let folder = shared + "/data/format-samples/"
    for (name, rows, problems) in [
      ("trap_crlf_bom.jsonl", 5, 0), ("trap_hh_real_odd_rows.jsonl", 15, 0),
      ("trap_multi_member.jsonl.gz", 9, 0), ("trap_truncated_last_line.jsonl", 6, 1),
      ("trap_u2028.jsonl", 3, 0),
    ] {
      let (report, ending) = try check(sandbox, folder + name)
      #expect(ending == .exited(problems == 0 ? 0 : 1), "\(name)")
      #expect(report["problems"]?.array?.count == problems, "\(name)")
      #expect(report["rows"]?.integer == rows, "\(name)")
      guard name.hasSuffix(".jsonl") else { continue }
      try sandbox.write(try Array(Data(contentsOf: URL(fileURLWithPath: folder + name))), to: name)
      try sandbox.done("export", name, "-o", "out-\(name)")
      #expect(try sandbox.bytes("out-\(name)") == sandbox.bytes(name), "\(name)")
    }
    let pointer = try sandbox.demur("check", folder + "trap_lfs_pointer.jsonl")
    #expect(pointer.ending == .exited(3))
    #expect(pointer.error.contains("LFS"))
    try expectOneSentence(pointer.error)
  }
}
