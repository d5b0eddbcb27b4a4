import PreferenceScoring

/// The bias table, as far as it is worked out, and where the cursor stands in it.
struct BiasState: Sendable {
  enum Phase: Sendable {
    /// Nobody has asked for it, or it was cancelled.
    case none
    case working(share: Double)
    case ready(BiasTable)
  }

  var phase = Phase.none
  /// The number of the row under the cursor.
  var cursor = 0
  /// The line in the first row of the list.
  var top = 0

  var isRunning: Bool {
    if case .working = phase { true } else { false }
  }

  /// How much of it is worked out; nil while nobody works on it.
  var share: Double? {
    if case .working(let share) = phase { share } else { nil }
  }

  var table: BiasTable? {
    if case .ready(let table) = phase { table } else { nil }
  }

  /// What the label of the pair at `position` goes against, of what is clear; nothing before the table
  /// is there.
  func against(pairAt position: Int) -> [BiasSubject] {
    guard let table else { return [] }
    return table.effectsAgainst(pairAt: position).map { table.rows[$0].subject }
  }

  /// The lines of the list: a heading a section and a line a row.
  var lines: [Line] {
    guard let table else { return [] }
    return BiasSubject.Section.allCases.flatMap { section -> [Line] in
      let rows = table.rows.indices.filter { table.rows[$0].subject.section == section }
      return rows.isEmpty ? [] : [.heading(section)] + rows.map(Line.row)
    }
  }

  enum Line: Hashable, Sendable {
    case heading(BiasSubject.Section)
    case row(Int)
  }

  /// Moves the view as little as brings the cursor, and the heading above the first row, into it.
  mutating func scroll(visibleRows: Int) {
    let lines = lines
    cursor = min(max(0, cursor), max(0, (table?.rows.count ?? 0) - 1))
    let line = lines.firstIndex(of: .row(cursor)) ?? 0
    let rows = max(1, visibleRows)
    top = min(max(top, line - rows + 1), cursor == 0 ? 0 : line)
    top = max(0, min(top, lines.count - rows))
  }
}
