import CurationEngine
import CurationInterface

// What the dialog shows of an export that is not written yet.

extension ExportPreview {
  init(_ plan: LiveEngine.ExportPlan) {
    self.init(
      lines: plan.plan.lines(writing: plan.conversion) + plan.form.lines(of: plan.conversion),
      changes: plan.changes.map { change in
        Change(
          position: change.position, phrase: change.fate.phrase, before: change.before,
          after: change.after)
      })
  }
}

extension CleaningPlan.Fate {
  /// What becomes of a row, in a few words.
  fileprivate var phrase: String {
    switch self {
    case .untouched: "as it was"
    case .swapped: "swapped"
    case .leftOut: "left out"
    case .bothOrders: "written in both orders"
    case .preferring(let side): "response \(side + 1) is best now"
    case .ranked: "ranked anew"
    }
  }
}
