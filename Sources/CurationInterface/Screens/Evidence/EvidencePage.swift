import TerminalSurface

/// Evidence laid out for a width: lines of text, some of which lead to another pair.
struct EvidencePage: Sendable {
  struct Line: Sendable {
    var runs: [StyledRun]
    /// The position of the pair that the line leads to.
    var target: Int?
  }

  private(set) var lines: [Line] = []
  /// Wider than this a table's ends are too far apart to be read as one row.
  private static let tableLimit = 90
  let columns: Int
  let display: DisplayText

  init(columns: Int, display: DisplayText) {
    self.columns = columns
    self.display = display
  }

  /// The width of what stands in columns.
  var tableColumns: Int { min(columns, Self.tableLimit) }

  /// Adds a text that is wrapped, each of its lines `indent` columns from the left.
  mutating func text(_ runs: [StyledRun], indent: Int = 0) {
    let wrapped = WrappedText(runs, columns: columns - indent, display: display)
    for number in wrapped.lines.indices {
      let blanks = StyledRun(String(repeating: " ", count: indent))
      lines.append(Line(runs: (indent > 0 ? [blanks] : []) + wrapped.runs(ofLine: number)))
    }
  }

  mutating func text(_ text: String, _ role: ThemeRole = .text, indent: Int = 0) {
    self.text([StyledRun(text, role)], indent: indent)
  }

  /// Adds an empty line and the title of a section, with a note at the right where there is room.
  mutating func heading(_ title: String, note: [StyledRun] = []) {
    if !lines.isEmpty { lines.append(Line(runs: [])) }
    var runs = [StyledRun(title, .title)]
    let used = display.columns(of: title) + note.reduce(0) { $0 + display.columns(of: $1.text) }
    if !note.isEmpty, used + 2 <= tableColumns {
      runs.append(StyledRun(String(repeating: " ", count: tableColumns - used)))
      runs += note
    }
    lines.append(Line(runs: runs))
  }

  /// Adds an empty line and the title of a section, followed by a text where there is room, else over
  /// it.
  mutating func heading(_ title: String, text: String) {
    let fits = display.columns(of: title) + display.columns(of: text) + 2 <= columns
    heading(title)
    if fits {
      lines[lines.count - 1].runs.append(StyledRun("  \(text)"))
    } else {
      self.text(text)
    }
  }

  /// Adds one line as it is; what does not fit is cut when it is drawn.
  mutating func line(_ runs: [StyledRun], target: Int? = nil) {
    lines.append(Line(runs: runs, target: target))
  }

  /// The numbers of the lines that lead somewhere.
  var linked: [Int] { lines.indices.filter { lines[$0].target != nil } }

  /// The number of the line that leads to the pair at `target`.
  func line(to target: Int?) -> Int? {
    target.flatMap { target in lines.firstIndex { $0.target == target } }
  }

  /// The last line that may stand in the first of `rows` rows.
  func lastTop(rows: Int) -> Int { max(0, lines.count - rows) }

  /// Draws the lines from `top` on, the one that leads to `selected` as under the cursor.
  func draw(from top: Int, in area: Rect, selected: Int? = nil, of frame: inout Frame) {
    for row in 0..<area.rows where lines.indices.contains(top + row) {
      let line = lines[top + row]
      frame.write(line.runs, column: area.column, row: area.row + row, limit: area.columns)
      guard let target = line.target, target == selected else { continue }
      frame.put(Cell(">", role: .cursor), column: area.column, row: area.row + row)
      frame.recolour(
        Rect(column: area.column, row: area.row + row, columns: area.columns, rows: 1)
      ) { _ in .cursor }
    }
  }
}
