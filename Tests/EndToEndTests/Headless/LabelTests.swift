import Foundation
import Testing

/// Files whose sides only a label tells apart.
@Suite("Labels")
struct LabelTests {
  private static func row(_ label: Int) -> String {
    #"{"prompt":"what?","response_a":"this one \#(label)","response_b":"that one","label":\#(label)}"#
      + "\n"
  }

  private static let rows = [0, 1, 2].map(row).joined()

  @Test("a label with two meanings is refused with the choices, and each choice is one")
  func choices() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows, to: "data.jsonl")
    let refused = try sandbox.demur("check", "data.jsonl")
    #expect(refused.ending == .exited(3))
    #expect(refused.text == "")
    try expectOneSentence(refused.error)
    #expect(refused.error.contains("0 in row 0, 1 in row 1, 2 in row 2"))
    for (values, ties, preferred) in [
      ("a=0,b=1,tie=2", 1, [0, 1, nil]), ("a=1,b=2,tie=0", 1, [nil, 0, 1]),
    ] as [(String, Int, [Int?])] {
      #expect(refused.error.contains("--label-values \(values)"))
      let report = try JSONFragment(
        try sandbox.done("check", "data.jsonl", "--json", "--label-values", values).text)
      #expect(report["format"]?.string == "side-by-side")
      #expect(report["pairs"]?.integer == 3)
      #expect(report["defects"]?["tied"]?.integer == ties)
      for (row, side) in preferred.enumerated() {
        let pair = try JSONFragment(
          try sandbox.done(
            "show", "data.jsonl", "row:\(row)", "--json", "--label-values", values
          ).text)
        #expect(pair["preferred"]?.integer == side)
      }
    }
  }

  @Test("a decision changes the label alone, and undecided rows stay as they are")
  func decisions() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows, to: "data.jsonl")
    let meaning = "a=0,b=1,tie=2"
    try sandbox.done("label", "data.jsonl", "row:0", "swap", "--label-values", meaning)
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl", "--label-values", meaning)
    let expected = Self.rows.replacing(
      #""that one","label":0"#, with: #""that one","label":1"#)
    #expect(try sandbox.bytes("out.jsonl") == Array(expected.utf8))
    let manifest = try JSONFragment(sandbox.bytes("out.jsonl.manifest.json"))
    #expect(manifest["output"]?["swapped"]?.integer == 1)
    #expect(manifest["decisions"]?["unsayable"]?.integer == 0)
  }

  @Test("words that make no sense, or contradict each other, are a usage error")
  func usage() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows, to: "data.jsonl")
    for arguments in [
      ["--label-values", "a=1"], ["--fields", "a=response_a"],
      ["--fields", "chosen=response_a,rejected=response_b", "--label-field", "label"],
    ] {
      #expect(try sandbox.demur(["check", "data.jsonl"] + arguments).ending == .exited(2))
    }
  }
}
