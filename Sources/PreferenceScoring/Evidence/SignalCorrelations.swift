/// How much the signals of a scan say the same: signals that agree because they share what they were
/// made from are no independent witnesses.
///
/// Meaning: Spearman's rank correlation of two signals over the pairs for which both have a value,
/// equals at their mean rank, each signal turned so that more suspicious is higher.
///
/// - Range: [-1, 1]; 1 = the same order. Nil where one of the two is constant, or fewer than three
///   pairs have both.
/// - Complexity: O(k n log n) for k signals of n pairs; O(k^2 n log n) where values are missing.
/// - Source: Spearman, 1904, doi:10.2307/1412159.
public struct SignalCorrelations: Hashable, Sendable {
  /// The signals that were compared.
  public let ids: [SignalID]
  /// By the places of two signals in `ids`, the earlier one first.
  private let values: [Double?]

  /// What there is between `first` and `second`.
  public subscript(first: SignalID, second: SignalID) -> Double? {
    guard let one = ids.firstIndex(of: first), let two = ids.firstIndex(of: second) else {
      return nil
    }
    return one == two ? 1 : values[Self.place(min(one, two), max(one, two))]
  }

  /// The signals of `result` that speak for their families.
  public static func ids(of result: ScanResult) -> [SignalID] {
    result.signals.keys.filter(SignalFamily.isLead).sorted(by: SignalFamily.precedes)
  }

  /// Compares the signals of `result` that speak for their families.
  public init(_ result: ScanResult) {
    self.init(Self.ids(of: result).map { ($0, result.signals[$0] ?? []) })
  }

  /// - Parameter columns: Signals, each with its value by row.
  init(_ columns: [(id: SignalID, values: SignalValues)]) {
    ids = columns.map(\.id)
    let columns = columns.map { Column($0.values, isSuspiciousWhenLow: $0.id.isSuspiciousWhenLow) }
    values = columns.indices.flatMap { later in
      (0..<later).map { columns[$0].correlation(with: columns[later]) }
    }
  }

  private static func place(_ earlier: Int, _ later: Int) -> Int {
    later * (later - 1) / 2 + earlier
  }

  private struct Column {
    /// By row, higher = more suspicious.
    private let suspicions: [Double?]
    private let rows: [Int]
    /// In the order of `rows`.
    private let ranks: [Double]

    init(_ values: SignalValues, isSuspiciousWhenLow: Bool) {
      let suspicions = values.map { value in value.map { isSuspiciousWhenLow ? -$0 : $0 } }
      self.suspicions = suspicions
      rows = suspicions.indices.filter { suspicions[$0] != nil }
      ranks = meanRanks(suspicions.compactMap(\.self))
    }

    func correlation(with other: Column) -> Double? {
      if rows == other.rows { return rankCorrelation(ranks, other.ranks) }
      let both = zip(suspicions, other.suspicions).compactMap { one, two in
        if let one, let two { (one, two) } else { nil }
      }
      return rankCorrelation(meanRanks(both.map(\.0)), meanRanks(both.map(\.1)))
    }
  }
}
