extension HeadQuality {
  /// Fewer pairs than this give no head: with 50 the interval of an AUC is already .3 wide.
  public static let neededPairs = 50

  /// How well out-of-fold `margins` tell pairs as labelled from pairs as swapped.
  ///
  /// Meaning: the AUC is the mean of h(i) = P(margin(i) + margin(j) > 0) over the other pairs j (a tie
  /// counts half). It is a U-statistic of degree two, so its standard error is that of the mean of
  /// 2 h(i), and that of the accuracy follows from the signs; both take whole groups as one
  /// observation, since copies and pairs of one prompt are not independent.
  /// - Complexity: O(n log n).
  /// - Limits: the normal interval, cut at 0 and 1; too narrow with fewer than about 30 groups.
  /// - Source: Hoeffding, 1948, doi:10.1214/aoms/1177730196.
  init(margins: [Double], groups: [Range<Int>]) {
    let count = margins.count
    precondition(count > 1, "an AUC needs two pairs, got \(count)")
    let sorted = margins.sorted()
    let above = margins.map { margin in
      let wins = count - sorted.partitionPoint { $0 > -margin }
      let ties = count - wins - sorted.partitionPoint { $0 >= -margin }
      let own = margin > 0 ? 1 : margin == 0 ? 0.5 : 0
      return (Double(wins) + 0.5 * Double(ties) - own) / Double(count - 1)
    }
    let correct = margins.map { $0 > 0 ? 1 : $0 == 0 ? 0.5 : 0 }
    self = .measured(
      accuracy: Self.estimate(correct, factor: 1, groups: groups),
      auc: Self.estimate(above, factor: 2, groups: groups), pairCount: count)
  }

  /// The mean of `values` with a 95 % interval, where `factor` * (value - mean) is what a pair adds
  /// to the error.
  static func estimate(
    _ values: [Double], factor: Double, groups: [Range<Int>]
  ) -> Estimate {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = groups.reduce(0.0) { sum, group in
      let deviation = group.reduce(0.0) { $0 + factor * (values[$1] - mean) }
      return sum + deviation * deviation
    }
    let half = 1.959964 * squares.squareRoot() / count
    return Estimate(value: mean, lower: max(0, mean - half), upper: min(1, mean + half))
  }
}

extension Array {
  /// The first position of a rising array at which `isBeyond` holds.
  func partitionPoint(_ isBeyond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isBeyond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
