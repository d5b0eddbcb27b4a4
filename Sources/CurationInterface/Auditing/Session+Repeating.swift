import PreferenceData

extension Session {
  /// A row comes back only after so many other steps: later than it is remembered by its place.
  private static let stepsBetween = 20

  /// A row that the annotator decided blind long enough ago, to be looked at once more as if it were
  /// new; nil where this is no place for one.
  func nextRepeat() -> Int? {
    guard configuration.repeatShare > 0, isBlind, queue.filter == nil,
      isPlace("repeat place", share: configuration.repeatShare)
    else { return nil }
    let ledger = review.ledger
    let latest = ledger.lastSequence - Int64(Self.stepsBetween)
    let salt = StableHash("repeat \(annotator.text)", seed: configuration.seed)
    let candidates = ledger.decidedRows.filter { id in
      guard let blind = ledger.blindStanding(on: id, by: annotator), blind.sequence <= latest,
        !review.revealed.contains(id), dataset.index?.position(of: id) != nil
      else { return false }
      return ledger.repeatedLook(at: id, by: annotator) == nil
    }
    func key(_ id: RowID) -> StableHash {
      salt.combined(with: id.pair.hash)
        .combined(with: StableHash(high: UInt64(id.occurrence), low: 0))
    }
    return candidates.min { (key($0), $0) < (key($1), $1) }
      .flatMap { dataset.index?.position(of: $0) }
  }
}
