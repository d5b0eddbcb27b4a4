import DatasetFiles
public import PreferenceData
import Synchronization

extension LiveEngine {
  /// Works out what `plan` does to the rows at `positions`, and ends the plan before it. `number` tells
  /// the answers of several apart.
  public func plan(_ plan: BulkPlan, positions: [Int], number: Int) {
    let flag = planning.begin()
    queryThread.submit { [self] in
      defer { planning.end(flag) }
      let (opened, review, ledger) = state.withLock { ($0.opened, $0.review, $0.ledger) }
      guard let opened, let review else { return }
      var plan = plan
      for position in positions {
        if flag.isCancelled { return }
        guard let id = opened.index.ids[position] else { continue }
        let standing = ledger.standing(on: id, by: review.annotator)?.decision
        plan.add(position, id, standing: standing) {
          guard case .success(let row) = opened.dataset.row(at: position) else { return nil }
          return row
        }
      }
      report(.bulkPlanned(number: number, plan))
    }
  }

  public func cancelPlan() { planning.cancel() }
}
