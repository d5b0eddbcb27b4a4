import Foundation

/// The standard normal quantile of .975.
let normalQuantile95 = 1.959963984540054

extension Estimate {
  /// The share `wins` / `count` with Wilson's 95 % interval; from 0 to 1 where nothing was counted.
  ///
  /// - Source: Wilson, 1927, doi:10.1080/01621459.1927.10502953.
  public init(wins: Int, of count: Int) {
    precondition((0...count).contains(wins), "\(wins) wins of \(count)")
    guard count > 0 else {
      self.init(value: 0.5, lower: 0, upper: 1)
      return
    }
    self.init(share: Double(wins) / Double(count), ofEffectively: Double(count))
  }

  /// The same of a share that comes from as much as `n` draws of equal weight would tell.
  init(share: Double, ofEffectively n: Double) {
    precondition(n > 0, "a share of \(n) draws")
    let square = normalQuantile95 * normalQuantile95
    let centre = (share + square / (2 * n)) / (1 + square / n)
    let half =
      normalQuantile95 / (1 + square / n)
      * (share * (1 - share) / n + square / (4 * n * n)).squareRoot()
    // At 0 and 1 the near end is exactly the share, but for rounding.
    self.init(
      value: share, lower: min(share, max(0, centre - half)),
      upper: max(share, min(1, centre + half)))
  }
}

/// The p-values as Holm's step-down procedure adjusts them: a hypothesis whose adjusted value is below
/// alpha is rejected, and the chance of any false rejection among all is below alpha, whatever their
/// dependence.
///
/// - Complexity: O(n log n).
/// - Source: Holm, 1979, Scandinavian Journal of Statistics 6, 65-70.
func holmAdjusted(_ pValues: [Double]) -> [Double] {
  let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
  var adjusted = pValues
  var largest = 0.0
  for (place, index) in order.enumerated() {
    largest = max(largest, min(1, Double(order.count - place) * pValues[index]))
    adjusted[index] = largest
  }
  return adjusted
}
