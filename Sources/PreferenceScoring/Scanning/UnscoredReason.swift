import PreferenceData

/// Why a row has no suspicion.
public enum UnscoredReason: UInt8, CaseIterable, Sendable {
  /// The row cannot be read; the data set's own problem says why.
  case unreadable
  /// It has one side, or more than two that it does not rank.
  case notTwoSides
  /// The file prefers neither side.
  case noPreference
  /// Both sides are the same text.
  case identicalSides
  /// The row is fine, but the data set gives no head (`HeadQuality.notMeasured`).
  case noHead
  /// A decision leaves it out (`LabelChanges`).
  case leftOut
}

extension UnscoredReason {
  /// Why `row` can be no pair of a head, or nil where it can.
  init?(_ row: PreferenceRow) {
    if row.sides.count != 2 {
      self = .notTwoSides
    } else if row.label.preferred == nil {
      self = .noPreference
    } else if row.sides[0].text == row.sides[1].text {
      self = .identicalSides
    } else {
      return nil
    }
  }
}
