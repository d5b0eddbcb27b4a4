/// Columns and rows of a terminal or a part of it.
public struct Size: Hashable, Sendable {
  public var columns: Int
  public var rows: Int

  public init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A rectangle of cells; `column` and `row` count from 0 at the top left. Never of negative size.
public struct Rect: Hashable, Sendable {
  public var column: Int
  public var row: Int
  public var columns: Int
  public var rows: Int

  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  public init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  public var endColumn: Int { column + columns }
  public var endRow: Int { row + rows }
  public var isEmpty: Bool { columns == 0 || rows == 0 }

  /// The upper `count` rows of this rectangle, and what is left below them.
  public func split(top count: Int) -> (top: Rect, rest: Rect) {
    let height = min(max(0, count), rows)
    return (
      Rect(column: column, row: row, columns: columns, rows: height),
      Rect(column: column, row: row + height, columns: columns, rows: rows - height)
    )
  }

  /// The lower `count` rows of this rectangle, and what is left above them.
  public func split(bottom count: Int) -> (rest: Rect, bottom: Rect) {
    let height = min(max(0, count), rows)
    let parts = split(top: rows - height)
    return (parts.top, parts.rest)
  }

  /// The left `count` columns of this rectangle, and what is left beside them.
  public func split(left count: Int) -> (left: Rect, rest: Rect) {
    let width = min(max(0, count), columns)
    return (
      Rect(column: column, row: row, columns: width, rows: rows),
      Rect(column: column + width, row: row, columns: columns - width, rows: rows)
    )
  }
}
