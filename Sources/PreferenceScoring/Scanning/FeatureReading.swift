/// The first part of a scan: every row is read once, into features without statistics.
struct FeatureReading: Sendable {
  private(set) var reasons: [UnscoredReason?] = []
  private(set) var chunks: [FeatureChunk] = []
  /// By row of the file.
  var facts: [RowFacts?] { chunks.flatMap(\.facts) }

  private static let rowsInChunk = 128

  var rowsRead: Int { reasons.count }

  /// Reads the next rows with `jobs` threads; whether all are read.
  mutating func advance(_ source: any PairSource, jobs: Int) -> Bool {
    let total = source.rowCount
    let first = rowsRead
    let waiting = (total - first + Self.rowsInChunk - 1) / Self.rowsInChunk
    let read = parallelMap(
      count: min(waiting, 4 * jobs), jobs: jobs, scratch: { PairReader() }
    ) { index, reader in
      let start = first + index * Self.rowsInChunk
      return reader.chunk(of: start..<min(start + Self.rowsInChunk, total), in: source)
    }
    for chunk in read { reasons += chunk.reasons }
    chunks += read
    return rowsRead == total
  }
}
