import Foundation
public import PreferenceData

/// The bias table of a data set, worked out step by step: each `advance` does a small piece and returns,
/// so that whoever drives it can show how far it is and stop. The table depends on the rows alone, never
/// on `jobs`.
public struct BiasSurvey: Sendable {
  private let source: any PairSource
  private let jobs: Int
  /// Of which rows the pairs of the source are; nil where each is a row.
  private let pairs: PairList?
  private var rowsRead = 0
  private var chunks: [BiasChunk] = []
  private var columns: BiasColumns?
  private var found: [(row: BiasRow, sides: [Int8])?] = []
  /// The table, once it is finished.
  public private(set) var table: BiasTable?

  private static let rowsInChunk = 128

  /// - Parameters:
  ///   - source: The rows, or their pairs (`PairsOfRankings`).
  ///   - pairs: Of which rows the pairs are; nil where each is a row.
  ///   - jobs: How many threads work at a step, at least one.
  public init(source: any PairSource, pairs: PairList? = nil, jobs: Int) {
    precondition(
      pairs == nil || pairs?.placeCount == source.rowCount, "every pair of the source is listed")
    self.pairs = pairs.flatMap { $0.isPlain ? nil : $0 }
    precondition(jobs > 0, "a survey needs a thread, got \(jobs)")
    self.source = source
    self.jobs = jobs
  }

  /// How much is done, in [0, 1]; it never falls.
  public var share: Double {
    if table != nil { return 1 }
    guard let columns else {
      return 0.8 * Double(rowsRead) / Double(max(source.rowCount, 1))
    }
    return 0.8 + 0.2 * Double(found.count) / Double(max(columns.subjects.count, 1))
  }

  /// Does the next piece of work; of a finished survey, nothing. Whether it is finished.
  @discardableResult
  public mutating func advance() -> Bool {
    guard table == nil else { return true }
    if let columns {
      let first = found.count
      found += parallelMap(
        count: min(jobs, columns.subjects.count - first), jobs: jobs, scratch: { () }
      ) { index, _ in columns.measured(columns.subjects[first + index]) }
      if found.count == columns.subjects.count {
        table = BiasTable(
          rows: found.compactMap(\.self), pairCount: columns.pairs.count, pairs: pairs)
        self.columns = nil
      }
    } else {
      read()
      if rowsRead == source.rowCount {
        columns = BiasColumns(chunks, rowCount: rowsRead)
        chunks = []
      }
    }
    return table != nil
  }

  private mutating func read() {
    let total = source.rowCount
    let first = rowsRead
    let waiting = (total - first + Self.rowsInChunk - 1) / Self.rowsInChunk
    let read = parallelMap(
      count: min(waiting, 4 * jobs), jobs: jobs, scratch: { BiasReader() }
    ) { [source] index, reader in
      let start = first + index * Self.rowsInChunk
      return reader.chunk(of: start..<min(start + Self.rowsInChunk, total), in: source)
    }
    for chunk in read { rowsRead += chunk.rowCount }
    chunks += read
  }
}
