import Foundation
import Testing

/// What `demur audit` tells people and scripts.
@Suite("Audits")
struct AuditOutputTests {
  private static let lines = (0..<60).map { number in
    #"{"source":"s\#(number % 2)","prompt":"ask \#(number)","chosen":"yes \#(number)","#
      + #""rejected":"no \#(number)"}"# + "\n"
  }.joined()

  /// A log of decisions on every row as a screen would have made them, blind; every sixth a swap.
  private static func log(_ rows: Range<Int>, annotator: String = "kim") -> String {
    rows.map { row in
      let decision = row % 6 == 0 ? "swap" : "keep"
      return #"{"row":\#(row),"decision":"\#(decision)","annotator":"\#(annotator)","#
        + #""served":{"route":"audit","seconds":12}}"# + "\n"
    }.joined()
  }

  private func sandbox(_ log: String) throws -> Sandbox {
    let sandbox = try Sandbox()
    try sandbox.write(Self.lines, to: "rows.jsonl")
    try sandbox.write(log, to: "log.jsonl")
    if !log.isEmpty { try sandbox.done("apply", "rows.jsonl", "log.jsonl") }
    return sandbox
  }

  private func report(_ sandbox: Sandbox, _ words: [String]) throws -> JSONFragment {
    let outcome = try sandbox.demur(words)
    try #require(outcome.isDone, "\(words): \(outcome.error)")
    return try JSONFragment(outcome.output)
  }

  @Test("without an audit nothing passes, and nothing is claimed")
  func unmeasured() throws {
    let sandbox = try sandbox("")
    let plain = try sandbox.demur("audit", "rows.jsonl", "--annotator", "kim")
    #expect(plain.ending == .exited(0))
    #expect(plain.text.contains("not measured: judging all 60 rows gives it exactly; how long"))
    let gate = try sandbox.demur("audit", "rows.jsonl", "--fail-over", "0.9")
    #expect(gate.ending == .exited(1))
    try expectOneSentence(gate.error)
    #expect(try sandbox.names() == ["home", "log.jsonl", "rows.jsonl"])
    let report = try JSONFragment(sandbox.done("audit", "rows.jsonl", "--json").output)
    #expect(report["measured"]?.integer == 0 && report["noise"] == nil)
    #expect(report["population"]?.integer == 60 && report["planned"]?.integer == 60)
  }

  @Test("a whole file judged has an exact share, which the gate goes by")
  func whole() throws {
    let sandbox = try sandbox(Self.log(0..<60))
    let words = ["audit", "rows.jsonl", "--annotator", "kim"]
    let report = try self.report(sandbox, words + ["--json", "--by", "source"])
    #expect(report["measured"]?.integer == 1 && report["complete"]?.integer == 1)
    for end in ["value", "lower", "upper"] {
      #expect(abs((report["noise"]?[end]?.number ?? 0) - 1 / 6.0) < 1e-9, "nothing is left out")
    }
    #expect(report["wrong"]?.integer == 10 && report["seconds_a_decision"]?.number == 12)
    let groups = try #require(report["groups"]?.array)
    #expect(groups.map { $0["value"]?.string } == ["s0", "s1"])
    #expect(groups.map { $0["wrong"]?.integer } == [10, 0])
    #expect(try sandbox.demur(words + ["--fail-over", "0.1"]).ending == .exited(1))
    #expect(try sandbox.demur(words + ["--fail-over", "0.2"]).ending == .exited(0))
    let sampled = try self.report(sandbox, words + ["--json", "--n", "30"])
    #expect(sampled["answered"]?.integer == 30 && sampled["look"]?.integer == 2)
    #expect((sampled["noise"]?["upper"]?.number ?? 0) > (sampled["noise"]?["value"]?.number ?? 1))
  }

