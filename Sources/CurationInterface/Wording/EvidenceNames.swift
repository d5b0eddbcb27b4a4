public import PreferenceScoring

extension RowFinding {
  /// What is true of a row with this finding.
  public var phrase: String {
    switch self {
    case .exactConflict: "another row prefers the other side of the same pair"
    case .nearConflict: "another row prefers the other side of nearly the same pair"
    case .orderDuplicate: "the same pair and preference stand twice, in both orders"
    case .identicalSides: "both sides are the same text"
    case .nearIdenticalSides: "the sides differ in letter case, spacing and punctuation only"
    case .emptySide: "a side is empty"
    case .containedSide: "one side stands whole inside the other"
    case .earlyParting: "the sides part before the last turn"
    }
  }
}

extension PeerAgreement {
  /// What the two peers say of the label in the end.
  public var phrase: String {
    switch self {
    case .bothContradict: "In the end both peers contradict the label."
    case .contested: "In the end the peers are not of one mind: contested."
    case .bothAgree: "In the end both peers agree with the label."
    }
  }
}

extension PeerStability {
  /// How it went through the epochs.
  public var phrase: String {
    switch self {
    case .nonRobust: "They held steadily against it (non-robust)."
    case .ambiguous: "They wavered on the way (ambiguous)."
    case .robust: "They held steadily to it (robust)."
    }
  }
}
