import PreferenceScoring
import TerminalSurface

/// Which rows the queue lists, where it does not list all.
struct QueueFilter: Hashable, Sendable {
  /// What the rows have in common, as the head of the queue says it.
  let title: String
  /// The positions of the rows, rising.
  let positions: [Int]
  /// Whether being among them tells which side of a row is chosen: then blind mode cannot show them.
  let tellsLabel: Bool
}

extension Session {
  /// Lists the rows of `filter` only, or all; the cursor stays on its row where that is still there.
  mutating func setFilter(_ filter: QueueFilter?) {
    queue.filter = filter
    queue.reorder(
      queueOrder(scores: queue.scores), scores: queue.scores, keepsRow: true,
      visibleRows: queueArea.rows)
  }

  /// Lists all rows again, and says so.
  mutating func clearFilter() {
    guard queue.filter != nil else {
      notice = Notice("the queue lists all rows")
      return
    }
    setFilter(nil)
    notice = Notice("all rows are listed again")
  }

  /// The order of the rows that the queue lists, by `scores` or as in the file; `head` comes first.
  func queueOrder(
    scores: Scores?, keeping head: some Collection<Int> = EmptyCollection<Int>()
  ) -> QueueOrder {
    QueueOrder(
      rowCount: dataset.rowCount, ranks: scores?.result.ranks ?? [], keeping: head,
      only: queue.filter?.positions)
  }
}
