import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct VoteTableTests {
  private func row(
    _ sides: [String], label: PreferenceLabel, annotator: String? = nil,
    judgments: [Judgment] = []
  ) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "why")], sides: sides.map { Side(turns: [Turn(.assistant, $0)]) },
      label: label, judgments: judgments, annotator: annotator)
  }

  private func table(_ rows: [PreferenceRow]) -> VoteTable {
    var reader = PairReader()
    return VoteTable(
      rows.compactMap { row in
        let keys = reader.sideKeys(of: row)
        return PairBallots(row, prompt: keys.prompt, sides: keys.sides)
      })
  }

  @Test("the order of rows and sides, and the label beside votes, change nothing", arguments: 0..<8)
  func orders(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let rows = (0..<30).map { number in
      row(
        ["a \(number % 12)", "bb \(number % 12)"], label: .prefers(generator.below(2)),
        judgments: (0..<generator.below(4)).map { _ in
          Judgment(
            annotator: ["x", "y", "z"][generator.below(3)],
            label: generator.below(5) == 0 ? .tie : .prefers(generator.below(2)))
        })
    }
    let mirrored = rows.reversed().map { row in
      var row = row
      row.sides.swapAt(0, 1)
      row.judgments = row.judgments.map { judgment in
        var judgment = judgment
        if let side = judgment.label.preferred { judgment.label = .prefers(1 - side) }
        return judgment
      }
      return row
    }
    #expect(table(rows) == table(Array(mirrored)))
    #expect(table(rows) == table(rows.map(\.swapped)))
    let counted = table(rows).comparisons.reduce(0) { $0 + $1.voteCount }
    #expect(counted == table(rows).votes.count && counted > 0)
  }

  @Test("a named annotator votes once on a pair, those who are not named each for themselves")
  func repeats() throws {
    let found = table([
      row(["a", "b"], label: .prefers(0), annotator: "x"),
      row(["b", "A."], label: .prefers(1), annotator: "x"),
      row(["a", "b"], label: .prefers(0), annotator: "y"),
      row(["a", "b"], label: .prefers(1), annotator: "y"),
      row(["a", "b"], label: .tie, annotator: "z"),
      row(
        ["a", "b"], label: .none,
        judgments: [
          Judgment(annotator: nil, label: .prefers(0)),
          Judgment(annotator: nil, label: .prefers(0)),
          Judgment(annotator: nil, label: .none),
        ]),
    ])
    #expect(found.annotators == ["x", "y", "z", nil])
    #expect(found.comparisons.map(\.voteCount) == [1, 0, 0, 2])
    #expect(found.tieCounts == [0, 1, 1, 0], "a draw among own votes is a tie")
    #expect(found.unitCount == 1 && found.isShared(0))
    #expect(found.comparisons[0].agreement == 1 && found.comparisons[1].agreement == nil)
  }

  @Test("agreement with the rest counts each other vote on the same pair")
  func agreement() {
    func said(_ pair: UInt64, _ votes: [(String, Bool)]) -> PairBallots {
      PairBallots(
        pair: pair, isFirstLonger: true,
        ballots: votes.map { PairBallots.Ballot(annotator: $0.0, isForFirst: $0.1) })
    }
    let table = VoteTable([
      said(1, [("a", true), ("b", true), ("c", false)]), said(2, [("a", true), ("b", false)]),
      said(3, [("a", true)]),
    ])
    let a = table.comparisons[0]
    #expect(a.voteCount == 3 && a.sharedCount == 2 && a.otherCount == 3 && a.agreeingCount == 1)
    #expect(table.shares == [2.0 / 3, 0.5, nil])
  }

  @Test("votes that say nothing of who is right are told apart")
  func shortages() {
    func shortage(_ table: VoteTable) -> VoteShortage? {
      do {
        _ = try VotePrior(table)
        return nil
      } catch { return error }
    }
    #expect(shortage(VoteTable()) == .noVotes)
    #expect(shortage(GeneratedVotes(50, rates: [0.9], seed: 1).table) == .oneAnnotator)
    #expect(
      shortage(GeneratedVotes(29, rates: [0.9, 0.9], seed: 1).table)
        == .tooFewSharedPairs(found: 29, needed: 30))
    let opposed = GeneratedVotes(
      60, seed: 1, voters: [{ better, _, _ in better }, { better, _, _ in !better }])
    #expect(shortage(opposed.table) == .likeChance)
    #expect(shortage(GeneratedVotes(60, rates: [0.9, 0.8], seed: 1).table) == nil)
  }
}
