public import PreferenceData

extension RowIndex {
  /// The index of all rows of `source`; nil where the work was ended.
  ///
  /// - Parameters:
  ///   - source: The rows.
  ///   - jobs: How many threads read them, at least one. The index depends on the rows alone.
  ///   - observe: Told the share that is done, about every thousand rows a thread; false ends the
  ///     work.
  /// - Complexity: Reads and hashes every row once.
  public init?(
    of source: some PairSource, jobs: Int, observe: (Double) -> Bool = { _ in true }
  ) {
    precondition(jobs > 0, "an index needs a thread, got \(jobs)")
    self.init()
    let total = source.rowCount
    while rowCount < total {
      guard observe(Double(rowCount) / Double(total)) else { return nil }
      let first = rowCount
      let waiting = (total - first + Self.rowsInChunk - 1) / Self.rowsInChunk
      let read = parallelMap(
        count: min(waiting, Self.chunksInStep * jobs), jobs: jobs, scratch: { () }
      ) { chunk, _ in
        let start = first + chunk * Self.rowsInChunk
        return (start..<min(start + Self.rowsInChunk, total)).map { row in
          source.row(at: row).map(RowIndexEntry.init)
        }
      }
      for entry in read.joined() { append(entry: entry) }
    }
  }

  /// Small enough that threads end a step together, large enough that each reads on in the file.
  private static let rowsInChunk = 128
  private static let chunksInStep = 8
}
