public import PreferenceData

/// A decision that stands, with what it means for the label that the file has now.
public struct ReviewedRow: Hashable, Sendable {
  /// Where the row is in the file.
  public let position: Int
  /// Of a ranking, the newest of the annotator's decisions.
  public let standing: ReviewLedger.Standing
  public let outcome: Outcome
  /// Which pair of a ranking the decision is about, the better side by the label first; nil where it is
  /// about the whole row.
  public let pair: RankedPair?
  /// Nil for a skip.
  public let choice: SideChoice?
  /// Whether annotators contradict each other on the row.
  public let isContested: Bool
  /// What has been said of the label that a random audit asks about; nil where only other pairs of the
  /// ranking have been decided.
  public let audited: AuditedLabel?
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
  ///   - seed: Of the review: decides of which pair of a ranking an audit asks.
  ///   - row: Reads the row at a position. Called for decided rows only.
  /// - Returns: By position, then by annotator.
  public static func all(
    in ledger: ReviewLedger, index: RowIndex, seed: UInt64,
    row: (Int) -> Result<PreferenceRow, RowProblem>
  ) -> [ReviewedRow] {
    let decided = ledger.decidedRows.compactMap { id in index.position(of: id).map { ($0, id) } }
    return decided.sorted { $0.0 < $1.0 }.flatMap { position, id -> [ReviewedRow] in
      guard case .success(let content) = row(position) else { return [] }
      let judged = JudgedRow(
        id: id, sides: content.sides.map(\.id), label: content.label,
        auditedPair: index.auditedPair(at: position, seed: seed))
      return ledger.standing(on: id).compactMap {
        ReviewedRow($0, position: position, judged, ledger)
      }
    }
  }

  /// A row of which decisions are read.
  private struct JudgedRow {
    let id: RowID
    let sides: [SideID]
    let label: PreferenceLabel
    /// The pair of a ranking that an audit asks about.
    let auditedPair: SidePair?

    func outcome(_ standing: ReviewLedger.Standing) -> Outcome? {
      standing.decision.outcome(sides: sides, label: label)
    }

    func choice(_ standing: ReviewLedger.Standing?) -> SideChoice? {
      standing.flatMap { SideChoice($0.decision, sides: sides) }
    }

    func audited(_ ledger: ReviewLedger, by annotator: AnnotatorName) -> AuditedLabel? {
      guard let newest = ledger.judgment(on: id, by: annotator, about: auditedPair),
        let latest = outcome(newest)
      else { return nil }
      let blind = ledger.blindStanding(on: id, by: annotator, about: auditedPair)
      return AuditedLabel(
        standing: newest, outcome: latest, blindOutcome: blind.flatMap(outcome),
        sides: auditedPair?.positions(in: sides).map { RankedPair(better: $0.0, worse: $0.1) })
    }
  }

  private init?(
    _ standing: ReviewLedger.Standing, position: Int, _ row: JudgedRow, _ ledger: ReviewLedger
  ) {
    guard let found = row.outcome(standing) else { return nil }
    self.position = position
    self.standing = standing
    outcome = found
    pair = standing.decision.ranked(sides: row.sides, label: row.label)
    choice = row.choice(standing)
    isContested = ledger.isContested(row.id)
    audited = row.audited(ledger, by: standing.annotator)
    let again = ledger.repeatedLook(at: row.id, by: standing.annotator)
    let first = ledger.blindStanding(
      on: row.id, by: standing.annotator, about: again?.decision.pair)
    if let first = row.choice(first), let second = row.choice(again) {
      repeated = Repetition(first: first, second: second)
    } else {
      repeated = nil
    }
  }
}

/// What an annotator has said of the label that a random audit asks about: that of the row, or that of one
/// pair of a ranking.
public struct AuditedLabel: Hashable, Sendable {
  /// The decision that stands on it.
  public let standing: ReviewLedger.Standing
  public let outcome: Outcome
  /// What the annotator's first blind decision on it says; nil where there is none.
  public let blindOutcome: Outcome?
  /// Of a ranking, the two sides by their positions, whichever is better; nil for every other row.
  public let sides: RankedPair?
}

extension SideChoice {
  /// What `decision` says of a row with these sides; nil for a skip, and where it names none of them.
  fileprivate init?(_ decision: Decision, sides: [SideID]) {
    let judged = decision.pair.map { [$0.first, $0.second] } ?? sides
    switch decision.verdict {
    case .tie: self = .tie
    case .bothBad: self = .bothBad
    case .drop: self = .drop
    case .skip: return nil
    case .prefers(let side):
      guard judged.contains(side) else { return nil }
      self = side == judged.min() ? .smaller : .larger
    }
  }
}
