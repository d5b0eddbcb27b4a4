import TerminalSurface

extension Session {
  func drawHelp(_ help: HelpState, in frame: inout Frame) {
    let entries = help.entries(in: keymap, scope: screen.scope)
    let inside = frame.box(
      overlayBox(rows: size.rows),
      title: [StyledRun(" help: \(screen.title) ", .title)],
      footer: [StyledRun(" type to find  Enter runs  Esc closes ", .hintText)], role: .borderFocus)
    guard inside.rows > 3 else { return }
    frame.write("find: ", column: inside.column + 1, row: inside.row)
    help.field.draw(
      in: &frame, column: inside.column + 7, row: inside.row, columns: inside.columns - 8)
    let list = Rect(
      column: inside.column, row: inside.row + 1, columns: inside.columns, rows: inside.rows - 2)
    let top = max(0, min(help.cursor - list.rows / 2, entries.count - list.rows))
    for row in 0..<list.rows where entries.indices.contains(top + row) {
      draw(
        entries[top + row], isSelected: top + row == help.cursor,
        in: Rect(column: list.column, row: list.row + row, columns: list.columns, rows: 1), &frame)
    }
    frame.scrollMarks(in: list, above: top > 0, below: top + list.rows < entries.count)
    drawDetail(entries, help, row: inside.endRow - 1, inside, &frame)
  }

  private func draw(
    _ entry: Keymap.Binding, isSelected: Bool, in area: Rect, _ frame: inout Frame
  ) {
    let keys = entry.sequences.map(\.description).joined(separator: " ")
    frame.write(
      isSelected ? ">" : " ", column: area.column, row: area.row, role: .titleKey)
    let keyColumns = min(16, area.columns / 3)
    frame.write(
      keys, column: area.column + 2, row: area.row, role: .hintKey, limit: keyColumns)
    frame.write(
      display.truncated(entry.summary, to: area.columns - keyColumns - 4),
      column: area.column + keyColumns + 3, row: area.row)
    if isSelected { frame.recolour(area) { _ in .cursor } }
  }

  /// The stable name of the selected action, as key files spell it, and how many there are.
  private func drawDetail(
    _ entries: [Keymap.Binding], _ help: HelpState, row: Int, _ area: Rect, _ frame: inout Frame
  ) {
    let count = entries.isEmpty ? "nothing matches" : "\(help.cursor + 1) of \(entries.count)"
    var detail = [StyledRun(count, .textMuted)]
    if entries.indices.contains(help.cursor) {
      let entry = entries[help.cursor]
      detail.append(StyledRun("  \(entry.group.rawValue): \(entry.action.rawValue)", .textMuted))
    }
    frame.write(detail, column: area.column + 1, row: row, limit: area.columns - 2)
  }

  /// The keys that may follow the prefix just pressed.
  func drawWhichKey(_ prefix: [KeyPress], in frame: inout Frame) {
    let next = keymap.continuations(of: prefix, in: screen.scope)
    let columns = size.columns
    // Every key shows; where there are few rows their sentences are cut instead.
    let room = size.rows - 5
    let perRow = max(columns >= 80 ? 2 : 1, (next.count + room - 1) / room)
    let entryColumns = (columns - 4) / perRow
    let rows = (next.count + perRow - 1) / perRow + 2
    let area = Rect(column: 0, row: size.rows - 2 - rows, columns: columns, rows: rows)
    let title = KeySequence(prefix).description
    let inside = frame.box(
      area, title: [StyledRun(" \(title) ", .title)],
      footer: [StyledRun(" Esc cancel ", .hintText)], role: .borderFocus)
    for (number, entry) in next.enumerated() where number / perRow < inside.rows {
      let column = inside.column + 1 + (number % perRow) * entryColumns
      let row = inside.row + number / perRow
      let used = frame.write(
        entry.rest.description, column: column, row: row, role: .hintKey, limit: entryColumns)
      frame.write(
        display.truncated(entry.binding.summary, to: entryColumns - used - 2),
        column: column + used + 1, row: row, role: .hintText)
    }
  }
}

extension Screen {
  var title: String {
    switch self {
    case .queue: "queue"
    case .pair: "pair"
    case .evidence: "evidence"
    case .bias: "biases"
    case .firstLook: "file"
    case .epochs: "epochs"
    case .batch: "batch"
    case .dashboard: "dashboard"
    }
  }
}
