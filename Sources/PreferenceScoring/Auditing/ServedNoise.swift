import PreferenceData

/// The share of wrong labels in the file from all that was decided, the ranked queue and the audit rows
/// that were served between together.
///
/// Meaning: the head of the queue, up to the first row that is not decided, was served with certainty: its
/// wrong labels are counted. Every decided audit row beyond it stands for 1 / its probability of being
/// served, as the decision records it, cut at `1 / neededDrawn` of the rows beyond; their weighted share of
/// wrong labels is that of all rows beyond the head. With H rows in the head, w of them wrong, and a share p
/// of the R others, it is (w + p R) / (H + R). A ranking stands for the one pair of it that an audit asks
/// about, and is decided where that pair is.
///
/// - Range: [0, 1]; the interval is Wilson's at the effective number of drawn rows, (sum of weights)^2 / sum
///   of their squares, brought nearer by the finite population.
/// - Complexity: O(n log n).
/// - Limits: other than the audit's own figure it takes the queue's decisions on trust, blind or not, and
///   supposes that the order of the queue does not depend on which rows the audit drew. Where the order
///   moved under the decisions the head is short, and little is gained.
/// - Source: Hajek, 1971, comment on Basu (the weighted share); Kish, 1965, Survey Sampling (the effective
///   number); clipping: Ionides, 2008, doi:10.1198/106186008X320456.
public struct ServedNoise: Hashable, Sendable {
  /// Why there is no estimate.
  public enum Reason: Error, Hashable, Sendable {
    /// The decisions beyond the head of the queue were not drawn at random, or too few were.
    case tooFewDrawn(found: Int, needed: Int)
    /// A decision does not say with which probability its row was served.
    case withoutProbability(count: Int)
  }

  public let noise: Estimate
  /// The rows at the head of the queue, all decided, and the wrong labels among them.
  public let headCount: Int
  public let headWrongCount: Int
  /// The drawn rows beyond the head, and how many of their weights were cut.
  public let drawnCount: Int
  public let clippedCount: Int

  /// Fewer drawn rows beyond the head give no estimate.
  public static let neededDrawn = 25

  /// - Parameters:
  ///   - reviewed: The decisions of one annotator.
  ///   - sample: Whose rows the estimate speaks of.
  ///   - ranks: By position, the place in the queue.
  /// - Throws: Why there is no estimate.
  public init(
    _ reviewed: [ReviewedRow], sample: AuditSample, ranks: [Int?]
  ) throws(Reason) {
    let labels = reviewed.compactMap { row in row.audited.map { (row.position, $0) } }
    let decided = Dictionary(
      labels.filter { $0.1.outcome != .skip }, uniquingKeysWith: { first, _ in first })
    let queue = sample.positions.compactMap { row in
      ranks[row].map { (rank: $0, row: row) }
    }.sorted { $0.rank < $1.rank }
    let head = queue.prefix { decided[$0.row] != nil }.map(\.row)
    let isInHead = Set(head)
    headCount = head.count
    headWrongCount = head.count { decided[$0]?.outcome == .swap }
    let drawn = sample.positions.compactMap { row -> (isWrong: Bool, probability: Double)? in
      guard !isInHead.contains(row), let found = decided[row],
        found.standing.serving.route == .audit, let outcome = found.blindOutcome
      else { return nil }
      return (outcome == .swap, found.standing.serving.probability)
    }
    let unknown = drawn.count { !($0.probability > 0 && $0.probability <= 1) }
    guard unknown == 0 else { throw .withoutProbability(count: unknown) }
    let rest = sample.rowCount - head.count
    guard drawn.count >= min(Self.neededDrawn, rest) else {
      throw .tooFewDrawn(found: drawn.count, needed: Self.neededDrawn)
    }
    drawnCount = drawn.count
    let limit = Double(rest) / Double(Self.neededDrawn)
    let weights = drawn.map { min(1 / $0.probability, max(1, limit)) }
    clippedCount = zip(drawn, weights).count { 1 / $0.probability > $1 }
    let whole = Double(sample.rowCount)
    guard rest > 0 else {
      let share = whole > 0 ? Double(headWrongCount) / whole : 0
      noise = Estimate(value: share, lower: share, upper: share)
      return
    }
    let sum = weights.reduce(0, +)
    let wrong = zip(drawn, weights).reduce(0) { $0 + ($1.0.isWrong ? $1.1 : 0) }
    let effective = sum * sum / weights.reduce(0) { $0 + $1 * $1 }
    let infinite = Estimate(share: wrong / sum, ofEffectively: effective)
    let near =
      rest > 1 ? (Double(rest - drawn.count) / Double(rest - 1)).squareRoot() : 0
    let counted = Double(headWrongCount)
    func inFile(_ end: Double) -> Double {
      let share = infinite.value + near * (end - infinite.value)
      return (counted + share * Double(rest)) / whole
    }
    noise = Estimate(
      value: inFile(infinite.value), lower: inFile(infinite.lower), upper: inFile(infinite.upper))
  }
}
