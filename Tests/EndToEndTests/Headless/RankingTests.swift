import Foundation
import Testing

/// Rows that rank more than two responses.
@Suite("Rankings")
struct RankingTests {
  private static func row(_ number: Int, _ scores: [Int]) -> String {
    let completions = scores.enumerated().map {
      #"{"response":"answer \#($0) to \#(number), \#(String(repeating: "word ", count: $1))","#
        + #""overall_score":\#($1)}"#
    }
    return #"{"id":"r\#(number)","instruction":"question \#(number)?","#
      + #""completions":[\#(completions.joined(separator: ", "))]}"#
  }

  /// The longer answer is the better one, but for row 3, where two have changed places.
  private static func rows(_ count: Int) -> [String] {
    (0..<count).map { number in
      let scores = (0..<4).map { 3 + ($0 * 7 + number * 5) % 11 + 11 * (($0 + number) % 4) }
      guard number == 3 else { return row(number, scores) }
      return row(number, scores).replacing("\"overall_score\":\(scores[0])}", with: "A}")
        .replacing("\"overall_score\":\(scores[1])}", with: "\"overall_score\":\(scores[0])}")
        .replacing("A}", with: "\"overall_score\":\(scores[1])}")
    }
  }

  private func sandbox(_ count: Int) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.rows(count).joined(separator: "\n") + "\n", to: "data.jsonl")
    return sandbox
  }

  @Test("a script sees every pair or every side of a ranking, and its rewards reach the scan")
  func scoring() throws {
    let sandbox = try sandbox(40)
    let pairs = try sandbox.done("ls", "data.jsonl", "--flat").lines.map { try JSONFragment($0) }
    #expect(pairs.count == 240)
    let first = try #require(pairs.first)
    let positions = try #require(first["pair"]?.array?.compactMap { $0.integer })
    for (name, position) in zip(["chosen", "rejected"], positions) {
      let text = try #require(first[name]?.array?.first?["content"]?.string)
      #expect(text.hasPrefix("answer \(position) to 0,"))
    }
    let sides = try sandbox.done("ls", "data.jsonl", "--flat", "--sides").lines
    #expect(sides.count == 160)
    let lines = try sides.map { line in
      let side = try JSONFragment(line)
      let text = try #require(side["response"]?.array?.first?["content"]?.string)
      let hash = try #require(side["side"]?.string)
      return #"{"id":"\#(side["id"]?.string ?? "")","side":"\#(hash)","reward":\#(text.count)}"#
    }
    try sandbox.write(Array(lines.joined(separator: "\n").utf8), to: "rm.jsonl")
    let outcome = try sandbox.demur(
      "scan", "data.jsonl", "--signals", "none", "--scores", "rm.jsonl")
    #expect(outcome.ending == .exited(0), "\(outcome.error)")
    #expect(outcome.text.contains("rm.jsonl"), "\(outcome.text)")
    #expect(!outcome.error.contains("get no number"), "\(outcome.error)")
  }

  @Test("a scan gives each pair of a ranking, and its row the highest suspicion of them")
  func scan() throws {
    let sandbox = try sandbox(80)
    try sandbox.done("scan", "data.jsonl", "--signals", "none", "-o", "scores.jsonl")
    let lines = try sandbox.done("scan", "data.jsonl", "--signals", "none", "-o", "-").lines
    #expect(lines.count == 80)
    var best: (row: Int, suspicion: Double) = (-1, -1)
    for (row, line) in lines.enumerated() {
      let scores = try JSONFragment(line)
      let pairs = try #require(scores["pairs"]?.array)
      #expect(pairs.count == 6)
      let suspicions = pairs.compactMap { $0["suspicion"]?.number }
      let suspicion = try #require(scores["suspicion"]?.number)
      #expect(suspicions.max() == suspicion)
      if suspicion > best.suspicion { best = (row, suspicion) }
    }
    #expect(best.row == 3)
    let check = try JSONFragment(try sandbox.done("check", "data.jsonl", "--json").text)
    #expect(check["rows"]?.integer == 80 && check["pairs"]?.integer == 480)
    let shown = try JSONFragment(
      try sandbox.done(
        "show", "data.jsonl", "row:3", "--signals", "none", "--evidence", "--json"
      ).text)
    #expect(shown["ranks"]?.array?.count == 4)
    #expect(shown["evidence"]?["contributions"]?.array?.isEmpty == false)
    let other = try sandbox.done(
      "show", "data.jsonl", "row:3", "--signals", "none", "--evidence", "--pair", "2,3")
    #expect(other.text.contains("evidence on responses 2 and 3"))
  }

  @Test("decided pairs exchange their values, and every other byte stays")
  func decisions() throws {
    let sandbox = try sandbox(5)
    let rows = Self.rows(5)
    try sandbox.done("label", "data.jsonl", "row:1", "swap", "--pair", "0,3")
    try sandbox.done("label", "data.jsonl", "row:2", "keep", "--pair", "1,2")
    try sandbox.done("label", "data.jsonl", "r4", "tie", "--pair", "2,1")
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl")
    let out = String(decoding: try sandbox.bytes("out.jsonl"), as: UTF8.self)
      .split(separator: "\n").map(String.init)
    #expect(out.count == 5)
    for row in [0, 2, 3] { #expect(out[row] == rows[row]) }
    func scores(_ text: String) throws -> [Double] {
      try #require(JSONFragment(text)["completions"]?.array).compactMap {
        $0["overall_score"]?.number
      }
    }
    let (before, after) = (try scores(rows[1]), try scores(out[1]))
    #expect(after == [before[3], before[1], before[2], before[0]])
    let tied = try scores(out[4])
    let untied = try scores(rows[4])
    #expect(tied[1] == tied[2] && tied[1] == max(untied[1], untied[2]))
    let manifest = try JSONFragment(sandbox.bytes("out.jsonl.manifest.json"))
    #expect(manifest["output"]?["swapped"]?.integer == 2)
    #expect(manifest["decisions"]?["keep"]?.integer == 1)

    // What one review logs, another takes in.
    try sandbox.write(rows.joined(separator: "\n") + "\n", to: "other.jsonl")
    let log = try sandbox.done("log", "data.jsonl", "--jsonl").output
    try sandbox.write(log, to: "decisions.jsonl")
    try sandbox.done("apply", "other.jsonl", "decisions.jsonl")
    try sandbox.done("export", "other.jsonl", "-o", "again.jsonl")
    #expect(try sandbox.bytes("again.jsonl") == sandbox.bytes("out.jsonl"))
    for _ in 0..<3 { try sandbox.done("undo", "data.jsonl") }
    try sandbox.done("export", "data.jsonl", "-o", "undone.jsonl")
    #expect(try sandbox.bytes("undone.jsonl") == sandbox.bytes("data.jsonl"))
  }

  @Test(
    "positions of the label's order are applied; what contradicts is refused, and nothing saved")
  func refusals() throws {
    let sandbox = try sandbox(5)
    let ranked = try JSONFragment(try sandbox.done("show", "data.jsonl", "row:0", "--json").text)
    let ranks = try #require(ranked["ranks"]?.array).compactMap(\.integer)
    let order = ranks.indices.sorted { ranks[$0] < ranks[$1] }
    func line(_ decision: String, _ better: Int, _ worse: Int) -> String {
      #"{"row":0,"decision":"\#(decision)","better":\#(order[better]),"worse":\#(order[worse])}"#
        + "\n"
    }
    func apply(_ text: String) throws -> Sandbox.Outcome {
      try sandbox.write(text, to: "decisions.jsonl")
      return try sandbox.demur("apply", "data.jsonl", "decisions.jsonl")
    }
    // The first is above the second, that above the third, and the third above the first.
    let circle = try apply(line("keep", 0, 1) + line("keep", 1, 2) + line("swap", 0, 2))
    #expect(circle.ending == .exited(3))
    #expect(circle.error.contains("lead in a circle"))
    let turned = try apply(line("keep", 1, 0))
    #expect(turned.ending == .exited(3))
    #expect(try sandbox.loggedDecisions(of: "data.jsonl").isEmpty)
    #expect(try apply(line("keep", 0, 1) + line("swap", 1, 2)).isDone)
    let refused = try sandbox.demur("label", "data.jsonl", "row:0", "swap")
    #expect(refused.ending == .exited(3) && refused.error.contains("--pair"))
    #expect(
      try sandbox.demur("label", "data.jsonl", "row:0", "swap", "--pair", "0,9").ending
        == .exited(2))
    #expect(
      try sandbox.demur("label", "data.jsonl", "row:0", "drop", "--pair", "0,1").ending
        == .exited(2))
  }

  @Test("a file that only names the best response takes no tie, and exchanges the best")
  func choices() throws {
    let sandbox = try Sandbox()
    let row =
      #"{"first_turn_prompt":"q","first_turn_response_a":"x","first_turn_response_b":"y","#
      + #""first_turn_response_c":"z","first_turn_preferred_response":"response_c"}"# + "\n"
    try sandbox.write(row, to: "data.jsonl")
    let tie = try sandbox.demur("label", "data.jsonl", "row:0", "tie", "--pair", "0,2")
    #expect(tie.ending == .exited(3))
    try expectOneSentence(tie.error)
    try sandbox.done("label", "data.jsonl", "row:0", "swap", "--pair", "0,2")
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl")
    #expect(
      try sandbox.bytes("out.jsonl")
        == Array(row.replacing("\"response_c\"", with: "\"response_a\"").utf8))
  }
}
