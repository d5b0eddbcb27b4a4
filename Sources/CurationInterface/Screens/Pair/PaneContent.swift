import TerminalSurface

/// A wrapped text in its place on screen.
struct PaneContent: Sendable {
  var text: WrappedText
  var area: Rect
  /// The row of the pane that stands in the first row of `area`.
  private(set) var top = 0
  private let rows: PaneRows
  private let folds: OffsetMap
  private let insertions: OffsetMap

  /// Puts the line that holds the byte `anchor` of the file's text into the first row.
  init(
    text: WrappedText, of rendered: RenderedText, rows: PaneRows = PaneRows(), area: Rect,
    anchor: Int
  ) {
    self.text = text
    self.area = area
    self.rows = rows
    folds = rendered.folds
    insertions = rendered.insertions
    let line = self.text.line(containing: rendered.drawn(fromSource: anchor))
    scroll(to: rows.row(ofLine: line))
  }

  /// The lines in view: none where only rows that were put in are.
  var lines: Range<Int> {
    let count = text.lines.count
    let first = rows.line(from: top, of: count)
    return first..<max(first, rows.line(from: top + area.rows, of: count))
  }

  /// The row inside `area` in which `line` stands.
  func row(ofLine line: Int) -> Int { rows.row(ofLine: line) - top }

  /// How many rows there are from the first in view on, lines that are not laid out left aside.
  var rowsBelowTop: Int { text.lines.count + rows.gapCount - top }

  /// The first byte in view, as the file's text has it.
  var anchor: Int {
    guard text.lines.indices.contains(lines.lowerBound) else { return 0 }
    return folds.source(insertions.source(text.lines[lines.lowerBound].drawn.lowerBound))
  }

  var hasMoreBelow: Bool { !text.isComplete || lines.upperBound < text.lines.count }

  mutating func scroll(to row: Int) {
    let wanted = max(0, row)
    text.layOut(lines: wanted > Int.max / 4 ? .max : wanted + area.rows + 1)
    let count = text.lines.count + rows.gapCount
    top = min(wanted, max(0, count - max(1, area.rows)))
  }

  /// Scrolls down to the line that holds the byte `offset` of the text without insertions, unless it
  /// is in view.
  mutating func show(_ offset: Int) {
    let row = rows.row(ofLine: text.line(containing: insertions.changed(offset)))
    if row >= top + area.rows { scroll(to: row - area.rows / 2) }
  }

  /// Which lines are in view of how many: `1-8 of 31`; a `+` where the rest is not laid out.
  var position: String {
    let count = text.lines.count
    let first = min(lines.lowerBound + 1, count)
    return "\(first)-\(max(first, lines.upperBound)) of \(count)\(text.isComplete ? "" : "+")"
  }
}
