import Foundation
import Testing

/// `demur export` with rules that narrow what is written, judged by the bytes of the rows.
@Suite("Parts of a data set, exported")
struct SubsetTests {
  private static let rows = (0..<60).map { number in
    let answer = String(repeating: "é", count: number)
    return #"{"prompt":"q\#(number / 2)","chosen":"\#(answer)c","rejected":"r\#(number)"}"# + "\n"
  }

  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows.joined(), to: "data.jsonl")
    return sandbox
  }

  private func lines(_ sandbox: Sandbox, _ file: String) throws -> [String] {
    try sandbox.bytes(file).split(separator: 0x0A).map { line in
      String(decoding: line, as: UTF8.self) + "\n"
    }
  }

  @Test("long rows and rows of an evaluation file stay out, counted with the rule that did it")
  func bounds() throws {
    let sandbox = try sandbox()
    try sandbox.write(#"{"prompt":"q3","chosen":"a","rejected":"b"}"# + "\n", to: "eval.jsonl")
    let told = try sandbox.done(
      "export", "data.jsonl", "-o", "out.jsonl", "--max-length", "23", "--without", "eval.jsonl")
    // Two or three characters of prompt, and the answers of row n have n + 1: rows 0 to 19.
    #expect(try lines(sandbox, "out.jsonl") == Array(Self.rows[0...5] + Self.rows[8...19]))
    #expect(told.error.contains("60 in, 18 out"))
    let manifest = try JSONFragment(sandbox.bytes("out.jsonl.manifest.json"))
    let bounds = try #require(manifest["settings"]?["bounds"]?.array)
    #expect(bounds.map { $0["left_out"]?.integer } == [40, 2])
    #expect(bounds[0]["max_length"]?.integer == 23)
    #expect(bounds[1]["without"]?.string == "eval.jsonl")
    #expect(bounds[1]["sha256"]?.string?.count == 64)
    #expect(manifest["settings"]?["rows"]?.string == "all")
    let none = try sandbox.demur("export", "data.jsonl", "-o", "x.jsonl", "--max-length", "1")
    #expect(none.ending == .exited(1))
  }

  @Test("a split writes each row into one of two files, the same bytes for the same seed")
  func split() throws {
    let sandbox = try sandbox()
    for name in ["out", "again"] {
      try sandbox.done(
        "export", "data.jsonl", "-o", "\(name).jsonl", "--split", "0.3", "--seed", "4")
    }
    let parts = try ["train", "validation"].map { try lines(sandbox, "out.\($0).jsonl") }
    #expect(parts.joined().sorted() == Self.rows.sorted())
    #expect(try parts[0] == lines(sandbox, "again.train.jsonl"))
    // Two rows have each prompt, one after the other: they stay together.
    for part in parts {
      #expect(!part.isEmpty && part == Self.rows.filter(Set(part).contains))
      let prompts = part.compactMap { $0.split(separator: "\"").dropFirst(3).first }
      #expect(prompts.count == part.count && prompts.count == 2 * Set(prompts).count)
    }
    let manifest = try JSONFragment(sandbox.bytes("out.validation.jsonl.manifest.json"))
    let bound = try #require(manifest["settings"]?["bounds"]?.array?.first)
    #expect(bound["part"]?.string == "validation" && bound["seed"]?.integer == 4)
    #expect(manifest["output"]?["rows"]?.integer == parts[1].count)
    let refused = try sandbox.demur("export", "data.jsonl", "-o", "x.jsonl", "--split", "1.5")
    #expect(refused.ending == .exited(2))
  }
}
