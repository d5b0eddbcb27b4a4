extension Frame {
  /// A line across with a title near its left end and a note near its right: `-A---- 412 words --`.
  public mutating func rule(
    column: Int = 0, row: Int, columns: Int, title: [StyledRun] = [], note: [StyledRun] = [],
    role: ThemeRole = .border
  ) {
    let columns = min(columns, size.columns - column)
    guard columns > 0 else { return }
    for offset in 0..<columns {
      put(Cell(display.glyphs.horizontal, role: role), column: column + offset, row: row)
    }
    let titled = write(title, column: column + 1, row: row, limit: max(0, columns - 2))
    // The note stands two from the end, and never closer than one mark to the title.
    let room = columns - 2 - (titled + 2)
    let width = note.reduce(0) { $0 + display.columns(of: $1.text) }
    guard width > 0, width <= room else { return }
    write(note, endingAt: column + columns - 2, row: row)
  }

  /// A line down.
  public mutating func divider(column: Int, row: Int, rows: Int, role: ThemeRole = .border) {
    guard rows > 0 else { return }
    for offset in 0..<rows {
      put(Cell(display.glyphs.vertical, role: role), column: column, row: row + offset)
    }
  }

  /// A box around `area` with titles in its upper and lower edge; gives the space inside, which is
  /// emptied. Under 2 x 2 there is no room for a box, and nothing is drawn.
  @discardableResult
  public mutating func box(
    _ area: Rect, title: [StyledRun] = [], footer: [StyledRun] = [], role: ThemeRole = .border
  ) -> Rect {
    guard area.columns >= 2, area.rows >= 2 else {
      return Rect(column: area.column, row: area.row, columns: 0, rows: 0)
    }
    let glyphs = display.glyphs
    let inside = Rect(
      column: area.column + 1, row: area.row + 1, columns: area.columns - 2, rows: area.rows - 2)
    fill(inside, role: .text)
    for (row, left, right, title) in [
      (area.row, glyphs.topLeft, glyphs.topRight, title),
      (area.endRow - 1, glyphs.bottomLeft, glyphs.bottomRight, footer),
    ] {
      rule(column: area.column, row: row, columns: area.columns, role: role)
      put(Cell(left, role: role), column: area.column, row: row)
      put(Cell(right, role: role), column: area.endColumn - 1, row: row)
      write(title, column: area.column + 2, row: row, limit: max(0, area.columns - 4))
    }
    divider(column: area.column, row: inside.row, rows: inside.rows, role: role)
    divider(column: area.endColumn - 1, row: inside.row, rows: inside.rows, role: role)
    return inside
  }

  /// A bar in brackets, filled to `share` of 0...1: `[####------]`. Full only at 1, and empty only
  /// at 0 (or where the share is not a number).
  public mutating func gauge(_ share: Double, column: Int, row: Int, columns: Int) {
    let inside = columns - 2
    guard inside > 0 else { return }
    write("[", column: column, row: row, role: .gaugeRest)
    let filled = Self.filledColumns(share, of: inside)
    for offset in 0..<inside {
      let cell =
        offset < filled
        ? Cell(display.glyphs.filled, role: .gauge) : Cell(display.glyphs.empty, role: .gaugeRest)
      put(cell, column: column + 1 + offset, row: row)
    }
    write("]", column: column + columns - 1, row: row, role: .gaugeRest)
  }

  /// A bar of a histogram, `share` of `columns` long.
  public mutating func bar(
    _ share: Double, column: Int, row: Int, columns: Int, role: ThemeRole = .histogram
  ) {
    for offset in 0..<Self.filledColumns(share, of: max(0, columns)) {
      put(Cell(display.glyphs.filled, role: role), column: column + offset, row: row)
    }
  }

  /// Marks in the right column of `area` that say where there is more: `^` above, `v` below.
  public mutating func scrollMarks(
    in area: Rect, above: Bool, below: Bool, role: ThemeRole = .border
  ) {
    guard !area.isEmpty else { return }
    if above {
      put(Cell(display.glyphs.up, role: role), column: area.endColumn - 1, row: area.row)
    }
    if below {
      put(Cell(display.glyphs.down, role: role), column: area.endColumn - 1, row: area.endRow - 1)
    }
  }

  private static func filledColumns(_ share: Double, of columns: Int) -> Int {
    guard share > 0 else { return 0 }
    guard share < 1 else { return columns }
    return min(columns - 1, max(1, Int((share * Double(columns)).rounded())))
  }
}
