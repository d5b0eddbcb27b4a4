/// The first part of a scan: every row is read once, into features without statistics.
struct FeatureReading: Sendable {
  private(set) var reasons: [UnscoredReason?] = []
  /// Run by run; of each, the pairs in file order.
  private(set) var features: [PairFeatures] = []
  /// By row of the file. Apart from the runs, so that each column is given back whole.
  private var facts: [RowFacts?] = []
  private(set) var annotators = NamedRows()
  private(set) var sources = NamedRows()
  /// By pair, in file order.
  private(set) var attributes = PairAttributes()
  /// What annotators say, of the pairs of which they say anything.
  private(set) var ballots: [PairBallots] = []

  private static let rowsInChunk = 128

  var rowsRead: Int { reasons.count }

  /// Reads the next rows with `jobs` threads; whether all are read.
  mutating func advance(_ source: any PairSource, jobs: Int) -> Bool {
    let total = source.rowCount
    let rewardCount = source.rewards.count
    let first = rowsRead
    let waiting = (total - first + Self.rowsInChunk - 1) / Self.rowsInChunk
    let read = parallelMap(
      count: min(waiting, 4 * jobs), jobs: jobs, scratch: { PairReader(rewardCount: rewardCount) }
    ) { index, reader in
      let start = first + index * Self.rowsInChunk
      return reader.chunk(of: start..<min(start + Self.rowsInChunk, total), in: source)
    }
    if first == 0 {
      reasons.reserveCapacity(total)
      facts.reserveCapacity(total)
      annotators.reserve(total)
      sources.reserve(total)
      attributes.reserve(total, rewardCount: rewardCount)
    }
    for chunk in read {
      reasons += chunk.reasons
      facts += chunk.facts
      for name in chunk.annotators { annotators.append(name) }
      for name in chunk.sources { sources.append(name) }
      features.append(chunk.features)
      attributes.append(chunk.attributes)
      ballots += chunk.ballots
    }
    return rowsRead == total
  }

  /// By row of the file, what is found of it; what that was found from is let go.
  mutating func takeFindings() -> [RowFindings] {
    defer { facts = [] }
    return RowFindings.found(in: facts)
  }
}