  @Test("two annotators are compared, and the rows on which they differ are listed")
  func conflicts() throws {
    let other = Self.log(0..<12, annotator: "lee").replacing("swap", with: "keep")
    let sandbox = try sandbox(Self.log(0..<60) + other)
    let stats = try JSONFragment(
      sandbox.done("stats", "rows.jsonl", "--json", "--annotator", "kim").output)
    let peer = try #require(stats["agreement"]?["with_others"]?.array?.first)
    #expect(peer["annotator"]?.string == "lee")
    #expect(peer["agreement"]?["rows"]?.integer == 12)
    #expect(peer["agreement"]?["same"]?.integer == 10)
    let listed = try sandbox.done("stats", "rows.jsonl", "--conflicts").lines
    #expect(listed.count == 2 && listed.allSatisfy { $0.contains("kim: swap, lee: keep") })
    #expect(
      try sandbox.demur("stats", "rows.jsonl", "--conflicts", "--json").ending == .exited(2))
  }

  @Test("stats says what the dashboard says, without a scan too")
  func stats() throws {
    let sandbox = try sandbox(Self.log(0..<60))
    let text = try sandbox.done("stats", "rows.jsonl", "--annotator", "kim").text
    for title in ["VERDICT", "WRONG LABELS", "BIASES", "DEFECTS", "AGREEMENT", "ENGINE"] {
      #expect(text.contains(title))
    }
    #expect(text.contains("look at this first: at least 17% of the labels are wrong"))
    #expect(text.contains("12.0 s (median of 60)"))
  }

  @Test("of rankings one pair a row is audited, and that is said")
  func rankings() throws {
    let sandbox = try Sandbox()
    let rows = (0..<30).map { number in
      let answers = (0..<4).map { #"{"answer":"no \#($0) to \#(number)","rank":\#($0 + 1)}"# }
      return #"{"prompt":"ask \#(number)","answers":[\#(answers.joined(separator: ","))]}"# + "\n"
    }
    try sandbox.write(rows.joined(), to: "rows.jsonl")
    let words = ["audit", "rows.jsonl", "--annotator", "kim"]
    let before = try sandbox.demur(words)
    #expect(before.text.contains("of 30 rows with a label that can be wrong"))
    #expect(before.text.contains("of rankings: one pair a row, drawn at random"))
    #expect(before.text.contains("not measured: judging all 30 rows gives it exactly"))
    // All pairs of all rows but the last, as a screen would have shown them; ten rows turned round.
    let log = (0..<29).flatMap { row in
      (0..<3).flatMap { better in
        (better + 1..<4).map { worse in
          #"{"row":\#(row),"decision":"\#(row < 10 ? "swap" : "keep")","better":\#(better),"#
            + #""worse":\#(worse),"annotator":"kim","served":{"route":"audit","seconds":9}}"# + "\n"
        }
      }
    }
    try sandbox.write(log.joined(), to: "log.jsonl")
    try sandbox.done("apply", "rows.jsonl", "log.jsonl")
    let open = try report(sandbox, words + ["--json"])
    #expect(open["rankings"]?.integer == 30 && open["complete"]?.integer == 0)
    try sandbox.done("label", "rows.jsonl", "row:29", "drop", "--annotator", "kim")
    let passed = try report(sandbox, words + ["--json", "--n", "29"])
    #expect(passed["complete"]?.integer == 1 && passed["wrong"]?.integer == 10)
    #expect(passed["answered"]?.integer == 29)
    #expect(try sandbox.demur(words + ["--n", "29", "--fail-over", "0.2"]).ending == .exited(1))
    #expect(try sandbox.demur(words + ["--n", "29", "--fail-over", "0.5"]).ending == .exited(0))
  }

  @Test("what cannot be asked is refused in one sentence")
  func refusals() throws {
    let sandbox = try sandbox("")
    for words in [
      ["audit", "rows.jsonl", "--n", "0"], ["audit", "rows.jsonl", "--fail-over", "2"],
      ["review", "rows.jsonl", "--audit", "0"], ["review", "rows.jsonl", "--repeats", "0.9"],
      ["review", "rows.jsonl", "--audit", "9", "--open"],
    ] {
      let outcome = try sandbox.demur(words)
      #expect(outcome.ending == .exited(2), "\(words)")
      try expectOneSentence(outcome.error)
    }
  }
}
