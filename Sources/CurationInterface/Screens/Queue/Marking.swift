import PreferenceData
import TerminalSurface

/// What can be decided of many rows at once: what is right whatever a row says.
enum BulkChoice: Hashable, Sendable {
  case drop, skip

  fileprivate var verdict: Verdict {
    switch self {
    case .drop: .drop
    case .skip: .skip
    }
  }

  fileprivate var word: String {
    switch self {
    case .drop: "Drop"
    case .skip: "Skip"
    }
  }
}

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
      notice = Notice("m marks where the range begins, v its end")
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

  /// Asks whether to decide the marked rows, or where none is marked those of the filter.
  mutating func proposeBulk(_ choice: BulkChoice) {
    guard mayRecord() else { return }
    let rows = bulkRows
    guard !rows.isEmpty else {
      notice = Notice("mark rows (m, v, V) or filter the queue (f) first")
      return
    }
    let decided = rows.count { review.ledger.standing(on: $0, by: annotator) != nil }
    let before = decided == 0 ? "" : " (\(Numbers.grouped(decided)) decided before)"
    overlay = .question(
      .bulk(choice, "\(choice.word) \(Numbers.counted(rows.count, "pair"))\(before)? y/n"))
  }

  /// Decides them: one step, which `u` takes back.
  mutating func decideBulk(_ choice: BulkChoice) {
    guard mayRecord() else { return }
    let decisions = bulkRows.map { id in
      let position = dataset.index?.position(of: id) ?? 0
      let standing = review.ledger.standing(on: id, by: annotator)
      var decision = Decision(choice.verdict)
      decision.note = standing?.decision.note ?? review.drafts[id]?.note ?? ""
      decision.tags = standing?.decision.tags ?? review.drafts[id]?.tags ?? []
      return RowDecision(
        row: id, decision: decision,
        serving: Serving(
          route: .bulk, scan: queue.scores?.id, rank: queue.scores?.result.rank(at: position),
          suspicion: queue.scores?.result.suspicion(at: position),
          labelSeen: review.labelsSeen.contains(id),
          evidenceSeen: review.evidenceSeen.contains(id)))
    }
    guard !decisions.isEmpty else { return }
    queries.marked = []
    queries.lastMark = nil
    record(.decided(decisions))
  }

  /// The marked rows in file order, or where none is marked those of the filter; rows that cannot be
  /// read are never decided.
  private var bulkRows: [RowID] {
    let positions = queries.marked.isEmpty ? queue.filter?.positions ?? [] : Array(queries.marked)
    return positions.sorted().compactMap { rowID(at: $0) }
  }
}
