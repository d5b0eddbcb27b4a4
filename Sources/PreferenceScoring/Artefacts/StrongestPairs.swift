/// The few rows with the largest amounts, by absolute value, of those seen so far.
struct StrongestPairs: Sendable {
  private let limit: Int
  /// Strongest first; of equals the one that came first.
  private(set) var found: [(row: Int, amount: Float)] = []

  init(limit: Int) { self.limit = limit }

  /// - Complexity: O(1) for a row that is not among the strongest, else O(limit).
  mutating func add(_ row: Int, amount: Float) {
    let strength = abs(amount)
    guard limit > 0, found.count < limit || strength > abs(found[found.count - 1].amount) else {
      return
    }
    let place = found.partitionPoint { abs($0.amount) < strength }
    found.insert((row, amount), at: place)
    if found.count > limit { found.removeLast() }
  }
}
