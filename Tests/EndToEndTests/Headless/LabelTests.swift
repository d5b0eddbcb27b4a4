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

  @Test("reason and criteria go with a decision, through log and apply, and queries find them")
  func reasonAndCriteria() throws {
    let sandbox = try Sandbox()
    let rows = (0..<3).map {
      #"{"prompt":"q \#($0)","chosen":"yes \#($0)","rejected":"no"}"# + "\n"
    }
    for name in ["data.jsonl", "copy.jsonl"] { try sandbox.write(rows.joined(), to: name) }
    try sandbox.done(
      "label", "data.jsonl", "row:1", "swap", "--reason", "slip", "--criterion", "helpful=swap:2",
      "--criterion", "harmless=keep")
    try sandbox.done("label", "data.jsonl", "row:2", "keep", "--criterion", "helpful=keep")
    // A second decision names one criterion anew: the other one stays.
    try sandbox.done(
      "label", "data.jsonl", "row:1", "swap", "--reason", "slip", "--criterion", "harmless=tie")
    let log = try sandbox.done("log", "data.jsonl", "--jsonl").text
    try sandbox.write(log, to: "log.jsonl")
    try sandbox.done("apply", "copy.jsonl", "log.jsonl")
    for (query, found) in [
      ("reason:slip", ["1"]), ("criterion:helpful", ["1", "2"]), ("criterion:helpful=swap", ["1"]),
      ("criterion:helpful=keep", ["2"]), ("criterion:harmless=tie", ["1"]),
      ("criterion:helpful -reason:slip", ["2"]),
    ] {
      for name in ["data.jsonl", "copy.jsonl"] {
        let listed = try sandbox.done("ls", name, "-q", query, "--json").lines
        let positions = try listed.map { try JSONFragment($0)["row"]?.integer }
        #expect(positions == found.map { Int($0) }, "\(query) in \(name)")
      }
    }
    let counted = try JSONFragment(
      try sandbox.done("stats", "data.jsonl", "-q", "row:0,1", "--json").text)
    #expect(counted["found"]?.integer == 2 && counted["undecided"]?.integer == 1)
    #expect(counted["decisions"]?["swap"]?.integer == 1)
    #expect(counted["reasons"]?["slip"]?.integer == 1)
    #expect(try sandbox.demur("stats", "data.jsonl", "-q", "tag:none").ending == .exited(1))
    for word in ["helpful", "helpful=maybe", "=keep", "helpful=tie:2", "helpful=keep:3"] {
      let refused = try sandbox.demur("label", "data.jsonl", "row:0", "keep", "--criterion", word)
      #expect(refused.ending == .exited(2), "\(word)")
    }
    let blind = try sandbox.demur("ls", "data.jsonl", "-q", "criterion:helpful=maybe")
    #expect(blind.ending == .exited(2))
    #expect(blind.error.contains("maybe"))
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
