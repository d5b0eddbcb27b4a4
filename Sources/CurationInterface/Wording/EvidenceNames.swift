public import PreferenceScoring

extension RowFinding {
  /// What was found, in one sentence.
  public var phrase: String {
    switch self {
    case .exactConflict: "Another row has the same two responses and prefers the other one."
    case .nearConflict:
      "Another row prefers the other one, letter case, spacing and punctuation aside."
    case .orderDuplicate: "Another row has the same pair in the other order."
    case .identicalSides: "Both sides are the same text."
    case .nearIdenticalSides: "The sides differ in letter case, spacing or punctuation alone."
    case .emptySide: "A side is empty."
    case .containedSide: "The whole of one side stands inside the other."
    case .earlyParting: "The sides part before the last turn."
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
