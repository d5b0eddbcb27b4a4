/// A column that an export adds to every row when it is asked for. Null where nothing is known.
public enum AddedColumn: String, Hashable, Sendable, CaseIterable {
  /// By how much the chosen side is better in the file's own words: the difference of the sides'
  /// ratings, else the strength of the label. TRL's reward trainer subtracts it inside the loss as the
  /// margin to be reached. It is negative where a decision went against the file.
  case margin
  /// How likely the label is right, where an audit has measured it (D7).
  case labelRight = "p_label_right"
  /// How strong the preference is, as the file says and as the review says: two scales, two members.
  case strength
  /// How many votes of the file and of the review say what the row says, the opposite, or neither.
  case votes
  /// The notes of the review.
  case rationale
  /// Where the row comes from, and what was decided about it.
  case provenance

  public var name: String { rawValue }
}

/// What is known of a row beside its texts.
public struct RowNote: Sendable {
  /// The file in which the row stands.
  public var file: String
  /// The row's position in the data set, from 0.
  public var row: Int
  /// The file's own identifier of the row, or the row's identity.
  public var id: String?
  /// What the decision did to the label; nil without a decision.
  public var outcome: Outcome?
  /// The decisions that stand, by annotator; of a ranking, each about its pair.
  public var decisions: [Decision]
  /// How likely the label is right; nil where nothing has measured it.
  public var labelRight: Double?

  public init(
    file: String, row: Int, id: String?, outcome: Outcome? = nil, decisions: [Decision] = [],
    labelRight: Double? = nil
  ) {
    self.file = file
    self.row = row
    self.id = id
    self.outcome = outcome
    self.decisions = decisions
    self.labelRight = labelRight
  }
}

extension AddedColumn {
  /// What the column says of `row`, of which the side at `better` is now preferred to that at `worse`;
  /// both nil where there is no such pair.
  public func value(
    of row: PreferenceRow, better: Int?, worse: Int?, note: RowNote
  ) -> JSONValue {
    switch self {
    case .margin:
      guard let better, let worse else { return .null }
      return JSONValue(row.margin(of: better, over: worse)) { .number($0) }
    case .labelRight: return JSONValue(note.labelRight) { .number($0) }
    case .strength:
      return [
        "file": JSONValue(row.label.strength) { .number($0) },
        "review": JSONValue(note.meanStrength) { .number($0) },
      ]
    case .votes:
      guard let better, let worse else {
        return ["chosen": nil, "rejected": nil, "neither": nil]
      }
      return row.votes(for: better, against: worse, note.decisions)
    case .rationale:
      let notes = note.decisions.map(\.note).filter { !$0.isEmpty }
      return notes.isEmpty ? .null : .string(notes.joined(separator: "\n"))
    case .provenance:
      return [
        "file": .string(note.file), "row": .integer(note.row),
        "id": JSONValue(note.id) { .string($0) },
        "decision": JSONValue(note.outcome) { .string($0.rawValue) },
      ]
    }
  }
}

extension RowNote {
  /// The mean of the strengths that were said.
  fileprivate var meanStrength: Double? {
    let strengths = decisions.compactMap(\.strength)
    guard !strengths.isEmpty else { return nil }
    return Double(strengths.reduce(0, +)) / Double(strengths.count)
  }
}

extension PreferenceLabel {
  fileprivate var strength: Double? {
    guard case .prefers(_, let strength) = self else { return nil }
    return strength
  }

  /// 1 where this says that the side at `better` is better than that at `worse`, -1 for the opposite,
  /// else 0.
  fileprivate func side(with better: Int, against worse: Int) -> Int {
    switch self {
    case .prefers(let position, _): position == better ? 1 : position == worse ? -1 : 0
    case .ranks(let places): (places[worse] - places[better]).signum()
    case .tie, .bothBad, .desirable, .undesirable, .none: 0
    }
  }
}

extension PreferenceRow {
  fileprivate func margin(of better: Int, over worse: Int) -> Double? {
    if let first = sides[better].rating, let second = sides[worse].rating { return first - second }
    guard let strength = label.strength else { return nil }
    return label.preferred == better ? strength : -strength
  }

  fileprivate func votes(
    for better: Int, against worse: Int, _ decisions: [Decision]
  ) -> JSONValue {
    var said = judgments.map { $0.label.side(with: better, against: worse) }
    let (first, second) = (sides[better].id, sides[worse].id)
    let pair = SidePair(first, second)
    for decision in decisions where decision.pair == nil || decision.pair == pair {
      switch decision.verdict {
      case .prefers(let side): said.append(side == first ? 1 : side == second ? -1 : 0)
      case .tie, .bothBad: said.append(0)
      case .drop, .skip: continue
      }
    }
    return [
      "chosen": .integer(said.count { $0 > 0 }), "rejected": .integer(said.count { $0 < 0 }),
      "neither": .integer(said.count { $0 == 0 }),
    ]
  }
}
