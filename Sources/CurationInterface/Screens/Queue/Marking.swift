import PreferenceData
import TerminalSurface

extension Session {
  /// Marks the row under the cursor, or takes its mark away, and goes on.
  mutating func toggleMark() {
    guard let position = queue.position else { return }
    if queries.marked.remove(position) == nil { queries.marked.insert(position) }
    queries.lastMark = position
    queue.cursor = min(queue.cursor + 1, max(0, queue.order.count - 1))
  }

  /// Marks all rows from the one marked last to the one under the cursor.
  mutating func markRange() {
    guard let last = queries.lastMark, let start = queue.order.place(of: last),
      let position = queue.position
    else {
      notice = Notice(
        "\(keyName(.mark)) marks where the range begins, \(keyName(.markRange)) its end")
      return
    }
    let range = min(start, queue.cursor)...max(start, queue.cursor)
    queries.marked.formUnion(queue.order.positions[range])
    queries.lastMark = position
    notice = Notice("\(Numbers.counted(range.count, "row")) marked")
  }

  /// Marks every row that the queue lists; where all are marked, none.
  mutating func markAll() {
    let listed = Set(queue.order.positions)
    if listed.isSubset(of: queries.marked) {
      queries.marked.subtract(listed)
    } else {
      queries.marked.formUnion(listed)
    }
    notice = Notice("\(Numbers.counted(queries.marked.count, "row")) marked")
  }

  mutating func clearMarks() {
    queries.marked = []
    queries.lastMark = nil
    notice = Notice("no row is marked")
  }
}
