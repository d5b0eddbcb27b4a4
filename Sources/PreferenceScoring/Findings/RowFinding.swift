/// Something about a row that a person should know before trusting its label, whatever a model says.
///
/// No finding tells which side is which: each stays as it is when all labels are swapped.
public enum RowFinding: String, CaseIterable, Codable, Sendable {
  /// Another row has the same context and the same two sides and prefers the other one.
  case exactConflict = "exact_conflict"
  /// Another row does, but for letter case, spacing and punctuation.
  case nearConflict = "near_conflict"
  /// Another row has the same context, sides and preference, and shows the sides in the other order.
  case orderDuplicate = "order_duplicate"
  /// Two sides are the same text.
  case identicalSides = "identical_sides"
  /// Both sides are the same text but for letter case, spacing and punctuation.
  case nearIdenticalSides = "near_identical_sides"
  /// A side has no text.
  case emptySide = "empty_side"
  /// The whole text of one side stands inside the other.
  case containedSide = "contained_side"
  /// The sides part before the last turn: more than one reply is compared.
  case earlyParting = "early_parting"
}

/// What was found of one row.
public struct RowFindings: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public init(_ finding: RowFinding) {
    let place = RowFinding.allCases.firstIndex(of: finding) ?? 0
    self.init(rawValue: 1 << UInt8(place))
  }

  /// In the order of `RowFinding`.
  public var list: [RowFinding] { RowFinding.allCases.filter { contains(RowFindings($0)) } }
}
