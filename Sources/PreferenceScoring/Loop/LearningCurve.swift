/// How well a gold head judges pairs that it has not seen, by how many it has learned from.
///
/// Meaning: the confirmed pairs that were drawn at random are cut into four and into two parts, in seeded
/// ways; a head learns from each part and judges each of its pairs without it and its copies. The
/// accuracy at a quarter, a half and the whole is the share of pairs judged as the person did. Where the
/// lacking accuracy falls as 1 / sqrt(n), the next doubling gives 1 / sqrt(2) of what the last one gave.
///
/// - Range: accuracies in [0, 1], .5 = chance; `gainOfDoubling` in [-1, 1].
/// - Complexity: 1 + 6 `repeats` fits of a `GoldHead`.
/// - Limits: of the drawn pairs alone: those that a queue served are harder than the file. The law of the
///   square root is an assumption; the interval has only the sampling error of the last doubling.
/// - Source: learning curves over randomly verified rows; 1 / sqrt(n) as the rate of a parametric
///   estimate: van der Vaart, 1998, Asymptotic Statistics, chapter 5. Cutting into parts is ours.
public struct LearningCurve: Hashable, Sendable {
  public struct Point: Hashable, Sendable {
    /// From how many confirmed pairs the head has learned, on average.
    public let pairCount: Int
    public let accuracy: Estimate
  }

  /// With a rising number of pairs; the last one is of all.
  public let points: [Point]
  /// What twice as many confirmed pairs would add to the accuracy.
  public let gainOfDoubling: Estimate

  /// Fewer drawn pairs than this give no curve: its quarters would have fewer than 25.
  public static let neededPairs = 100
  private static let repeats = 4

  /// Nil with fewer pairs than `neededPairs`.
  init?(
    _ gold: GoldPairs, of design: DesignMatrix, groups: PairGroups, penalties: [Double],
    seed: UInt64
  ) {
    guard gold.count >= Self.neededPairs else { return nil }
    let whole = GoldHead(gold, penalties: penalties)
    var generator = SeededGenerator(seed: seed)
    /// By pair, in how many of the repeats its part judged it rightly.
    func judged(parts: Int) -> [Double] {
      var correct = [Double](repeating: 0, count: gold.count)
      for _ in 0..<Self.repeats {
        var order = Array(gold.copies.indices)
        for place in order.indices {
          order.swapAt(place, place + generator.below(order.count - place))
        }
        for part in 0..<parts {
          let chosen = stride(from: part, to: order.count, by: parts).map { order[$0] }.sorted()
          guard !chosen.isEmpty else { continue }
          let own = gold.only(chosen, of: design, groups: groups)
          let head = GoldHead(own, penalties: penalties, factors: [whole.factor])
          let places = chosen.flatMap { Array(gold.copies[$0]) }
          for (place, margin) in zip(places, head.leftOutMargins) {
            correct[place] += Self.correctness(margin) / Double(Self.repeats)
          }
        }
      }
      return correct
    }
    let all = whole.leftOutMargins.map(Self.correctness)
    let (quarter, half) = (judged(parts: 4), judged(parts: 2))
    points = [(4, quarter), (2, half), (1, all)].map { parts, correct in
      Point(
        pairCount: gold.count / parts,
        accuracy: HeadQuality.estimate(correct, factor: 1, groups: gold.copies))
    }
    let gains = zip(all, half).map { ($0 - $1) / 2.0.squareRoot() }
    gainOfDoubling = Self.mean(gains, groups: gold.copies)
  }

  private static func correctness(_ margin: Double) -> Double {
    margin > 0 ? 1 : margin == 0 ? 0.5 : 0
  }

  /// The mean of `values` with a 95 % interval, groups taken as one observation.
  private static func mean(_ values: [Double], groups: [Range<Int>]) -> Estimate {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = groups.reduce(0.0) { sum, group in
      let deviation = group.reduce(0.0) { $0 + values[$1] - mean }
      return sum + deviation * deviation
    }
    let half = normalQuantile95 * squares.squareRoot() / count
    return Estimate(value: mean, lower: mean - half, upper: mean + half)
  }
}
