import TerminalSurface

/// The rows of a pane: the lines of its text, and blank rows put between them so that lines which
/// belong together stand beside each other in two panes.
struct PaneRows: Hashable, Sendable {
  /// Before which lines rows are put in, in order, and how many there are up to each.
  private var gapLines: [Int] = []
  private var gapTotals: [Int] = []

  /// The rows of two texts of `first` and `second` lines in which the lines of each of `pairs`, which
  /// rise in both, share a row. Both come out equally long.
  static func aligned(
    _ pairs: [(first: Int, second: Int)], first: Int, second: Int
  ) -> (first: PaneRows, second: PaneRows) {
    var rows = (first: PaneRows(), second: PaneRows())
    for pair in pairs + [(first, second)] {
      let missing = rows.first.row(ofLine: pair.first) - rows.second.row(ofLine: pair.second)
      if missing < 0 { rows.first.put(-missing, before: pair.first) }
      if missing > 0 { rows.second.put(missing, before: pair.second) }
    }
    return rows
  }

  private mutating func put(_ count: Int, before line: Int) {
    gapLines.append(line)
    gapTotals.append((gapTotals.last ?? 0) + count)
  }

  /// How many rows are put in, all in all.
  var gapCount: Int { gapTotals.last ?? 0 }

  func row(ofLine line: Int) -> Int {
    let place = gapLines.partitionPoint { $0 <= line }
    return line + (place > 0 ? gapTotals[place - 1] : 0)
  }

  /// The first line at `row` or below it; the number of lines where there is none.
  func line(from row: Int, of lineCount: Int) -> Int {
    var low = 0
    var high = lineCount
    while low < high {
      let middle = (low + high) / 2
      if self.row(ofLine: middle) < row { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
