import Foundation
import Testing

/// What `demur stats --annotators` and `--signals votes` tell people and scripts.
@Suite("Annotators")
struct AnnotatorOutputTests {
  /// Five annotators on each of `count` pairs; the last is right every other time, and every tenth vote
  /// of the first is a tie.
  private static func lines(_ count: Int) -> String {
    (0..<count).flatMap { pair in
      (0..<5).map { annotator in
        let isWrong = annotator == 4 ? pair.isMultiple(of: 2) : (pair + annotator) % 11 == 0
        let vote = annotator == 0 && pair % 10 == 3 ? "tie" : isWrong ? "b" : "a"
        return #"{"prompt":"ask \#(pair)","response_a":"yes \#(pair)","response_b":"no \#(pair)","#
          + #""annotator":"w\#(annotator)","preference":"\#(vote)"}"# + "\n"
      }
    }.joined()
  }

  @Test("the annotators are listed with their votes and ties, least reliable first")
  func list() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.lines(60), to: "votes.jsonl")
    let report = try JSONFragment(
      sandbox.done("stats", "votes.jsonl", "--annotators", "--json").output)
    #expect(report["pairs"]?.integer == 60 && report["shared_pairs"]?.integer == 60)
    let annotators = try #require(report["annotators"]?.array)
    #expect(annotators.count == 5)
    #expect(annotators[0]["name"]?.string == "w4")
    let first = try #require(annotators.first { $0["name"]?.string == "w0" })
    #expect(first["votes"]?.integer == 54 && first["ties"]?.integer == 6)
    for name in ["one_coin", "agreement"] {
      let value = try #require(annotators[0][name]?["value"]?.number)
      #expect(value < 0.65)
    }
    let text = try sandbox.done("stats", "votes.jsonl", "--annotators").text
    #expect(text.contains("5 annotators, 60 pairs with votes, 60 of them with several"))
  }

  @Test("scan writes what the votes say of each label")
  func signals() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.lines(60), to: "votes.jsonl")
    let scores = try sandbox.done("scan", "votes.jsonl", "--signals", "votes", "-o", "-").text
    let rows = scores.split(separator: "\n")
    #expect(rows.count == 300)
    // A vote on the second pair, on which all agree.
    let signals = try #require(try JSONFragment(Array(rows[7].utf8))["signals"])
    for name in ["votes", "one_coin", "dawid_skene", "mace", "crowdlab"] {
      #expect(try #require(signals[name]?.number) > 0.5, "\(name)")
    }
  }

  @Test("a file without annotators is refused in one sentence, too few pairs are said")
  func refusals() throws {
    let sandbox = try Sandbox()
    let outcome = try sandbox.demur("stats", try sandbox.sample(), "--annotators")
    #expect(outcome.ending == .exited(3) && outcome.error.contains("--annotator-field"))
    try expectOneSentence(outcome.error)
    try sandbox.write(Self.lines(12), to: "few.jsonl")
    let text = try sandbox.done("stats", "few.jsonl", "--annotators").text
    #expect(text.contains("12 pairs with several votes, 30 are needed"))
  }
}
