import PreferenceData

/// Flips planted in a data set, so that it is known which labels are wrong.
///
/// What is found of them says how well planted flips are found, not how many labels were wrong before.
public struct NoisePlanting: Sendable, Equatable {
  /// By row: whether its label is flipped.
  public let isFlipped: [Bool]
  /// The annotator or source whose labels were struck, where it was one.
  public let struck: String?
  /// Decides which pairs of rankings change places.
  let seed: UInt64

  /// Symmetric flips: each row is as likely as any other, and exactly round(rate * rows) are flipped.
  ///
  /// - Parameters:
  ///   - rowCount: How many rows the data set has.
  ///   - rate: The share of them to flip, in [0, 1].
  ///   - seed: Decides which.
  public init(rowCount: Int, rate: Double, seed: UInt64) {
    precondition((0...1).contains(rate), "a rate is from 0 to 1, got \(rate)")
    var generator = SeededGenerator(seed: seed)
    let count = Int((rate * Double(rowCount)).rounded())
    self.init(flipping: generator.sample(count, below: rowCount), of: rowCount, seed: seed)
  }

  init(flipping rows: [Int], of rowCount: Int, seed: UInt64, struck: String? = nil) {
    self.seed = seed
    var isFlipped = [Bool](repeating: false, count: rowCount)
    for row in rows { isFlipped[row] = true }
    self.isFlipped = isFlipped
    self.struck = struck
  }

  /// The rows of `source` with the planted labels. In a ranking, one pair of sides that it orders has
  /// exchanged places, each as likely as another; a row without a preference stays as it is.
  public func planted(in source: any PairSource) -> any PairSource {
    precondition(
      source.rowCount == isFlipped.count,
      "planted for \(isFlipped.count) rows, the source has \(source.rowCount)")
    return PlantedSource(source: source, planting: self)
  }
}

private struct PlantedSource: PairSource {
  let source: any PairSource
  let planting: NoisePlanting

  var rowCount: Int { source.rowCount }
  var rewards: [ExternalReward] { source.rewards }

  func row(at index: Int) -> Result<PreferenceRow, RowProblem> {
    let row = source.row(at: index)
    guard planting.isFlipped[index] else { return row }
    return row.map { $0.sides.count > 2 ? exchanged($0, at: index) : $0.flipped }
  }

  private func exchanged(_ row: PreferenceRow, at index: Int) -> PreferenceRow {
    let pairs = row.pairs
    guard !pairs.isEmpty else { return row }
    var generator = SeededGenerator(seed: WordHash.pair(planting.seed, UInt64(index)))
    let pair = pairs[generator.below(pairs.count)]
    return row.exchanging(pair.better, pair.worse)
  }
}

extension PreferenceRow {
  /// The row with the other of its two sides preferred; what is known of a side stays with it.
  fileprivate var flipped: PreferenceRow {
    guard case .prefers(let preferred, let strength) = label, sides.count == 2 else { return self }
    var row = self
    row.label = .prefers(1 - preferred, strength: strength)
    return row
  }
}
