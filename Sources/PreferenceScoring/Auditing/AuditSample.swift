public import PreferenceData

/// The rows of a random audit, in the order in which they are drawn: the first n are the sample of
/// size n.
///
/// Every row that has a label to be wrong (two different sides, one of them preferred, or a ranking that
/// orders two) gets a number from the seed of the review and its own identity, and the rows stand in the
/// order of these numbers. Of a ranking one pair is asked about (`RowIndex.auditedPair`), so that what the
/// sample says is of the labelled pairs, one a row.
///
/// So the first n are a simple random sample without replacement, and nothing has to be stored: a
/// restart, another scan or another annotator gives the same sample, swapping a label does not move its
/// row, and where rows come or go the first n are a random sample of the file as it is now. Flagged
/// and other rows are told apart when the sample is evaluated, not when it is drawn.
///
/// - Complexity: O(n log n) for n rows.
/// - Source: permanent random numbers, as Ohlsson, 1995, "Coordination of Samples Using Permanent
///   Random Numbers", in Business Survey Methods, describes them.
public struct AuditSample: Hashable, Sendable {
  /// Positions in the file.
  public let positions: [Int]
  /// How many of the rows are rankings, of which one pair each is asked about.
  public let rankingCount: Int

  public var rowCount: Int { positions.count }

  public init(of index: RowIndex, seed: UInt64) {
    let salt = StableHash("audit", seed: seed)
    let drawn = index.ids.indices.compactMap { position -> (key: StableHash, position: Int)? in
      guard let id = index.ids[position], index.hasPreference(at: position) else { return nil }
      let copy = StableHash(high: UInt64(id.occurrence), low: 0)
      return (salt.combined(with: id.pair.hash).combined(with: copy), position)
    }
    positions = drawn.sorted { ($0.key, $0.position) < ($1.key, $1.position) }.map(\.position)
    rankingCount = positions.count(where: index.pairs.isRanking)
  }

  /// The probability with which each row is in a sample of `count` rows.
  public func probability(ofSample count: Int) -> Double {
    positions.isEmpty ? 0 : min(1, Double(count) / Double(positions.count))
  }

  /// The sizes at which a sample of `planned` rows is evaluated: 25, then always twice as many, and
  /// `planned` itself. Whoever looks after each row and stops when it suits sees too narrow an interval.
  public static func looks(planned: Int) -> [Int] {
    var looks: [Int] = []
    var size = 25
    while size < planned {
      looks.append(size)
      size *= 2
    }
    return looks + [planned]
  }

  /// The smallest sample of a data set of `rowCount` rows whose interval is at most `halfWidth` to
  /// either side where the share of wrong labels is about `noise`, or the whole.
  ///
  /// - Complexity: O(log rowCount).
  public static func size(
    forHalfWidth halfWidth: Double, noise: Double, rowCount: Int
  ) -> Int {
    var (low, high) = (0, rowCount)
    while low < high {
      let middle = (low + high) / 2
      if expectedHalfWidth(ofSample: middle, noise: noise, rowCount: rowCount) <= halfWidth {
        high = middle
      } else {
        low = middle + 1
      }
    }
    return low
  }

  /// How far the interval of a sample of `count` rows will reach to either side, where the share of
  /// wrong labels is about `noise`.
  public static func expectedHalfWidth(
    ofSample count: Int, noise: Double, rowCount: Int
  ) -> Double {
    let drawn = min(count, rowCount)
    let wrong = Int((noise * Double(drawn)).rounded())
    return AuditStratum(rowCount: rowCount, drawnCount: drawn, wrongCount: wrong).noise.halfWidth
  }
}
