extension Frame {
  /// Writes `text` on one line as far as `limit` columns and the frame's edge allow, and gives the
  /// columns it took. A wide cluster that would be cut is left out.
  @discardableResult
  public mutating func write(
    _ text: some StringProtocol, column: Int, row: Int, role: ThemeRole = .text,
    limit: Int = .max
  ) -> Int {
    let room = min(max(0, limit), size.columns - column)
    guard room > 0, (0..<size.rows).contains(row) else { return 0 }
    var used = 0
    for cluster in display.clusters(of: text, columns: room) {
      // A mark or a tab is several cells of ASCII.
      if cluster.columns > 1, cluster.text.utf8.count == cluster.columns {
        for character in cluster.text where used < room {
          put(Cell(String(character), role: role), column: column + used, row: row)
          used += 1
        }
      } else {
        guard used + cluster.columns <= room else { break }
        put(
          Cell(cluster.text, width: cluster.columns, role: role), column: column + used, row: row)
        used += cluster.columns
      }
    }
    return used
  }

  /// Writes `runs` one behind the other, and gives the columns they took.
  @discardableResult
  public mutating func write(
    _ runs: [StyledRun], column: Int, row: Int, limit: Int = .max
  ) -> Int {
    var used = 0
    for run in runs {
      guard used < limit else { break }
      used += write(
        run.text, column: column + used, row: row, role: run.role, limit: limit - used)
    }
    return used
  }

  /// Writes `runs` so that they end before the column `end`; what does not fit is cut at the right.
  @discardableResult
  public mutating func write(
    _ runs: [StyledRun], endingAt end: Int, row: Int, limit: Int = .max
  ) -> Int {
    let columns = min(runs.reduce(0) { $0 + display.columns(of: $1.text) }, max(0, limit))
    return write(runs, column: end - columns, row: row, limit: columns)
  }

  /// Writes the lines of `text` from `first` on into `area`, one a row, and gives their number. Only
  /// lines that are laid out already are written.
  @discardableResult
  public mutating func write(_ text: WrappedText, from first: Int = 0, in area: Rect) -> Int {
    let end = min(text.lines.count, max(0, first) + area.rows)
    guard max(0, first) < end else { return 0 }
    for number in max(0, first)..<end {
      write(
        text.runs(ofLine: number), column: area.column, row: area.row + number - max(0, first),
        limit: area.columns)
    }
    return end - max(0, first)
  }
}
