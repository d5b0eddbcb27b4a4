import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension IndexedDataset {
  /// What the decisions that stand do to the labels, as an export would: where annotators differ, and
  /// where a decision has lost its row, nothing.
  public func labelChanges(under ledger: ReviewLedger) -> LabelChanges {
    let plan = CleaningPlan(
      index: index, ledger: ledger, annotator: nil, scope: .all, ties: .drop,
      row: { dataset.row(at: $0) })
    return LabelChanges(
      swapped: plan.fates.filter { $0.value == .swapped }.keys,
      leftOut: plan.fates.filter { $0.value == .leftOut }.keys)
  }

  /// The rows whose preference a person has confirmed: every annotator who decided on the row keeps its
  /// label, or every one exchanges it.
  public func confirmedRows(under ledger: ReviewLedger) -> InfluenceTarget {
    var kept: [Int] = []
    var swapped: [Int] = []
    for id in ledger.decidedRows {
      guard let position = index.position(of: id),
        case .success(let row) = dataset.row(at: position)
      else { continue }
      let sides = row.sides.map(\.id)
      let outcomes = Set(
        ledger.standing(on: id).compactMap {
          $0.decision.verdict.outcome(sides: sides, preferred: row.label.preferred)
        })
      if outcomes == [.keep] { kept.append(position) }
      if outcomes == [.swap] { swapped.append(position) }
    }
    return .rows(kept: kept.sorted(), swapped: swapped.sorted())
  }
}
