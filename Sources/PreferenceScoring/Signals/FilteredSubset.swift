import Foundation

/// FiFA: how much a pair is worth keeping, by its margin, by the text of its prompt, and by how unlike
/// other prompts its prompt is.
///
/// Meaning: importance = z(leave-one-out margin) + .5 z(quality) + .5 z(diversity), where z is the
/// distance from the mean in standard deviations, quality the share of rules that the prompt keeps
/// (`PromptQuality`), and diversity = ln of the distance to the fifth nearest prompt among those of the
/// other pairs: the term of a pair in the Kozachenko-Leonenko estimate of the prompts' entropy. Prompts
/// are unit vectors of hashed words (`PromptSketch`); their neighbours are exact up to 20,000 different
/// prompts (`CellIndex`).
/// - `fifa`: the importance; `fifa_quality`, `fifa_diversity`: its terms before z. The top K by it are
///   the subset of the paper.
/// - `fifa_greedy`: the place in the subset that does not take near-copies (`GreedySubset`).
///
/// - Range: importance all reals: low = not worth keeping, which is more than suspicious: a duplicate is
///   low too. Quality [0, 1], nil without a word. Place from 1 to n: high = not worth keeping.
/// - Complexity: O(m^2) products of 64 numbers for m different prompts up to 20,000, less above.
/// - Limits: prefers what is sure, where difficulty-based selection prefers what is not.
/// - Measured: AUROC for wrong labels as in `PeerReview`: importance .666, .849; quality .501, .490;
///   diversity .502, .500, which is as it should be: they tell what is worth keeping, not what is wrong.
/// - Source: arXiv:2410.10166 (FiFA); weights and k are not in what we could read and are ours, as is the
///   signed margin in place of the absolute one, which would keep confidently wrong labels. There a
///   language model judges the prompt.
struct FilteredSubset: SignalWork {
  static let neighbours = 5
  static let exactLimit = 20_000
  private static let termWeight = 0.5

  /// By design row, the number of its prompt; prompts with the same words of content have one number.
  private let promptOf: [Int]
  /// By prompt, how many rows have it.
  private let rowCounts: [Int]
  /// Let go as soon as the order has taken from it what it needs.
  private var index: CellIndex?
  private var stage = Stage.searching
  private(set) var diversity: [Double] = []

  private enum Stage: Sendable {
    case searching
    case ordering(importance: [Double], GreedySubset)
  }

  /// - Parameters:
  ///   - evidence: The pairs.
  ///   - exactLimit: Up to how many different prompts their neighbours are searched exactly.
  ///   - directions: By design row, the direction of the prompt; nil = that of its sketch.
  init(
    _ evidence: SignalEvidence, exactLimit: Int = Self.exactLimit,
    directions: (any UnitVectors)? = nil
  ) {
    let directions = directions ?? evidence.prompts
    var numbers: [UInt64: Int] = [:]
    var firstRows: [Int32] = []
    var promptOf: [Int] = []
    var rowCounts: [Int] = []
    var vector: [Float] = []
    for row in 0..<evidence.rowCount {
      vector.removeAll(keepingCapacity: true)
      directions.append(row, to: &vector)
      let key = vector.reduce(0) { WordHash.pair($0, UInt64($1.bitPattern)) }
      let number = numbers[key] ?? rowCounts.count
      if number == rowCounts.count {
        numbers[key] = number
        rowCounts.append(0)
        firstRows.append(Int32(row))
      }
      rowCounts[number] += 1
      promptOf.append(number)
    }
    self.promptOf = promptOf
    self.rowCounts = rowCounts
    index = CellIndex(
      directions, of: firstRows, limit: Self.neighbours, exactLimit: exactLimit,
      seed: WordHash.pair(evidence.seed, 0x6669_6661))
  }

  var share: Double {
    switch stage {
    case .searching: 0.9 * (index?.share ?? 1)
    case .ordering(_, let subset): 0.9 + 0.1 * subset.share
    }
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    switch stage {
    case .searching:
      guard var index = self.index.take() else {
        preconditionFailure("what is searched has an index")
      }
      guard index.advance(jobs: jobs) else {
        self.index = index
        return nil
      }
      diversity = promptOf.map { log(Self.distance(product: product(within: $0, index))) }
      stage = ordering(evidence, index)
      return nil
    case .ordering(let importance, var subset):
      stage = .searching
      guard subset.advance() else {
        stage = .ordering(importance: importance, subset)
        return nil
      }
      return [
        .fifa: SignalValues(importance), .fifaDiversity: SignalValues(diversity),
        .fifaQuality: evidence.promptQualities,
        .fifaGreedy: SignalValues(subset.places.lazy.map { Double($0) }),
      ]
    }
  }

  /// The product with the fifth nearest prompt of another row: 1 = the same prompt.
  private func product(within prompt: Int, _ index: CellIndex) -> Float {
    var product: Float = 1
    var rows = rowCounts[prompt] - 1
    for place in prompt * Self.neighbours..<(prompt + 1) * Self.neighbours
    where rows < Self.neighbours && index.neighbours[place] >= 0 {
      product = index.products[place]
      rows += rowCounts[Int(index.neighbours[place])]
    }
    return product
  }

  /// The distance of unit vectors with this product. What the rounding of products leaves of equal
  /// vectors, and nothing else, is below .001.
  static func distance(product: Float) -> Double {
    max(0.001, max(0, 2 - 2 * Double(product)).squareRoot())
  }

  private func ordering(_ evidence: SignalEvidence, _ index: CellIndex) -> Stage {
    let spread = Standardising(diversity)
    let quality = Standardising(evidence.promptQualities.compactMap(\.self))
    let margins = Standardising(evidence.leftOutMargins)
    let base = zip(evidence.leftOutMargins, evidence.promptQualities).map { margin, share in
      margins.value(of: margin) + Self.termWeight * (share.map { quality.value(of: $0) } ?? 0)
    }
    let importance = zip(base, diversity).map { $0 + Self.termWeight * spread.value(of: $1) }
    let subset = GreedySubset(
      base: base, promptOf: promptOf, neighbours: index.neighbours, products: index.products,
      limit: Self.neighbours, spread: spread, weight: Self.termWeight)
    return .ordering(importance: importance, subset)
  }
}

/// Distances from the mean in standard deviations; 0 where all values are equal.
struct Standardising: Sendable {
  private let mean: Double
  private let deviation: Double

  init(_ values: [Double]) {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    self.mean = mean
    deviation = variance > 1e-24 ? variance.squareRoot() : 0
  }

  func value(of value: Double) -> Double { deviation > 0 ? (value - mean) / deviation : 0 }

  /// How many standard deviations `difference` is; the difference itself where all values are equal.
  func value(ofDifference difference: Double) -> Double {
    deviation > 0 ? difference / deviation : difference
  }
}
