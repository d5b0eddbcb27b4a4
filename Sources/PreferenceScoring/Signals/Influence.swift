import Foundation

/// What single labels do to the head: leave-out and flip effects on the loss of a target, and on the
/// pair itself.
///
/// Meaning: with r = 1 - p, s = p(1-p), h = x'H^-1 x and, over the target V without the pair itself,
/// G = -sum r(v) x(v) (x(v) negated where the target counts the label exchanged) and q = H^-1 G,
/// - `removalEffect` = -r q'x / (1 - s h): by how much the loss of V changes when the pair is left out;
/// - `flipEffect` = -q'x: ... when its label is swapped (the Hessian does not depend on labels);
/// - `selfInfluence` = r^2 h: by how much the pair's own loss would rise without it, to first order.
/// An effect below 0 says that the change would help the target: the label is suspicious.
///
/// - Range: all reals; self-influence from 0 on.
/// - Complexity: O(n columns^2) once, O(n columns) for each target.
/// - Limits: first order about the fitted head. Where the target is the data set itself, the effect is
///   close to the margin: it tells more on confirmed pairs, or on pairs that a bias gets wrong.
/// - Source: Koh and Liang, 2017, arXiv:1703.04730; Pregibon, 1981, doi:10.1214/aos/1176345513 (the
///   denominator); targets as in arXiv:2501.05790. Leaving the pair out of its own target is ours.
struct Influence: SignalWork {
  /// A pair whose loss is looked at.
  struct TargetPair: Sendable {
    /// The design row.
    var row: Int
    /// Whether its label counts exchanged.
    var isSwapped = false
  }

  private let target: [TargetPair]?
  /// H^-1 G of the whole target.
  private let pull: [Double]
  /// By row, what the pair itself adds to G, as a multiple of its x.
  private let ownParts: [Double]
  private var removals: [GroupRemoval] = []
  private(set) var leverages: [Double] = []
  private(set) var removalEffects: [Double] = []
  private(set) var flipEffects: [Double] = []
  private var selfInfluences: [Double] = []

  private static let rowsInPart = 1024

  /// - Parameters:
  ///   - evidence: The pairs and the head.
  ///   - target: Whose loss is looked at; nil where only self-influence is wanted.
  ///   - includingGroups: Whether whole annotators and sources are left out too.
  init(_ evidence: SignalEvidence, target: [TargetPair]?, includingGroups: Bool = true) {
    self.target = target
    var ownParts = [Double](repeating: 0, count: evidence.rowCount)
    for pair in target ?? [] {
      let sign: Double = pair.isSwapped ? -1 : 1
      ownParts[pair.row] -= sign * sigmoid(-sign * evidence.margins[pair.row])
    }
    self.ownParts = ownParts
    var gradient = [Double](repeating: 0, count: evidence.design.columnCount)
    for (row, part) in ownParts.enumerated() where part != 0 {
      for (column, value) in evidence.design.row(row).enumerated() {
        gradient[column] += part * Double(value)
      }
    }
    pull = evidence.head.hessian.solve(gradient)
    if includingGroups, let target, !target.isEmpty {
      removals = [
        GroupRemoval(.influenceOfAnnotator, evidence.annotators, target: target),
        GroupRemoval(.influenceOfSource, evidence.sources, target: target),
      ].filter { $0.groupCount > 1 }
    }
  }

  var share: Double {
    let rows = Double(leverages.count) / Double(max(ownParts.count, 1))
    return (rows + removals.reduce(0) { $0 + $1.share }) / Double(1 + removals.count)
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    if leverages.count < evidence.rowCount {
      addRows(evidence, jobs: jobs)
    } else if let waiting = removals.firstIndex(where: { !$0.isFinished }) {
      removals[waiting].advance(evidence, jobs: jobs)
    }
    guard leverages.count == evidence.rowCount, removals.allSatisfy(\.isFinished) else {
      return nil
    }
    guard let target else { return [.selfInfluence: SignalValues(selfInfluences)] }
    // Without a target there is nothing to say, which is not the same as an effect of 0.
    guard !target.isEmpty else { return [:] }
    var found = [
      SignalID.influence: SignalValues(flipEffects),
      .influenceOfRemoval: SignalValues(removalEffects),
    ]
    for removal in removals { found[removal.id] = SignalValues(removal.effectsByRow) }
    return found
  }

  private mutating func addRows(_ evidence: SignalEvidence, jobs: Int) {
    let first = leverages.count
    let waiting = (evidence.rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let parts = parallelMap(count: min(waiting, 2 * jobs), jobs: jobs, scratch: { () }) {
      [pull] index, _ in
      let start = first + index * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, evidence.rowCount)
      return Self.part(evidence, rows, pull)
    }
    for part in parts {
      for (product, leverage) in zip(part.products, part.leverages) {
        add(evidence, row: leverages.count, product: product, leverage: leverage)
      }
    }
  }

  private mutating func add(
    _ evidence: SignalEvidence, row: Int, product: Double, leverage: Double
  ) {
    let wrong = sigmoid(-evidence.margins[row])
    // The pair's own part of G is a multiple of x, of q'x so the same multiple of h.
    let others = product - ownParts[row] * leverage
    leverages.append(leverage)
    flipEffects.append(-others)
    removalEffects.append(-wrong * others / (1 - wrong * (1 - wrong) * leverage))
    selfInfluences.append(wrong * wrong * leverage)
  }

  /// q'x and x'H^-1 x of `rows`.
  private static func part(
    _ evidence: SignalEvidence, _ rows: Range<Int>, _ pull: [Double]
  ) -> (products: [Double], leverages: [Double]) {
    let columns = evidence.design.columnCount
    let x = evidence.design.rows(rows)
    let products = LinearAlgebra.products(
      of: x, rows: rows.count, with: pull, count: 1, columns: columns)
    let whitened = evidence.head.hessian.whiten(x)
    let leverages = rows.indices.map { row in
      let start = (row - rows.lowerBound) * columns
      return whitened[start..<start + columns].reduce(0) { $0 + $1 * $1 }
    }
    return (products, leverages)
  }

  /// How much each pair pushed the margin of design row `row` up, as the file labels both:
  /// (1 - p(j)) x'H^-1 x(j). Its largest values are the supporters of the pair, its smallest the
  /// opponents; the pair's own place holds what it does for itself.
  /// - Complexity: O(n columns).
  static func pushes(on row: Int, in evidence: SignalEvidence) -> [Double] {
    let direction = evidence.head.hessian.solve(evidence.design.rows(row..<row + 1))
    return zip(evidence.margins, evidence.design.products(with: direction)).map { margin, product in
      sigmoid(-margin) * product
    }
  }
}
