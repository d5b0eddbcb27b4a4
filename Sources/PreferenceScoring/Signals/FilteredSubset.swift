import Foundation

/// FiFA: how much a pair is worth keeping, by its margin and by how unlike other prompts its prompt is.
///
/// Meaning: importance = z(leave-one-out margin) + .5 z(diversity), where z is the distance from the
/// mean in standard deviations and diversity = ln of the distance to the fifth nearest prompt among
/// the others: the term of a pair in the Kozachenko-Leonenko estimate of the prompts' entropy. Prompts
/// are unit vectors of hashed words (`PromptSketch`). The paper's third term, text quality, needs a
/// judge's column and is 0 here.
/// - `fifa`: the importance; `fifa_diversity`: its second term before z.
///
/// - Range: all reals; low = not worth keeping, which is more than suspicious: a duplicate is low too.
/// - Complexity: O(n m) products of 64 numbers; m = n up to 20,000 pairs, above that a seeded sample of
///   20,000 prompts, which moves all diversities by about the same amount.
/// - Limits: prefers what is sure, where difficulty-based selection prefers what is not.
/// - Source: arXiv:2410.10166 (FiFA); weights and k are not in what we could read and are ours, as is the
///   signed margin in place of the absolute one, which would keep confidently wrong labels.
struct FilteredSubset: SignalWork {
  private static let neighbours = 5
  private static let exactLimit = 20_000
  private static let diversityWeight = 0.5
  private static let rowsInPart = 128
  /// Closer than this is the same prompt: what the rounding of products leaves.
  private static let nearest = 1e-6

  private let references: [Int]
  private let referenceVectors: [Double]
  private(set) var diversity: [Double] = []
  private let rowCount: Int

  init(_ evidence: SignalEvidence) {
    rowCount = evidence.rowCount
    if rowCount <= Self.exactLimit {
      references = Array(0..<rowCount)
    } else {
      var generator = SeededGenerator(seed: WordHash.pair(evidence.seed, 0x6669_6661))
      references = generator.sample(Self.exactLimit, below: rowCount)
    }
    referenceVectors = references.flatMap { Self.vector(of: $0, in: evidence) }
  }

  private static func vector(of row: Int, in evidence: SignalEvidence) -> [Double] {
    evidence.prompts[row * PromptSketch.width..<(row + 1) * PromptSketch.width].map(Double.init)
  }

  var share: Double { Double(diversity.count) / Double(max(rowCount, 1)) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: [Double?]]? {
    let first = diversity.count
    let waiting = (rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let parts = parallelMap(count: min(waiting, 2 * jobs), jobs: jobs, scratch: { () }) {
      [references, referenceVectors, rowCount] index, _ in
      let start = first + index * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, rowCount)
      return Self.diversities(of: rows, evidence, references, referenceVectors)
    }
    for part in parts { diversity += part }
    guard diversity.count == rowCount else { return nil }
    let importance = zip(
      Self.standardised(evidence.leftOutMargins), Self.standardised(diversity)
    ).map { $0 + Self.diversityWeight * $1 }
    return [.fifa: importance, .fifaDiversity: diversity]
  }

  private static func diversities(
    of rows: Range<Int>, _ evidence: SignalEvidence, _ references: [Int], _ vectors: [Double]
  ) -> [Double] {
    let products = LinearAlgebra.products(
      of: rows.flatMap { vector(of: $0, in: evidence) }, rows: rows.count, with: vectors,
      count: references.count, columns: PromptSketch.width)
    return rows.map { row in
      let start = (row - rows.lowerBound) * references.count
      var largest = [Double](repeating: -.infinity, count: neighbours)
      for (place, reference) in references.enumerated() where reference != row {
        var product = products[start + place]
        guard product > largest[neighbours - 1] else { continue }
        for index in 0..<neighbours where product > largest[index] {
          swap(&product, &largest[index])
        }
      }
      let distance = max(0, 2 - 2 * max(-1, largest[neighbours - 1])).squareRoot()
      return log(max(distance, nearest))
    }
  }

  /// The distances from the mean in standard deviations; 0 where all are equal.
  static func standardised(_ values: [Double]) -> [Double] {
    let count = Double(max(values.count, 1))
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    guard variance > 1e-24 else { return values.map { _ in 0 } }
    return values.map { ($0 - mean) / variance.squareRoot() }
  }
}
