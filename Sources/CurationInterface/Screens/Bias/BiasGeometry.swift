import TerminalSurface

/// Where the parts of the bias screen stand, and which columns fit.
struct BiasGeometry {
  let list: Rect
  /// Where the row under the cursor is told in a sentence; empty where there is no room for it.
  let detail: Rect
  let nameColumns: Int
  /// 0 where there is no room for a bar that says anything.
  let barColumns: Int
  let showsPairs: Bool
  let showsOdds: Bool
  let showsIntervals: Bool

  /// Under the first row one for the summary, one for the names of the columns.
  static let headRows = 3

  static let winColumns = 5
  static let pairColumns = 10
  static let oddsColumns = 7
  static let winIntervalColumns = 8
  static let oddsIntervalColumns = 13

  init(size: Size) {
    let rows = max(0, size.rows - Self.headRows - 2)
    let detailRows = rows >= 10 ? 4 : rows >= 5 ? 1 : 0
    list = Rect(
      column: 0, row: Self.headRows, columns: size.columns, rows: rows - detailRows)
    detail = Rect(
      column: 1, row: list.row + list.rows, columns: size.columns - 2, rows: detailRows)
    showsPairs = size.columns >= 56
    showsOdds = size.columns >= 70
    showsIntervals = size.columns >= 100
    var rest = size.columns - 4 - Self.winColumns
    if showsPairs { rest -= Self.pairColumns }
    if showsOdds { rest -= Self.oddsColumns }
    if showsIntervals { rest -= Self.winIntervalColumns + Self.oddsIntervalColumns }
    nameColumns = min(30, max(10, rest - 14))
    // The middle of the bar is one half: its width is odd.
    let room = min(41, rest - nameColumns - 2)
    barColumns = room < 7 ? 0 : room.isMultiple(of: 2) ? room - 1 : room
  }
}
