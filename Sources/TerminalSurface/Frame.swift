/// One cell of a frame: what it shows, how wide that is, and what it means.
public struct Cell: Hashable, Sendable {
  /// What is written here: one cluster of known width, or "" in the right half of a wide one.
  public var text: String
  /// The columns that `text` takes: 1 or 2; 0 in the right half of a wide cell.
  public var width: Int
  public var role: ThemeRole

  public init(_ text: String, width: Int = 1, role: ThemeRole = .text) {
    self.text = text
    self.width = width
    self.role = role
  }

  public static let blank = Cell(" ")
}

/// A screen as a value: a grid of cells, and where the terminal's cursor stands, if it shows.
///
/// Screens draw into frames and never into a terminal; a test compares frames. What is put outside
/// the grid is cut, and a wide cluster that would be cut in half is left out, so every row always
/// fills exactly `size.columns` columns.
public struct Frame: Hashable, Sendable {
  public let size: Size
  /// How text that is written here becomes cells.
  public let display: DisplayText
  public private(set) var cells: [Cell]
  /// Where the terminal's cursor shows; nil while it is hidden. A place outside the frame hides it.
  public var cursor: (column: Int, row: Int)? {
    get { cursorPlace.map { ($0 % size.columns, $0 / size.columns) } }
    set {
      cursorPlace = newValue.flatMap { column, row in
        guard (0..<size.columns).contains(column), (0..<size.rows).contains(row) else { return nil }
        return row * size.columns + column
      }
    }
  }
  private var cursorPlace: Int?

  public init(size: Size, display: DisplayText = DisplayText()) {
    self.size = Size(columns: max(0, size.columns), rows: max(0, size.rows))
    self.display = display
    cells = Array(repeating: .blank, count: self.size.columns * self.size.rows)
  }

  /// - Precondition: the place is inside the frame.
  public subscript(column: Int, row: Int) -> Cell {
    precondition(
      (0..<size.columns).contains(column) && (0..<size.rows).contains(row),
      "cell \(column), \(row) of a frame of \(size.columns) x \(size.rows)")
    return cells[row * size.columns + column]
  }

  /// Fills `area` with blanks of `role`.
  public mutating func fill(_ area: Rect, role: ThemeRole) {
    for row in max(0, area.row)..<max(max(0, area.row), min(area.endRow, size.rows)) {
      for column in max(
        0, area.column)..<max(max(0, area.column), min(area.endColumn, size.columns))
      {
        put(Cell(" ", role: role), column: column, row: row)
      }
    }
  }

  /// Gives every cell in `area` the role that `change` makes of its own, text unchanged.
  public mutating func recolour(_ area: Rect, _ change: (ThemeRole) -> ThemeRole) {
    for row in max(0, area.row)..<max(max(0, area.row), min(area.endRow, size.rows)) {
      for column in max(
        0, area.column)..<max(max(0, area.column), min(area.endColumn, size.columns))
      {
        let index = row * size.columns + column
        cells[index].role = change(cells[index].role)
      }
    }
  }

  /// Puts one cell. The half of a wide cell that it covers in part becomes blank.
  public mutating func put(_ cell: Cell, column: Int, row: Int) {
    guard (0..<size.rows).contains(row), column >= 0, cell.width > 0,
      column + cell.width <= size.columns
    else { return }
    for covered in column..<(column + cell.width) { splitWideCell(column: covered, row: row) }
    let index = row * size.columns + column
    cells[index] = cell
    if cell.width == 2 { cells[index + 1] = Cell("", width: 0, role: cell.role) }
  }

  /// The rows as text, for tests and for `:dump-screen`; wide clusters take their two columns.
  public var lines: [String] {
    (0..<size.rows).map { row in
      cells[(row * size.columns)..<((row + 1) * size.columns)].map(\.text).joined()
    }
  }

  private mutating func splitWideCell(column: Int, row: Int) {
    let index = row * size.columns + column
    switch cells[index].width {
    case 0:
      cells[index] = Cell(" ", role: cells[index].role)
      if column > 0, cells[index - 1].width == 2 {
        cells[index - 1] = Cell(" ", role: cells[index - 1].role)
      }
    case 2:
      cells[index] = Cell(" ", role: cells[index].role)
      if column + 1 < size.columns { cells[index + 1] = Cell(" ", role: cells[index + 1].role) }
    default: break
    }
  }
}
