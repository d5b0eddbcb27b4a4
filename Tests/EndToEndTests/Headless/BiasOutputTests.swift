import Foundation
import Testing

/// What `demur bias` tells people and scripts.
@Suite("Biases")
struct BiasOutputTests {
  /// Rows whose longer side is chosen, but for every fifth.
  private static func lines(_ count: Int) -> String {
    (0..<count).map { number in
      let long = String(repeating: "many words ", count: 3 + number % 7) + "\(number)"
      let short = "few words \(number)"
      let (chosen, rejected) = number.isMultiple(of: 5) ? (short, long) : (long, short)
      return #"{"prompt":"ask \#(number)","chosen":"\#(chosen)","rejected":"\#(rejected)"}"# + "\n"
    }.joined()
  }

  @Test(
    "the object has the promised fields, the same for every number of threads, and no folder is made"
  )
  func fields() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.lines(100), to: "rows.jsonl")
    let output = try sandbox.done("bias", "rows.jsonl", "--json").output
    #expect(try sandbox.done("bias", "rows.jsonl", "--json", "--jobs", "3").output == output)
    let report = try JSONFragment(output)
    #expect(report["pairs"]?.integer == 100)
    let effects = try #require(report["effects"]?.array)
    #expect((report["tested"]?.integer ?? 0) <= effects.count)
    for effect in effects {
      #expect(
        Set(try #require(effect.object).keys) == [
          "name", "pairs", "wins", "win_rate", "win_rate_interval", "odds_ratio",
          "odds_ratio_interval", "p", "p_holm", "significant", "size", "clear",
        ])
    }
    let length = try #require(effects.first { $0["name"]?.string == "length" })
    #expect(length["pairs"]?.integer == 100 && length["wins"]?.integer == 80)
    #expect(length["win_rate"]?.number == 0.8 && length["clear"]?.integer == 1)
    #expect(try sandbox.names() == ["home", "rows.jsonl"])
  }

  @Test("the rows against an effect come in the order of the file, and after a scan worst first")
  func counterExamples() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.lines(100), to: "rows.jsonl")
    let against = Array(stride(from: 0, to: 100, by: 5))
    let words = ["bias", "rows.jsonl", "--counter", "length", "--json"]
    func listed() throws -> [[String: JSONFragment]] {
      let report = try JSONFragment(sandbox.demur(words).output)
      return try #require(report["counter"]?["rows"]?.array).map { try #require($0.object) }
    }
    let before = try listed()
    #expect(before.map { $0["row"]?.integer } == against)
    #expect(before.allSatisfy { $0["rank"]?.isNull == true })
    try sandbox.done("scan", "rows.jsonl")
    let after = try listed()
    #expect(after.compactMap { $0["row"]?.integer }.sorted() == against)
    let ranks = after.compactMap { $0["rank"]?.integer }
    #expect(ranks.count == against.count && ranks == ranks.sorted())
    let table = try sandbox.done("bias", "rows.jsonl", "--counter", "length", "-n", "3").lines
    #expect(table.count == 5 && table[0].contains("20 pairs of 100 go against it"))
  }

  @Test("what cannot be answered is said in one sentence")
  func refusals() throws {
    let sandbox = try Sandbox()
    try sandbox.write(Self.lines(60), to: "rows.jsonl")
    let same = #"{"prompt":"a","chosen":"same","rejected":"same"}"# + "\n"
    try sandbox.write(String(repeating: same, count: 3), to: "same.jsonl")
    for (words, status) in [
      (["rows.jsonl", "--counter", "smell"], 2), (["rows.jsonl", "-n", "3"], 2),
      (["rows.jsonl", "--counter", "length", "-n", "-1"], 2), (["same.jsonl"], 3),
    ] as [([String], Int32)] {
      let outcome = try sandbox.demur(["bias"] + words)
      #expect(outcome.ending == .exited(status), "\(words)")
      try expectOneSentence(outcome.error)
      #expect(outcome.output.isEmpty)
    }
  }
}
