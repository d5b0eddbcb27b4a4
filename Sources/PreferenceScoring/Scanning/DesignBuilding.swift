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
  /// By design row.
  let attributes: PairAttributes
  let votes: VoteTable
  /// Run by run.
  private let features: [PairFeatures]
  /// Of each design row, its run and its number there.
  private let places: [(run: Int32, pair: Int32)]

  private static let rowsInPart = 256

  init(
    _ reading: consuming FeatureReading, settings: ScanSettings, rewards: [ExternalReward],
    pairList: PairList = PairList()
  ) {
    features = reading.features
    annotators = reading.annotators
    sources = reading.sources
    votes = VoteTable(reading.ballots)
    var attributes = reading.attributes
    let rows = reading.reasons.indices.filter { reading.reasons[$0] == nil }
    let items = RecurringTexts(in: attributes.keys, seed: settings.seed)
    let rankings = pairList.isPlain ? nil : rows.map { pairList.row(of: $0) }
    groups = PairGroups(
      attributes.keys, rows: rankings, foldCount: settings.foldCount, seed: settings.seed)
    fileRows = groups.order.map { rows[$0] }
    places = Self.places(groups.order, in: features)
    attributes.reorder(groups.order, rewardCount: rewards.count)
    self.attributes = attributes
    space = FeatureSpace(
      styleScales: Self.styleScales(features),
      words: WordSketch(
        width: settings.sketchWidth, responseCount: 2 * rows.count,
        documentCounts: Self.documentCounts(features), seed: settings.seed),
      items: items, groups: GroupStyle(of: rows.lazy.map { [sources] in sources.name(at: $0) }),
      rewards: RewardScales(
        of: attributes.rewardDifferences, count: rewards.count,
        isMeasure: rewards.map(\.kind.isMeasure)))
    design = DesignMatrix(columnCount: space.columnCount, reserving: rows.count)
  }

  /// Of each pair of `order`, its run and its number there.
  private static func places(
    _ order: [Int], in features: [PairFeatures]
  ) -> [(run: Int32, pair: Int32)] {
    var pairs: [(run: Int32, pair: Int32)] = []
    pairs.reserveCapacity(order.count)
    for (number, run) in features.enumerated() {
      for pair in 0..<run.pairCount { pairs.append((Int32(number), Int32(pair))) }
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
    ) { [space, places, features, attributes, fileRows, sources] index, _ in
      let start = first + index * Self.rowsInPart
      var rows: [Float] = []
      rows.reserveCapacity(Self.rowsInPart * space.columnCount)
      for row in start..<min(start + Self.rowsInPart, places.count) {
        let place = places[row]
        space.append(
          Int(place.pair), of: features[Int(place.run)], row, of: attributes,
          source: sources.name(at: fileRows[row]), to: &rows)
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

  private static func styleScales(_ features: [PairFeatures]) -> [Double] {
    var squares = [Double](repeating: 0, count: StyleFeature.count)
    var pairCount = 0
    for run in features {
      pairCount += run.pairCount
      for index in run.style.indices {
        let value = Double(run.style[index])
        squares[index % StyleFeature.count] += value * value
      }
    }
    return squares.map { ($0 / Double(max(pairCount, 1))).squareRoot() }
  }

  private static func documentCounts(_ features: [PairFeatures]) -> [UInt32] {
    var counts = [UInt32](repeating: 0, count: BucketCounts.bucketCount)
    for run in features {
      for bucket in run.words.buckets { counts[Int(bucket)] += 1 }
    }
    return counts
  }
}
