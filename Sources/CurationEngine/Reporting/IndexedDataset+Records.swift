import DatasetFiles
public import PreferenceData

extension IndexedDataset {
  /// The record of a decision that stands, with what the data set says of its row now.
  public func record(of standing: ReviewLedger.Standing, row: RowID) -> DecisionRecord {
    let event = ReviewEvent(
      sequence: standing.sequence, millisecondsSince1970: standing.millisecondsSince1970,
      annotator: standing.annotator, content: .decided([]))
    let decided = RowDecision(row: row, decision: standing.decision, serving: standing.serving)
    return record(of: decided, in: event, isUndone: false)
  }

  /// The record of one row's part in `event`.
  ///
  /// A row that the data set has no more is named by its identity.
  public func record(
    of decided: RowDecision, in event: ReviewEvent, isUndone: Bool
  ) -> DecisionRecord {
    let position = index.position(of: decided.row)
    var outcome: Outcome?
    var ranked: RankedPair?
    var ratings: [RatingRecord]?
    if let position, case .success(let row) = dataset.row(at: position) {
      let sides = row.sides.map(\.id)
      outcome = decided.decision.outcome(sides: sides, label: row.label)
      ranked = decided.decision.ranked(sides: sides, label: row.label)
      ratings = decided.decision.ratings.map { rating in
        let verdict = rating.side.map(Verdict.prefers) ?? .tie
        return RatingRecord(
          rating.criterion,
          outcome: Decision(verdict, on: decided.decision.pair)
            .outcome(sides: sides, label: row.label),
          prefers: rating.side, strength: rating.strength)
      }
    }
    return DecisionRecord(
      decided, of: event, id: decided.row.description, row: position, outcome: outcome,
      ranked: ranked, ratings: ratings, isUndone: isUndone)
  }
}
