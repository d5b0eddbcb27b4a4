/// Where a pair stands among all pairs by one signal.
public struct SignalStanding: Hashable, Sendable {
  public var id: SignalID
  public var value: Double
  /// One more than the number of pairs that are more suspicious by this signal: 1 = most suspicious.
  public var rank: Int
  /// How many pairs have this value, this one among them.
  public var equalCount: Int
  /// How many pairs have a value.
  public var pairCount: Int

  public init(id: SignalID, value: Double, rank: Int, equalCount: Int, pairCount: Int) {
    self.id = id
    self.value = value
    self.rank = rank
    self.equalCount = equalCount
    self.pairCount = pairCount
  }

  /// The share of the pairs that are at least as suspicious, this one among them: in (0, 1], and 1
  /// where all are alike.
  public var share: Double { Double(rank - 1 + equalCount) / Double(pairCount) }
}

extension ScanResult {
  /// Where row `index` stands by each signal that has a value for it, in the order of
  /// `SignalFamily.precedes`.
  ///
  /// - Complexity: O(rows x signals).
  public func standings(at index: Int) -> [SignalStanding] {
    signals.keys.sorted(by: SignalFamily.precedes).compactMap { standing(of: $0, at: index) }
  }

  /// Where row `index` stands by the signal `id`; nil where that says nothing of it.
  public func standing(of id: SignalID, at index: Int) -> SignalStanding? {
    guard let values = signals[id], values.indices.contains(index), let own = values[index] else {
      return nil
    }
    var lower = 0
    var equal = 0
    var count = 0
    for case let value? in values {
      count += 1
      if value < own { lower += 1 } else if value == own { equal += 1 }
    }
    let ahead = id.isSuspiciousWhenLow ? lower : count - lower - equal
    return SignalStanding(
      id: id, value: own, rank: ahead + 1, equalCount: equal, pairCount: count)
  }
}
