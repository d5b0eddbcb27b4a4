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
    var (swapped, leftOut): ([Int], [Int]) = ([], [])
    for (row, fate) in plan.fates.sorted(by: { $0.key < $1.key }) {
      let places = scannedPairs.places(of: row)
      switch fate {
      case .untouched, .preferring, .bothOrders: break
      case .swapped: swapped += places
      case .leftOut: leftOut += places
      case .ranked(let ranking):
        for place in places {
          guard let pair = scannedPairs.pair(of: place) else { continue }
          let order = (ranking.places[pair.better], ranking.places[pair.worse])
          if order.0 > order.1 { swapped.append(place) }
          if order.0 == order.1 { leftOut.append(place) }
        }
      }
    }
    return LabelChanges(swapped: swapped, leftOut: leftOut)
  }

  /// The pairs whose preference a person has confirmed: every annotator who decided on the row keeps
  /// its label, or every one exchanges it. Of a ranking, the pairs that were decided so.
  public func confirmedRows(under ledger: ReviewLedger) -> InfluenceTarget {
    var kept: [Int] = []
    var swapped: [Int] = []
    for id in ledger.decidedRows {
      guard let position = index.position(of: id),
        case .success(let row) = dataset.row(at: position)
      else { continue }
      let sides = row.sides.map(\.id)
      var outcomes: [Int: Set<Outcome>] = [:]
      for annotator in ledger.standing(on: id).map(\.annotator) {
        for decision in ledger.judgments(on: id, by: annotator).map(\.decision) {
          guard let outcome = decision.outcome(sides: sides, label: row.label) else { continue }
          let judged = decision.pair?.positions(in: sides)
          let place =
            judged.map { scannedPairs.place(of: position, sides: $0) }
            ?? (sides.count > 2 ? nil : scannedPairs.places(of: position).lowerBound)
          if let place { outcomes[place, default: []].insert(outcome) }
        }
      }
      for (place, outcomes) in outcomes.sorted(by: { $0.key < $1.key }) {
        if outcomes == [.keep] { kept.append(place) }
        if outcomes == [.swap] { swapped.append(place) }
      }
    }
    return .rows(kept: kept.sorted(), swapped: swapped.sorted())
  }
}
