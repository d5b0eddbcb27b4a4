/// The first part of a scan: every row is read once, into features without statistics.
struct FeatureReading: Sendable {
  private(set) var reasons: [UnscoredReason?] = []
  private(set) var chunks: [FeatureChunk] = []
  /// By row of the file, and by pair: apart from the chunks, so that each is given back whole.
  private var facts: [RowFacts?] = []
  private(set) var prompts = PromptSketches()

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
      facts.reserveCapacity(total)
      prompts.reserve(total)
    }
    for var chunk in read {
      reasons += chunk.reasons
      facts += chunk.facts
      prompts.append(chunk.prompts)
      chunk.facts = []
      chunk.prompts = PromptSketches()
      chunks.append(chunk)
    }
    return rowsRead == total
  }

  /// By row of the file, what is found of it; what that was found from is let go.
  mutating func takeFindings() -> [RowFindings] {
    defer { facts = [] }
    return RowFindings.found(in: facts)
  }
}
