/// Which part of the queue a pair stands in. A band is a share of the queue, not a probability.
public enum SuspicionBand: Int, CaseIterable, Sendable, Comparable {
  /// The most suspicious 5 % of the pairs.
  case top5
  /// The next, to 15 %.
  case top15
  /// The next, to 30 %.
  case top30
  case rest

  /// The share of the queue down to the end of the band.
  public var share: Double {
    switch self {
    case .top5: 0.05
    case .top15: 0.15
    case .top30: 0.30
    case .rest: 1
    }
  }

  public static func < (left: SuspicionBand, right: SuspicionBand) -> Bool {
    left.rawValue < right.rawValue
  }

  /// The band of the pair with rank `rank` (1 = most suspicious) of `pairCount`.
  public static func of(rank: Int, pairCount: Int) -> SuspicionBand {
    allCases.first { rank <= $0.pairCount(of: pairCount) } ?? .rest
  }

  /// How many of `pairCount` pairs stand in this band or above.
  public func pairCount(of pairCount: Int) -> Int { Int((share * Double(pairCount)).rounded()) }
}
