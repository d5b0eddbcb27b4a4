import PreferenceScoring
import TerminalSurface

/// Which rows the queue lists, where it does not list all.
struct QueueFilter: Hashable, Sendable {
  /// What the rows have in common, as the head of the queue says it.
  let title: String
  /// The positions of the rows, rising or, where `isOrdered`, as they are to be listed.
  let positions: [Int]
  /// Whether being among them tells which side of a row is chosen: then blind mode cannot show them.
  let tellsLabel: Bool
  /// The query that found them, where one did.
  var query: Asked?
  var isOrdered = false

  /// A query as it was typed.
  struct Asked: Hashable, Sendable {
    let text: String
    let query: Query
  }
}

/// An order that a person asked for, of all rows.
struct QueueOrdering: Hashable, Sendable {
  let keys: [Query.SortKey]
  let positions: [Int]
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

  /// The order of the rows that the queue lists: as a person asked for it, else by `scores` or as in the
  /// file; then `head` comes first.
  func queueOrder(
    scores: Scores?, keeping head: some Collection<Int> = EmptyCollection<Int>()
  ) -> QueueOrder {
    if let filter = queue.filter, filter.isOrdered {
      return QueueOrder(rowCount: dataset.rowCount, positions: filter.positions)
    }
    if let ordering = queue.ordering {
      return QueueOrder(
        rowCount: dataset.rowCount, positions: ordering.positions, only: queue.filter?.positions)
    }
    return QueueOrder(
      rowCount: dataset.rowCount, ranks: scores?.result.ranks ?? [], keeping: head,
      only: queue.filter?.positions)
  }

  /// Whether the queue stands in an order of its own, which new scores do not change by themselves.
  var hasOwnOrder: Bool { queue.ordering != nil || queue.filter?.isOrdered == true }
}
