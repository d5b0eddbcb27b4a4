import PreferenceData

/// The second part of a scan: the statistics of the whole file, and with them the design.
struct DesignBuilding: Sendable {
  private(set) var space: FeatureSpace
  private(set) var design: DesignMatrix
  let groups: PairGroups
  /// The row of the file of each design row.
  let fileRows: [Int]
  /// By row of the file, who labelled it and where it is from, as far as that is known.
  let annotators: NamedRows
  let sources: NamedRows
  /// By design row, what the signals are told of it besides its features.
  let keys: [PairKeys]
  /// By design row, the place in its row of the side that the label prefers.
  let chosenPlaces: [UInt8]
  let prompts: PromptSketches
  let promptQualities: SignalValues
  /// By design row, one place a reward model (`FeatureChunk.rewards`).
  let rewardDifferences: [Double?]
  let chosenRewards: [Double?]
  let ratings: [Double?]
  let likeness: [Float]
  let votes: VoteTable
  private let chunks: [FeatureChunk]
  /// Of each design row, its chunk and its number there.
  private let places: [(chunk: Int32, pair: Int32)]

  private static let rowsInPart = 256

  init(
    _ reading: FeatureReading, settings: ScanSettings, rewards: [ExternalReward],
    pairList: PairList = PairList()
  ) {
    let rewardCount = rewards.count
    chunks = reading.chunks
    let rows = reading.reasons.indices.filter { reading.reasons[$0] == nil }
    let keys = chunks.flatMap(\.keys)
    let rankings = pairList.isPlain ? nil : rows.map { pairList.row(of: $0) }
    groups = PairGroups(keys, rows: rankings, foldCount: settings.foldCount, seed: settings.seed)
    fileRows = groups.order.map { rows[$0] }
    self.keys = groups.order.map { keys[$0] }
    let chosenPlaces = chunks.flatMap(\.chosenPlaces)
    self.chosenPlaces = groups.order.map { chosenPlaces[$0] }
    places = Self.places(groups.order, in: chunks)
    var prompts = PromptSketches()
    prompts.reserve(rows.count)
    for pair in groups.order { prompts.append(pair, of: reading.prompts) }
    self.prompts = prompts
    promptQualities = SignalValues(
      places.lazy.map { [chunks] place in
        chunks[Int(place.chunk)].promptQualities[Int(place.pair)]
      })
    rewardDifferences = places.flatMap { [chunks] place in
      let start = Int(place.pair) * rewardCount
      return chunks[Int(place.chunk)].rewards[start..<start + rewardCount]
    }
    space = FeatureSpace(
      styleScales: Self.styleScales(chunks),
      words: WordSketch(
        width: settings.sketchWidth, responseCount: 2 * rows.count,
        documentCounts: Self.documentCounts(chunks), seed: settings.seed),
      items: RecurringTexts(in: keys, seed: settings.seed),
      groups: GroupStyle(of: chunks.flatMap(\.groups)),
      rewards: RewardScales(
        of: rewardDifferences, count: rewardCount, isMeasure: rewards.map(\.kind.isMeasure)))
    chosenRewards = places.flatMap { [chunks] place in
      let start = Int(place.pair) * rewardCount
      return chunks[Int(place.chunk)].chosenRewards[start..<start + rewardCount]
    }
    ratings = places.map { [chunks] in chunks[Int($0.chunk)].ratings[Int($0.pair)] }
    likeness = places.map { [chunks] in chunks[Int($0.chunk)].likeness[Int($0.pair)] }
    func placed(_ names: [String?]) -> NamedRows {
      var byRow = [String?](repeating: nil, count: reading.reasons.count)
      for (row, name) in zip(rows, names) { byRow[row] = name }
      return NamedRows(byRow)
    }
    annotators = placed(chunks.flatMap(\.annotators))
    sources = placed(chunks.flatMap(\.groups))
    votes = VoteTable(chunks.flatMap(\.ballots))
    design = DesignMatrix(columnCount: space.columnCount, reserving: rows.count)
  }

  /// Of each pair of `order`, its chunk and its number there.
  private static func places(
    _ order: [Int], in chunks: [FeatureChunk]
  ) -> [(chunk: Int32, pair: Int32)] {
    var pairs: [(chunk: Int32, pair: Int32)] = []
    for (number, chunk) in chunks.enumerated() {
      for pair in chunk.keys.indices { pairs.append((Int32(number), Int32(pair))) }
    }
    return order.map { pairs[$0] }
  }

  /// How much of the design is built, in [0, 1].
  var share: Double { Double(design.rowCount) / Double(max(places.count, 1)) }

  /// Builds the next rows with `jobs` threads; whether the design is complete.
  mutating func advance(jobs: Int) -> Bool {
    let first = design.rowCount
    let waiting = (places.count - first + Self.rowsInPart - 1) / Self.rowsInPart
    let built = parallelMap(
      count: min(waiting, 4 * jobs), jobs: jobs, scratch: { () }
    ) { [space, places, chunks] index, _ in
      let start = first + index * Self.rowsInPart
      var rows: [Float] = []
      rows.reserveCapacity(Self.rowsInPart * space.columnCount)
      for place in places[start..<min(start + Self.rowsInPart, places.count)] {
        space.append(Int(place.pair), of: chunks[Int(place.chunk)], to: &rows)
      }
      return DesignMatrix.inUnits(rows)
    }
    for rows in built { design.append(inUnits: rows) }
    guard design.rowCount == places.count else { return false }
    for block in space.blocks.indices {
      space.blocks[block].meanSquaredNorm = design.meanSquaredNorm(
        of: space.blocks[block].columns)
    }
    return true
  }

  private static func styleScales(_ chunks: [FeatureChunk]) -> [Double] {
    var squares = [Double](repeating: 0, count: StyleFeature.count)
    var pairCount = 0
    for chunk in chunks {
      pairCount += chunk.keys.count
      for index in chunk.style.indices {
        let value = Double(chunk.style[index])
        squares[index % StyleFeature.count] += value * value
      }
    }
    return squares.map { ($0 / Double(max(pairCount, 1))).squareRoot() }
  }

  private static func documentCounts(_ chunks: [FeatureChunk]) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: BucketCounts.bucketCount)
    for chunk in chunks {
      for bucket in chunk.words.buckets { counts[Int(bucket)] += 1 }
    }
    return counts
  }
}
