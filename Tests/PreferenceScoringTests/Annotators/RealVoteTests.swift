import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

private let shared = ProcessInfo.processInfo.environment["DEMUR_SHARED"]

/// Whether models of annotators do better than the majority, on votes of which more is known.
@Suite(.enabled(if: shared != nil, "skipped: DEMUR_SHARED is not set"))
struct RealVoteTests {
  private func lines(_ file: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(try #require(shared))/data/\(file)"))
    return try data.split(separator: UInt8(ascii: "\n")).map {
      try #require(JSONSerialization.jsonObject(with: Data($0)) as? [String: Any])
    }
  }

  private func text(_ value: Any?) throws -> String { try #require(value as? String) }

  /// The share of `truth` (by pair, whether the first side is better) that is met; a half for a draw.
  private func accuracy(
    _ firstBetter: [Double?], _ table: VoteTable, _ truth: [(pair: UInt64, isFirst: Bool)]
  ) -> Double {
    let met = truth.compactMap { pair, isFirst -> Double? in
      guard let unit = table.unit(of: pair), let first = firstBetter[unit] else { return nil }
      return first == 0.5 ? 0.5 : (first > 0.5) == isFirst ? 1 : 0
    }
    return met.reduce(0, +) / Double(met.count)
  }

  /// The accuracies of the majority, of one coin, of two, and of MACE.
  private func accuracies(
    _ table: VoteTable, _ truth: [(pair: UInt64, isFirst: Bool)]
  ) throws -> [Double] {
    let prior = try VotePrior(table)
    let found = [
      table.shares, OneCoin(table, prior: prior).firstBetter,
      DawidSkene(table, prior: prior).firstBetter, MACE(table, prior: prior).firstBetter,
    ]
    return found.map { accuracy($0, table, truth) }
  }

  @Test("of the judges of LLMBar no model makes more than their majority does")
  func judges() throws {
    var said: [PairBallots] = []
    var truth: [(pair: UInt64, isFirst: Bool)] = []
    for (number, row) in try lines("llmbar/llmbar-judges-natural-faireval.votes.jsonl").enumerated()
    {
      let votes = try #require(row["votes"] as? [[String: Any]])
      said.append(
        PairBallots(
          pair: UInt64(number), isFirstLonger: true,
          ballots: try votes.map { vote in
            let choice = try text(vote["vote"])
            return .init(
              annotator: try text(vote["annotator"]),
              isForFirst: choice == "a1" ? true : choice == "a2" ? false : nil)
          }))
      truth.append((UInt64(number), try text(row["chosen_is"]) == "a1"))
    }
    let found = try accuracies(VoteTable(said), truth)
    // Three pairs of 166 are .018: what lies between them is no difference.
    for model in found.dropFirst() { #expect(abs(model - found[0]) < 0.03) }
    #expect(found[0] > 0.8)
  }

  @Test("people's votes on MT-Bench that were held out are met more often than by the majority")
  func people() throws {
    var cast: [(pair: UInt64, name: String, isForFirst: Bool?)] = []
    for row in try lines("mtbench-votes/human_q081-120.jsonl") {
      let models = [try text(row["model_a"]), try text(row["model_b"])]
      let first = models[0] < models[1] ? "model_a" : "model_b"
      let winner = try text(row["winner"])
      let key =
        "\(try #require(row["question_id"])) \(try #require(row["turn"])) \(models.sorted())"
      cast.append(
        (
          StableHash(key).low, try text(row["judge"]),
          winner.hasPrefix("model") ? winner == first : nil
        ))
    }
    var sums = [0.0, 0, 0, 0]
    for seed in 0..<10 as Range<UInt64> {
      var generator = SeededGenerator(seed: seed)
      let order = cast.indices.sorted { (cast[$0].pair, $0) < (cast[$1].pair, $1) }
      var held: Set<Int> = []
      order.forEachRun(by: { cast[$0].pair }) { run in
        let votes = run.filter { cast[$0].isForFirst != nil }
        if votes.count > 2 { held.insert(votes[generator.below(votes.count)]) }
      }
      let table = VoteTable(
        cast.indices.filter { !held.contains($0) }.map {
          PairBallots(
            pair: cast[$0].pair, isFirstLonger: true,
            ballots: [.init(annotator: cast[$0].name, isForFirst: cast[$0].isForFirst)])
        })
      let truth = held.sorted().compactMap { index in
        cast[index].isForFirst.map { (pair: cast[index].pair, isFirst: $0) }
      }
      for (place, value) in try accuracies(table, truth).enumerated() { sums[place] += value / 10 }
    }
    #expect(sums[0] > 0.8)
    for model in sums.dropFirst() { #expect(model > sums[0]) }
  }
}
