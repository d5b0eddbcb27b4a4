public import PreferenceData

extension RowIndex {
  /// The pair of the ranking at `position` that a random audit asks about; nil for every other row, which
  /// is asked about as it is.
  ///
  /// Every pair that the ranking orders gets a number from the seed, the row's identity and those of the
  /// two sides, and the pair with the smallest number is drawn. So each pair is drawn with the same
  /// probability over seeds; nothing has to be stored; and a label that orders the same pairs the other
  /// way draws the same one.
  ///
  /// - Parameters:
  ///   - position: Where the row stands.
  ///   - seed: Of the review.
  /// - Returns: The pair, or nil.
  /// - Complexity: O(p log p) for p pairs.
  /// - Limits: of more than nine sides only the closest calls are drawn from (`PreferenceRow.pairs`), and
  ///   which these are the label says.
  public func auditedPair(at position: Int, seed: UInt64) -> SidePair? {
    guard let id = ids[position] else { return nil }
    let salt = StableHash("audit pair", seed: seed).combined(with: id.pair.hash)
      .combined(with: StableHash(high: UInt64(id.occurrence), low: 0))
    func key(_ pair: SidePair) -> StableHash {
      salt.combined(with: pair.first.hash).combined(with: pair.second.hash)
    }
    return sidePairs(at: position).min { key($0) < key($1) }
  }
}
