/// Which rows the queue lists, where its cursor stands and what of it is in view.
struct QueueState: Sendable {
  var order = QueueOrder(rowCount: 0)
  /// The scores that this order and its columns show; nil for the order of the file.
  var scores: Scores?
  /// Which rows are listed; nil for all.
  var filter: QueueFilter?
  /// The order that was asked for; nil for the most suspicious first, or as in the file.
  var ordering: QueueOrdering?
  /// The place of the cursor in the order, from 0.
  var cursor = 0
  /// The place in the first row of the list.
  var top = 0

  /// The row under the cursor, or nil in an empty queue.
  var position: Int? {
    order.positions.indices.contains(cursor) ? order.positions[cursor] : nil
  }

  /// Takes another order. The cursor stays on its row, at the same height of the screen where it
  /// can; else it goes to the beginning.
  mutating func reorder(_ new: QueueOrder, scores: Scores?, keepsRow: Bool, visibleRows: Int) {
    let row = keepsRow ? position : nil
    let offset = cursor - top
    order = new
    self.scores = scores
    cursor = row.flatMap { new.place(of: $0) } ?? 0
    top = max(0, cursor - offset)
    scroll(visibleRows: visibleRows)
  }

  /// Moves the view as little as brings the cursor into it.
  mutating func scroll(visibleRows: Int) {
    cursor = min(max(0, cursor), max(0, order.count - 1))
    let rows = max(1, visibleRows)
    top = min(max(top, cursor - rows + 1), cursor)
    top = max(0, min(top, order.count - rows))
  }
}
