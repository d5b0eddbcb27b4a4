import PreferenceData

/// What tells which rows belong together, whatever their labels: hashes of the texts without regard
/// to letter case, spacing and punctuation.
struct PairKeys: Sendable, Equatable {
  var prompt: UInt64
  /// The prompt and the *unordered* sides: equal for copies, near-copies and contradictions.
  var pair: UInt64
  var chosen: UInt64
  var rejected: UInt64
}

extension PairKeys {
  init(prompt: UInt64, chosen: UInt64, rejected: UInt64) {
    let sides = WordHash.pair(min(chosen, rejected), max(chosen, rejected))
    self.init(
      prompt: prompt, pair: WordHash.pair(prompt, sides), chosen: chosen, rejected: rejected)
  }
}

/// The word counts of both sides of some rows, laid end to end: of each side first the buckets that are
/// filled more than once, with their counts, then those filled once, which are most.
struct PairWordCounts: Sendable {
  private(set) var buckets: [UInt16] = []
  private var counts: [UInt8] = []
  /// Of each side, where its buckets and its counts end.
  private var ends: [(buckets: Int32, counts: Int32)] = []

  /// Adds one side; the chosen and the rejected side of a row follow each other.
  mutating func append(_ side: BucketCounts) {
    for bucket in side.buckets where side.count(in: bucket) > 1 {
      buckets.append(bucket)
      counts.append(side.count(in: bucket))
    }
    for bucket in side.buckets where side.count(in: bucket) == 1 { buckets.append(bucket) }
    ends.append((Int32(buckets.count), Int32(counts.count)))
  }

  mutating func removeAll() {
    buckets.removeAll(keepingCapacity: true)
    counts.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }

  /// The same in no more memory than it needs.
  var compact: PairWordCounts {
    var copy = PairWordCounts()
    copy.buckets = buckets.map(\.self)
    copy.counts = counts.map(\.self)
    copy.ends = ends.map(\.self)
    return copy
  }

  /// Calls `body` with each bucket of the chosen (0) or rejected (1) side of row `row`.
  @inline(__always)
  func visit(side: Int, row: Int, _ body: (_ bucket: UInt16, _ count: UInt8) -> Void) {
    let position = 2 * row + side
    let start = position == 0 ? (buckets: 0, counts: 0) : ends[position - 1]
    let end = ends[position]
    var place = Int(start.buckets)
    for count in counts[Int(start.counts)..<Int(end.counts)] {
      body(buckets[place], count)
      place += 1
    }
    while place < Int(end.buckets) {
      body(buckets[place], 1)
      place += 1
    }
  }
}

/// The features of some pairs before any statistics of the whole file are known.
struct PairFeatures: Sendable {
  /// By pair: chosen less rejected, of each style feature.
  fileprivate(set) var style: [Float] = []
  fileprivate(set) var words = PairWordCounts()

  var pairCount: Int { style.count / StyleFeature.count }
}

/// What is read of a run of rows.
struct FeatureChunk: Sendable {
  /// By row of the run: why it is no pair.
  fileprivate(set) var reasons: [UnscoredReason?] = []
  /// By row of the run: what the findings need of it; nil where it is unreadable.
  fileprivate(set) var facts: [RowFacts?] = []
  /// By row of the run: who labelled it and where it is from, of a pair.
  fileprivate(set) var annotators: [String?] = []
  fileprivate(set) var sources: [String?] = []
  /// By pair of the run.
  fileprivate(set) var features = PairFeatures()
  fileprivate(set) var attributes = PairAttributes()
  /// What annotators say of the pairs, of those of which they say anything.
  fileprivate(set) var ballots: [PairBallots] = []
}

/// Turns rows into features; keeps its buffers from row to row.
struct PairReader {
  private var style = StyleFeatures()
  private(set) var chosenWords = BucketCounts()
  private(set) var rejectedWords = BucketCounts()
  private var words = PairWordCounts()
  private let rewardCount: Int

  /// - Parameter rewardCount: How many reward models the rows' sides carry.
  init(rewardCount: Int = 0) { self.rewardCount = rewardCount }

