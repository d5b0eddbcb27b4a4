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

  @Test("the best rows are as many as asked for, and a group that is short is named")
  func best() throws {
    let sandbox = try Sandbox()
    let source = "data.jsonl"
    let rows = try lines(sandbox, sandbox.sample()).enumerated().map { number, line in
      String(line.dropLast(2)) + #","from":\#(number.isMultiple(of: 3) ? "null" : "\"here\"")}"#
        + "\n"
    }
    try sandbox.write(rows.joined(), to: source)
    try sandbox.done("export", source, "-o", "top.jsonl", "--top", "20")
    let top = try lines(sandbox, "top.jsonl")
    #expect(top.count == 20 && top == rows.filter(Set(top).contains))
    let told = try sandbox.done(
      "export", source, "-o", "each.jsonl", "--quota", "from=99", "--greedy")
    // One row of the sample has two equal sides, and no worth.
    #expect(try lines(sandbox, "each.jsonl").count == rows.count - 1)
    #expect(told.error.contains("rows of 99 with (no value)"))
    #expect(told.error.contains("rows of 99 with here"))
    #expect(told.error.contains("1 row without fifa_greedy among them"))
    let manifest = try JSONFragment(sandbox.bytes("top.jsonl.manifest.json"))
    let bound = try #require(manifest["settings"]?["bounds"]?.array?.first)
    #expect(bound["best_by"]?.string == "fifa" && bound["top"]?.integer == 20)
    #expect(bound["left_out"]?.integer == rows.count - 20)
    let refused = try sandbox.demur(
      "export", source, "-o", "x.jsonl", "--top", "5", "--quota", "from=3")
    #expect(refused.ending == .exited(2) && refused.error.contains("--top 5 is less"))
    let unknown = try sandbox.demur("export", source, "-o", "x.jsonl", "--quota", "nowhere=1")
    #expect(unknown.ending == .exited(2) && unknown.error.contains("nowhere"))
    let idle = try sandbox.demur("export", source, "-o", "x.jsonl", "--seed", "3")
    #expect(idle.ending == .exited(2))
  }

  @Test(
    "a resampled file has as many rows, each as the file has it, whatever holds them",
    arguments: ["jsonl", "json", "csv"])
  func resampled(container: String) throws {
    let sandbox = try Sandbox()
    let records = (0..<80).map { number in
      (
        prompt: "what of \(number)",
        chosen: "because \(number) " + String(repeating: "really ", count: number % 7),
        rejected: "no \(number % 5)" + String(repeating: "!", count: number % 3)
      )
    }
    let objects = records.map {
      #"{"prompt":"\#($0.prompt)","chosen":"\#($0.chosen)","rejected":"\#($0.rejected)"}"#
    }
    let text =
      switch container {
      case "json": "[" + objects.joined(separator: ", ") + "]\n"
      case "csv":
        "prompt,chosen,rejected\n"
          + records.map { "\($0.prompt),\($0.chosen),\($0.rejected)\n" }.joined()
      default: objects.joined(separator: "\n") + "\n"
      }
    try sandbox.write(text, to: "data.\(container)")
    for name in ["out", "again"] {
      let told = try sandbox.done(
        "export", "data.\(container)", "-o", "\(name).\(container)", "--resample", "--weight",
        "suspicion", "--seed", "9")
      #expect(told.error.contains("trl#5613"))
    }
    #expect(try sandbox.bytes("out.\(container)") == sandbox.bytes("again.\(container)"))
    let checked = try JSONFragment(sandbox.done("check", "out.\(container)", "--json").text)
    #expect(checked["rows"]?.integer == 80 && checked["problems"]?.array == [])
    let manifest = try JSONFragment(sandbox.bytes("out.\(container).manifest.json"))
    #expect(manifest["output"]?["rows"]?.integer == 80)
    let repeated = try #require(manifest["output"]?["repeated"]?.integer)
    #expect(repeated == checked["copies"]?.integer)
    #expect(manifest["output"]?["left_out"]?.integer == repeated)
  }

  @Test("a card says what was done and is written anew, but never over one that a person wrote")
  func card() throws {
    let sandbox = try self.sandbox()
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl", "--card", "--split", "0.3")
    let card = String(decoding: try sandbox.bytes("README.md"), as: UTF8.self)
    #expect(card.hasPrefix("---\n"))
    #expect(card.contains("path: \"out.train.jsonl\"") && card.contains("split: validation"))
    #expect(card.contains("Not measured") && card.contains("every label is as it was"))
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl", "--card")
    let again = String(decoding: try sandbox.bytes("README.md"), as: UTF8.self)
    #expect(again != card && again.contains("path: \"out.jsonl\""))
    try sandbox.write("mine\n", to: "README.md")
    let refused = try sandbox.demur("export", "data.jsonl", "-o", "new.jsonl", "--card")
    #expect(refused.ending == .exited(4) && !sandbox.exists("new.jsonl"))
    #expect(try sandbox.bytes("README.md") == Array("mine\n".utf8))
  }
}
