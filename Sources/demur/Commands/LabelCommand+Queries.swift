import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

extension LabelCommand {
  /// Decides about all rows that `text` finds: one step in the journal, or nothing.
  func label(rowsFoundBy text: String, _ outcome: Outcome) throws {
    let query = try Query(argument: text)
    // Whoever only asks what would be done neither makes a review nor waits for its lock.
    let opening = try dryRun ? OpenedReview(reading: options) : OpenedReview(editing: options)
    let answer = try opening.answer(query, with: scanOptions, options: options)
    var plan = BulkPlan(outcome, remarks: remarks)
    for position in answer.positions.sorted() {
      guard let id = opening.opened.index.ids[position] else { continue }
      let standing = opening.ledger.standing(on: id, by: opening.review.annotator)?.decision
      plan.add(position, id, standing: standing) {
        guard case .success(let row) = opening.opened.dataset.row(at: position) else { return nil }
        return row
      }
    }
    guard !answer.positions.isEmpty else {
      throw Failure(
        .no, what: "no row is found by \(Table.line(text)), so there is nothing to decide")
    }
    let details = Self.details(of: plan)
    let rows = Numbers.count(plan.items.count, "row")
    if dryRun { return StandardError.line("would decide: \(rows) \(outcome.rawValue)\(details)") }
    guard !plan.items.isEmpty else {
      return StandardError.line("nothing to decide\(details)")
    }
    let event = try opening.append(
      .decided(
        plan.items.map {
          RowDecision(
            row: $0.row, decision: $0.decision, serving: Serving(route: .script, labelSeen: true))
        }))
    StandardError.line("saved: \(rows) \(outcome.rawValue) (step \(event.sequence))\(details)")
  }

  private static func details(of plan: BulkPlan) -> String {
    var parts: [String] = []
    if plan.decidedBeforeCount > 0 {
      parts.append("\(Numbers.grouped(plan.decidedBeforeCount)) of them decided otherwise before")
    }
    if plan.unchangedCount > 0 {
      parts.append("\(Numbers.grouped(plan.unchangedCount)) are so already")
    }
    if plan.unfitCount > 0 {
      parts.append("\(Numbers.grouped(plan.unfitCount)) left out: it means nothing there")
    }
    return parts.isEmpty ? "" : "; \(parts.joined(separator: ", "))"
  }
}
