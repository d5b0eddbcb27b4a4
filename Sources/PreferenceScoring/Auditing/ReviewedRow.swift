public import PreferenceData

/// A decision that stands, with what it means for the label that the file has now.
public struct ReviewedRow: Hashable, Sendable {
  /// Where the row is in the file.
  public let position: Int
  public let standing: ReviewLedger.Standing
  public let outcome: Outcome
  /// Nil for a skip.
  public let choice: SideChoice?
  /// Whether annotators contradict each other on the row.
  public let isContested: Bool
  /// What the annotator's first blind decision says of the label; nil where there is none.
  public let blindOutcome: Outcome?
  /// What the annotator said of the row blind, and what when it came again; nil where it has not.
  public let repeated: Repetition?

  public struct Repetition: Hashable, Sendable {
    public let first: SideChoice
    public let second: SideChoice
  }

  public var annotator: AnnotatorName { standing.annotator }
  public var serving: Serving { standing.serving }

  /// Every decision of `ledger` whose row the data set still has.
  ///
  /// - Parameters:
  ///   - ledger: The review.
  ///   - index: The rows of the data set.
  ///   - row: Reads the row at a position. Called for decided rows only.
  /// - Returns: By position, then by annotator.
  public static func all(
    in ledger: ReviewLedger, index: RowIndex,
    row: (Int) -> Result<PreferenceRow, RowProblem>
  ) -> [ReviewedRow] {
    let decided = ledger.decidedRows.compactMap { id in index.position(of: id).map { ($0, id) } }
    return decided.sorted { $0.0 < $1.0 }.flatMap { position, id -> [ReviewedRow] in
      guard case .success(let content) = row(position) else { return [] }
      let isContested = ledger.isContested(id)
      return ledger.standing(on: id).compactMap { standing in
        ReviewedRow(
          standing, position: position, content, isContested: isContested,
          blind: ledger.blindStanding(on: id, by: standing.annotator),
          again: ledger.repeatedLook(at: id, by: standing.annotator))
      }
    }
  }

  private init?(
    _ standing: ReviewLedger.Standing, position: Int, _ row: PreferenceRow, isContested: Bool,
    blind: ReviewLedger.Standing?, again: ReviewLedger.Standing?
  ) {
    let sides = row.sides.map(\.id)
    func outcome(_ standing: ReviewLedger.Standing) -> Outcome? {
      standing.decision.verdict.outcome(sides: sides, preferred: row.label.preferred)
    }
    func choice(_ standing: ReviewLedger.Standing?) -> SideChoice? {
      standing.flatMap { SideChoice($0.decision.verdict, sides: sides) }
    }
    guard let found = outcome(standing) else { return nil }
    self.position = position
    self.standing = standing
    self.outcome = found
    self.choice = choice(standing)
    self.isContested = isContested
    blindOutcome = blind.flatMap(outcome)
    if let first = choice(blind), let second = choice(again) {
      repeated = Repetition(first: first, second: second)
    } else {
      repeated = nil
    }
  }
}

extension SideChoice {
  /// What `verdict` says of a row with these sides; nil for a skip, and where it names none of them.
  fileprivate init?(_ verdict: Verdict, sides: [SideID]) {
    switch verdict {
    case .tie: self = .tie
    case .bothBad: self = .bothBad
    case .drop: self = .drop
    case .skip: return nil
    case .prefers(let side):
      guard sides.contains(side) else { return nil }
      self = side == sides.min() ? .smaller : .larger
    }
  }
}
