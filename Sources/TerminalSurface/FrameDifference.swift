/// What must be written to turn one frame into the next: as little as the eye would need.
public struct FrameDifference: Hashable, Sendable {
  /// Cells side by side that changed. It never begins or ends in the middle of a wide cell.
  public struct Run: Hashable, Sendable {
    public var column: Int
    public var row: Int
    public var cells: [Cell]
  }

  /// From top to bottom, and in a row from left to right.
  public private(set) var runs: [Run] = []

  /// What changed from `old`; every cell where there is no old frame or it has another size.
  ///
  /// - Complexity: O(number of cells).
  public init(from old: Frame?, to new: Frame) {
    let columns = new.size.columns
    let isComparable = old?.size == new.size
    for row in 0..<new.size.rows {
      var run: Run?
      for column in 0..<columns {
        let place = row * columns + column
        let cell = new.cells[place]
        // The right half goes with its left half.
        let isRightHalf = cell.width == 0
        if isRightHalf ? run != nil : !isComparable || old?.cells[place] != cell {
          if run == nil { run = Run(column: column, row: row, cells: []) }
          run?.cells.append(cell)
        } else if let finished = run {
          runs.append(finished)
          run = nil
        }
      }
      if let run { runs.append(run) }
    }
  }
}
