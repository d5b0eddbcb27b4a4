import Foundation
import Testing

/// Decisions about all that a query finds, and what goes with a decision.
@Suite("Many decisions without a screen")
struct BulkLabelTests {
  private func sandbox() throws -> Sandbox {
    let sandbox = try Sandbox()
    let rows = (0..<20).map { number in
      #"{"prompt":"ask \#(number)","chosen":"yes \#(number)","rejected":"no \#(number)"}"# + "\n"
    }
    try sandbox.write(rows.joined(), to: "data.jsonl")
    return sandbox
  }

  @Test("a query decides in one step what its dry run has counted, and undo takes all of it back")
  func query() throws {
    let sandbox = try sandbox()
    let words = ["label", "data.jsonl", "-q", "row<8", "swap", "--tag", "bulk", "--reason", "slip"]
    let dry = try sandbox.demur(words + ["--dry-run"])
    #expect(dry.isDone && dry.error.contains("8 rows swap"))
    #expect(!sandbox.exists("data.jsonl.demur"))
    #expect(try sandbox.demur(words).isDone)
    let decisions = try sandbox.loggedDecisions(of: "data.jsonl")
    #expect(decisions.count == 8)
    for decision in decisions {
      #expect(decision["decision"]?.string == "swap" && decision["reason"]?.string == "slip")
      #expect(decision["tags"]?.array?.map(\.string) == ["bulk"])
    }
    let log = try sandbox.done("log", "data.jsonl")
    #expect(log.lines.allSatisfy { $0.contains("reason: slip") && $0.contains("#bulk") })
    let stats = try JSONFragment(try sandbox.done("stats", "data.jsonl", "--json").text)
    #expect(stats["reasons"]?["slip"]?.integer == 8)
    #expect(try sandbox.done("stats", "data.jsonl").text.contains("slip 8"))
    let again = try sandbox.demur(words)
    #expect(again.isDone && again.error.contains("8 are so already"))
    try sandbox.done("export", "data.jsonl", "-o", "out.jsonl")
    let review = String(decoding: try sandbox.bytes("out.jsonl.review.jsonl"), as: UTF8.self)
    #expect(review.split(separator: "\n").allSatisfy { $0.contains(#""reason":"slip""#) })
    try sandbox.done("undo", "data.jsonl")
    #expect(
      try sandbox.loggedDecisions(of: "data.jsonl").allSatisfy { $0["undone"] != nil })
  }

  @Test("criteria go with all that a query finds, and come back out of the log")
  func criteria() throws {
    let sandbox = try sandbox()
    let words = [
      "label", "data.jsonl", "-q", "row<3", "keep", "--criterion", "helpful=swap:2", "--criterion",
      "safe=tie",
    ]
    #expect(try sandbox.demur(words + ["--dry-run"]).error.contains("3 rows keep"))
    #expect(try sandbox.demur(words).isDone)
    let decisions = try sandbox.loggedDecisions(of: "data.jsonl")
    #expect(decisions.count == 3)
    #expect(
      try sandbox.done("ls", "data.jsonl", "-q", "criterion:helpful", "--ids").lines.count == 3)
    try sandbox.done("undo", "data.jsonl")
    #expect(
      try sandbox.loggedDecisions(of: "data.jsonl").allSatisfy { $0["undone"] != nil })
  }

  @Test("words that do not go together, and a query that finds nothing, are said in one sentence")
  func refusals() throws {
    let sandbox = try sandbox()
    for (words, status) in [
      (["-q", "row<8", "row:1", "swap"], 2), (["-q", "row<8", "maybe"], 2), (["row:1"], 2),
      (["row:1", "swap", "--dry-run"], 2), (["-q", "row>90", "swap"], 1),
      (["-q", "row<8", "swap", "--pair", "0,1"], 2),
    ] as [([String], Int32)] {
      let outcome = try sandbox.demur(["label", "data.jsonl"] + words)
      #expect(outcome.ending == .exited(status), "\(words): \(outcome.error)")
      try expectOneSentence(outcome.error)
    }
    #expect(try sandbox.loggedDecisions(of: "data.jsonl").isEmpty)
  }
}
