/// Why votes say nothing of who is right.
public enum VoteShortage: Error, Hashable, Sendable {
  /// Nobody's vote is in the file.
  case noVotes
  /// There are votes, but all are by one annotator.
  case oneAnnotator
  /// Fewer pairs than are needed have votes by several annotators.
  case tooFewSharedPairs(found: Int, needed: Int)
  /// Votes on one pair agree no more often than two coins would.
  case likeChance
}

/// Where the models of annotators begin: how reliable a vote is on average, and what everybody's
/// record is drawn to.
///
/// Meaning: were every vote right with the same probability q, independently, two votes on one pair
/// would say the same with probability A = q^2 + (1-q)^2. So q = (1 + sqrt(2A - 1)) / 2, with A from
/// all pairs of votes on one pair, one that agrees and one that does not added. Every annotator
/// starts with `strength` votes of this average.
///
/// - Range: (1/2, 1).
/// - Limits: votes that go wrong together, as those of judges of one make do, look reliable.
/// - Source: the moment estimate is ours; the strength is that of `AnnotatorReliability`.
struct VotePrior: Sendable, Equatable {
  let reliability: Double

  /// Fewer shared pairs than this say little of anybody.
  static let neededPairs = 30
  /// How many votes of the average every annotator starts with.
  static let strength = 20.0

  /// - Throws: Why the votes say nothing of who is right.
  /// - Complexity: O(votes).
  init(_ table: VoteTable) throws(VoteShortage) {
    guard table.unitCount > 0 else { throw .noVotes }
    if table.annotators.count == 1, table.annotators[0] != nil { throw .oneAnnotator }
    var shared = 0
    var (agreeing, all) = (0, 0)
    for unit in table.units.indices where table.isShared(unit) {
      let (first, second) = table.counts(of: unit)
      shared += 1
      agreeing += first * (first - 1) / 2 + second * (second - 1) / 2
      all += (first + second) * (first + second - 1) / 2
    }
    guard shared >= Self.neededPairs else {
      throw .tooFewSharedPairs(found: shared, needed: Self.neededPairs)
    }
    guard 2 * agreeing > all else { throw .likeChance }
    let agreement = Double(agreeing + 1) / Double(all + 2)
    reliability = (1 + (2 * agreement - 1).squareRoot()) / 2
  }
}

/// Expectation and maximisation until nobody's record changes, or for too long.
enum VoteFitting {
  private static let stepLimit = 1000
  private static let tolerance = 1e-9

  /// Calls `step`, which changes a model and says by how much, until that is next to nothing.
  static func settle(_ step: () -> Double) {
    for _ in 0..<stepLimit where step() < tolerance { return }
  }
}
