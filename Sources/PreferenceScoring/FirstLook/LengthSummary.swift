/// How long some texts are, in characters (Unicode scalars).
public struct LengthSummary: Hashable, Sendable {
  /// How many texts there are, at least one.
  public let count: Int
  /// Half of the texts are no longer, by nearest rank.
  public let median: Int
  /// 95 % of the texts are no longer, by nearest rank.
  public let percentile95: Int
  public let longest: Int
  /// The first row with a text that long.
  public let longestRow: Int
}

/// Lengths as they come in.
struct LengthTally: Sendable {
  private var lengths: [UInt32] = []
  private var longest: (length: Int, row: Int)?

  mutating func add(_ length: Int, row: Int) {
    lengths.append(UInt32(clamping: length))
    if longest.map({ length > $0.length }) ?? true { longest = (length, row) }
  }

  /// - Complexity: O(n log n).
  var summary: LengthSummary? {
    guard let longest else { return nil }
    let sorted = lengths.sorted()
    func percentile(_ percent: Int) -> Int {
      Int(sorted[(percent * sorted.count + 99) / 100 - 1])
    }
    return LengthSummary(
      count: sorted.count, median: percentile(50), percentile95: percentile(95),
      longest: longest.length, longestRow: longest.row)
  }
}
