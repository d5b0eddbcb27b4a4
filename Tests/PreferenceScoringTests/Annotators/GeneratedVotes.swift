import PreferenceData

@testable import PreferenceScoring

/// Votes of annotators whose reliability is known on pairs of which the better side is known.
struct GeneratedVotes {
  /// By pair.
  private(set) var ballots: [PairBallots] = []
  private(set) var isFirstBetter: [Bool] = []

  /// Votes on `count` pairs: `voters` says of each annotator whether the vote is for the first side,
  /// given which side is better and which longer; nil for no vote.
  init(
    _ count: Int, seed: UInt64,
    voters: [(_ isFirstBetter: Bool, _ isFirstLonger: Bool, inout SeededGenerator) -> Bool?]
  ) {
    var generator = SeededGenerator(seed: seed)
    for pair in 0..<count {
      let better = generator.below(2) == 0
      let longer = generator.below(2) == 0
      isFirstBetter.append(better)
      var said: [PairBallots.Ballot] = []
      for (number, vote) in voters.enumerated() {
        guard let isForFirst = vote(better, longer, &generator) else { continue }
        said.append(.init(annotator: "annotator \(number)", isForFirst: isForFirst))
      }
      ballots.append(
        PairBallots(pair: UInt64(pair) &* 977, isFirstLonger: longer, ballots: said))
    }
  }

  /// Annotators who are right at these rates, whatever the pair.
  init(_ count: Int, rates: [Double], seed: UInt64) {
    self.init(
      count, seed: seed,
      voters: rates.map { rate in
        { better, _, generator in generator.unit() < rate ? better : !better }
      })
  }

  var table: VoteTable { VoteTable(ballots) }

  /// How often the side that is more likely by `firstBetter` is the better one; a half where neither is.
  func accuracy(_ firstBetter: [Double?], in table: VoteTable) -> Double {
    var right = 0.0
    for (place, said) in ballots.enumerated() {
      guard let unit = table.unit(of: said.pair), let first = firstBetter[unit] else { continue }
      right += first == 0.5 ? 0.5 : (first > 0.5) == isFirstBetter[place] ? 1 : 0
    }
    return right / Double(ballots.count)
  }
}
