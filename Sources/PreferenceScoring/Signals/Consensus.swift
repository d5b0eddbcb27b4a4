import Foundation

/// Whether other heads, and the pairs that are alike, would label a pair as it is labelled; and DONOD.
///
/// Meaning:
/// - `consensus`: of heads drawn about the fitted one by Laplace's approximation, theta ~ N(theta, H^-1)
///   with the pair left out, the share under which the label holds: Phi(m / sqrt(v)), m the leave-one-out
///   margin and v its variance (`Uncertainty`). Drawing is not needed: a margin is normal.
/// - `consensus_neighbours`: of the ten pairs j whose rows are most parallel to the pair's, copies left
///   out, sum cos / sum |cos|: a row that points the other way is a label that says the opposite. Columns
///   are scaled by their penalties, as the ridge weighs them. More than 10,000 pairs are compared with a
///   10,000 of them.
/// - `donod`: after one step of descent on the pair alone, by how much the weights grow (DON, wanted
///   high) and how far they move (NOD, wanted low), as TOPSIS ranks both: with g = 1 - p and |theta| and
///   |x| as scaled, NOD = g |x| and DON = |theta + g x| - |theta|.
///
/// - Range: consensus [0, 1], neighbours [-1, 1], donod [0, 1]: low = suspicious.
/// - Complexity: O(n d^2) and O(n min(n, 10,000) d).
/// - Limits: consensus is the margin in units of its error. Near-copies vote more than once. DONOD is a
///   function of the margin and |x| alone, in sample, and says nothing that these do not: it stands here
///   because the method is published.
/// - Measured: AUROC on helpful-base with 20 % planted flips (mean of ten seeds) and on UKPConvArg1 A (real
///   votes): consensus .688, .888; neighbours .610, .830; donod .690, .547; the default .690,
///   .892.
/// - Source: neighbours: Cover and Hart, 1967, doi:10.1109/TIT.1967.1053964, signed for pairs; DONOD:
///   arXiv:2504.14810 (output layer; its code is not public); TOPSIS: Hwang and Yoon, 1981. The closed
///   forms are ours.
struct Consensus: SignalWork {
  private static let rowsInPart = 256
  private static let referenceLimit = 10_000
  private static let neighbourCount = 10

  /// By column, 1 / sqrt(penalty).
  private let scales: [Float]
  private let rowCount: Int
  /// The scaled rows that pairs are compared with, each of length 1, and which they are.
  private var reference: [Float] = []
  private var referenceRows: [Int] = []
  private var consensus: [Double] = []
  private var neighbours: [Double?] = []
  private var steps: [DonodStep] = []

  init(_ evidence: SignalEvidence) {
    rowCount = evidence.rowCount
    scales = evidence.penalties.map { Float(1 / $0.squareRoot()) }
  }

  var share: Double { Double(consensus.count) / Double(max(rowCount, 1)) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    if referenceRows.isEmpty { gatherReference(evidence) }
    let first = consensus.count
    let waiting = (evidence.rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let parts = parallelMap(count: min(waiting, 4 * jobs), jobs: jobs, scratch: { () }) {
      [self] part, _ in
      let start = first + part * Self.rowsInPart
      return judge(evidence, start..<min(start + Self.rowsInPart, evidence.rowCount))
    }
    for part in parts {
      consensus += part.consensus
      neighbours += part.neighbours
      steps += part.steps
    }
    guard consensus.count == evidence.rowCount else { return nil }
    return [
      .consensus: SignalValues(consensus), .consensusNeighbours: SignalValues(neighbours),
      .donod: SignalValues(DonodStep.closeness(steps)),
    ]
  }

  /// The rows `rows`, scaled, and their lengths.
  private func scaled(
    _ evidence: SignalEvidence, _ rows: Range<Int>
  ) -> (rows: [Float], lengths: [Float]) {
    let columns = scales.count
    var x = evidence.design.asInFile(rows)
    var lengths: [Float] = []
    for (place, row) in rows.enumerated() {
      let sign = evidence.design.sign(of: row)
      var square: Float = 0
      for column in 0..<columns {
        let value = sign * scales[column] * x[place * columns + column]
        x[place * columns + column] = value
        square += value * value
      }
      lengths.append(square.squareRoot())
    }
    return (x, lengths)
  }

  /// The design is in seeded order of its groups: the first rows are a sample of it.
  private mutating func gatherReference(_ evidence: SignalEvidence) {
    let rows = 0..<min(evidence.rowCount, Self.referenceLimit)
    let (x, lengths) = scaled(evidence, rows)
    reference.reserveCapacity(x.count)
    for row in rows where lengths[row] > 0 {
      referenceRows.append(row)
      reference += x[row * scales.count..<(row + 1) * scales.count].map { $0 / lengths[row] }
    }
  }

  private func judge(
    _ evidence: SignalEvidence, _ rows: Range<Int>
  ) -> (consensus: [Double], neighbours: [Double?], steps: [DonodStep]) {
    let (x, lengths) = scaled(evidence, rows)
    let count = referenceRows.count
    let products = LinearAlgebra.products(
      of: x, rows: 0..<rows.count, with: reference, count: count, columns: scales.count)
    let variances = evidence.leftOutVariances(of: rows)
    let theta = zip(evidence.head.theta, scales).reduce(0.0) {
      let scaled = $1.0 / Double($1.1)
      return $0 + scaled * scaled
    }
    var found: (consensus: [Double], neighbours: [Double?], steps: [DonodStep]) = ([], [], [])
    for (place, row) in rows.enumerated() {
      let length = Double(lengths[place])
      found.consensus.append(
        Self.shareAgreeing(margin: evidence.leftOutMargins[row], variance: variances[place]))
      found.steps.append(
        DonodStep(margin: evidence.margins[row], length: length, weightLength: theta.squareRoot()))
      let own = evidence.groups.copyGroup(of: row)
      let line = products[place * count..<(place + 1) * count]
      found.neighbours.append(
        length > 0 ? Self.vote(line, leavingOut: own, rows: referenceRows) : nil)
    }
    return found
  }

  /// Phi(margin / sqrt(variance)): the share of normal margins above 0; of one without variance 0, 1/2
  /// or 1.
  static func shareAgreeing(margin: Double, variance: Double) -> Double {
    guard variance > 0 else { return margin > 0 ? 1 : margin < 0 ? 0 : 0.5 }
    return erfc(-margin / (2 * variance).squareRoot()) / 2
  }

  /// sum cos / sum |cos| of the products with the largest size; nil where there is none but 0.
  private static func vote(
    _ products: ArraySlice<Float>, leavingOut own: Range<Int>, rows: [Int]
  ) -> Double? {
    var nearest: [Float] = []
    var least: Float = 0
    for (place, product) in products.enumerated() where abs(product) > least {
      guard !own.contains(rows[place]) else { continue }
      let index = nearest.firstIndex { abs($0) < abs(product) } ?? nearest.count
      nearest.insert(product, at: index)
      if nearest.count > neighbourCount { nearest.removeLast() }
      if nearest.count == neighbourCount { least = abs(nearest[neighbourCount - 1]) }
    }
    let sizes = nearest.reduce(0) { $0 + abs(Double($1)) }
    return sizes > 0 ? nearest.reduce(0) { $0 + Double($1) } / sizes : nil
  }
}
