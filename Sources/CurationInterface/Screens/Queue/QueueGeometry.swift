import TerminalSurface

/// Where the parts of the queue stand while it fills the screen.
struct QueueGeometry {
  let list: Rect

  /// Under the first row one for order and progress, one for the names of the columns.
  static let headRows = 3

  init(size: Size) {
    list = Rect(
      column: 0, row: Self.headRows, columns: size.columns,
      rows: max(0, size.rows - Self.headRows - 2))
  }
}