  /// What `rows` of `source` hold.
  mutating func chunk(of rows: Range<Int>, in source: any PairSource) -> FeatureChunk {
    var chunk = FeatureChunk()
    // Memory that grows by doubling is half empty, and the features of all runs are kept.
    chunk.features.style.reserveCapacity(rows.count * StyleFeature.count)
    words.removeAll()
    for index in rows {
      guard case .success(let row) = source.row(at: index) else {
        chunk.reasons.append(.unreadable)
        chunk.facts.append(nil)
        chunk.annotators.append(nil)
        chunk.sources.append(nil)
        continue
      }
      let reason = UnscoredReason(row)
      let isPair = reason == nil
      chunk.reasons.append(reason)
      chunk.annotators.append(isPair ? row.annotator : nil)
      chunk.sources.append(isPair ? row.group : nil)
      if isPair { read(row, into: &chunk) }
      chunk.facts.append(RowFacts(row, keys: isPair ? chunk.attributes.keys.last : nil))
    }
    chunk.features.words = words.compact
    return chunk
  }

  /// The pair `row`, of two sides with a preference, alone.
  mutating func chunk(of row: PreferenceRow) -> FeatureChunk {
    var chunk = FeatureChunk()
    words.removeAll()
    read(row, into: &chunk)
    chunk.features.words = words
    return chunk
  }

  /// Adds the pair `row`, of two sides with a preference, to `chunk`, and its words to `words`.
  private mutating func read(_ row: PreferenceRow, into chunk: inout FeatureChunk) {
    guard let (chosen, rejected) = row.chosenAndRejected else {
      preconditionFailure("a pair has two sides and a preference")
    }
    let values = styleValues(of: row, chosen: chosen, rejected: rejected)
    for (chosen, rejected) in zip(values.chosen, values.rejected) {
      chunk.features.style.append(Float(chosen - rejected))
    }
    let keys = values.keys
    chunk.attributes.append(
      row, chosen: chosen, keys: keys, prompt: style.promptSketch,
      likeness: BucketCounts.likeness(chosenWords, rejectedWords), rewardCount: rewardCount)
    if !row.judgments.isEmpty || row.annotator != nil {
      let sides = chosen == 0 ? [keys.chosen, keys.rejected] : [keys.rejected, keys.chosen]
      if let said = PairBallots(row, prompt: keys.prompt, sides: sides) {
        chunk.ballots.append(said)
      }
    }
    words.append(chosenWords)
    words.append(rejectedWords)
  }

  /// The style features of both sides; the words of each are counted on the way.
  mutating func styleValues(
    of row: PreferenceRow, chosen: Int, rejected: Int
  ) -> (chosen: [Double], rejected: [Double], keys: PairKeys) {
    let prompt = style.setPrompt(row.context, lastRequest: row.lastRequest)
    let chosenValues = style.values(of: row.sides[chosen].text)
    chosenWords.count(style.scan.tokens)
    let chosenKey = style.scan.key
    let rejectedValues = style.values(of: row.sides[rejected].text)
    rejectedWords.count(style.scan.tokens)
    let rejectedKey = style.scan.key
    let keys = PairKeys(prompt: prompt, chosen: chosenKey, rejected: rejectedKey)
    return (chosenValues, rejectedValues, keys)
  }

  /// The keys alone of the pair `row`, of two sides with a preference.
  mutating func keys(of row: PreferenceRow) -> PairKeys? {
    guard let (chosen, rejected) = row.chosenAndRejected else { return nil }
    let keys = sideKeys(of: row)
    return PairKeys(
      prompt: keys.prompt, chosen: keys.sides[chosen], rejected: keys.sides[rejected])
  }

  /// The keys of the prompt and of each side of `row`, whatever its label.
  mutating func sideKeys(of row: PreferenceRow) -> (prompt: UInt64, sides: [UInt64]) {
    let prompt = style.setPrompt(row.context, lastRequest: row.lastRequest)
    var keys: [UInt64] = []
    for side in row.sides {
      style.read(side.text)
      keys.append(style.scan.key)
    }
    return (prompt, keys)
  }
}
