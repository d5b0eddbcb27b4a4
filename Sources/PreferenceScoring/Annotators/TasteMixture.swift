import Foundation

/// Annotators of a few kinds, each kind with a reward of its own.
///
/// Meaning: annotator u is of kind k with probability pi(k), and then prefers as a Bradley-Terry head theta(k)
/// does: P(labels of u) = sum over k of pi(k) prod sigma(theta(k) . x). The responsibilities r(u, k), pi and
/// theta are found in turn, theta by one Newton step at a time that may be halved:
/// sum of ln P(labels of u) - sum of penalty theta^2 / 2 + sum of ln pi never falls. With one kind it is a
/// plain head.
///
/// - Complexity: O(kinds * (n d^2 + d^3)) a step, d columns.
/// - Limits: it finds a maximum, not always the greatest: the start is random.
/// - Source: a mixture over people after PAL, Chen et al., 2025, ICLR (pluralistic alignment): prototypes
///   of ideal points there, linear heads with full responsibilities here; the fit is that of Dempster,
///   Laird and Rubin, 1977, doi:10.1111/j.2517-6161.1977.tb01600.x.
struct TasteMixture: Sendable {
  /// By kind.
  private(set) var heads: [[Double]]
  private(set) var shares: [Double]
  /// By annotator, by kind; the shares for those without a row.
  private(set) var responsibilities: [[Double]]
  /// After each step.
  private(set) var objectives: [Double] = []

  private static let stepLimit = 60
  private static let tolerance = 1e-5

  /// - Parameters:
  ///   - labels: The pairs to learn from.
  ///   - annotatorCount: How many annotators there are.
  ///   - kinds: How many kinds to look for.
  ///   - seed: Decides where it begins.
  init(_ labels: TasteLabels, annotatorCount: Int, kinds: Int, seed: UInt64) {
    precondition(kinds > 0, "annotators are of a kind, got \(kinds)")
    var generator = SeededGenerator(seed: seed)
    heads = Array(repeating: Array(repeating: 0, count: labels.columnCount), count: kinds)
    shares = Array(repeating: 1 / Double(kinds), count: kinds)
    responsibilities = (0..<annotatorCount).map { _ in
      let weights = (0..<kinds).map { _ in 0.05 + generator.unit() }
      let sum = weights.reduce(0, +)
      return weights.map { $0 / sum }
    }
    for _ in 0..<Self.stepLimit {
      for kind in 0..<kinds { ascend(kind, labels) }
      let sums = (0..<kinds).map { kind in responsibilities.reduce(0) { $0 + $1[kind] } }
      shares = sums.map { ($0 + 1) / Double(annotatorCount + kinds) }
      let objective = expect(labels)
      let gain = objectives.last.map { objective - $0 } ?? .infinity
      objectives.append(objective)
      if gain < Self.tolerance * Double(labels.rowCount) { break }
    }
  }

  /// Sets the responsibilities; the logarithm of what is maximised.
  private mutating func expect(_ labels: TasteLabels) -> Double {
    var sums = responsibilities.map { _ in shares.map { log($0) } }
    for (kind, head) in heads.enumerated() {
      for (row, margin) in labels.margins(of: head).enumerated() {
        sums[labels.annotators[row]][kind] -= softplus(-margin)
      }
    }
    var objective = shares.reduce(0) { $0 + log($1) }
    for (annotator, logs) in sums.enumerated() {
      let largest = logs.max() ?? 0
      let parts = logs.map { exp($0 - largest) }
      let sum = parts.reduce(0, +)
      responsibilities[annotator] = parts.map { $0 / sum }
      objective += largest + log(sum)
    }
    for head in heads { objective -= labels.penalty(of: head) }
    return objective
  }

  /// One Newton step of the head of `kind` under the responsibilities, halved until it does no harm.
  private mutating func ascend(_ kind: Int, _ labels: TasteLabels) {
    let weights = labels.annotators.map { responsibilities[$0][kind] }
    let (gradient, hessian) = labels.slope(of: heads[kind], weights: weights)
    guard let factor = CholeskyFactor(of: hessian, size: labels.columnCount) else {
      preconditionFailure("a penalised Hessian is positive definite")
    }
    var step = factor.solve(gradient)
    let before = labels.loss(of: heads[kind], weights: weights)
    for _ in 0..<20 {
      let next = zip(heads[kind], step).map { $0 - $1 }
      if labels.loss(of: next, weights: weights) <= before {
        heads[kind] = next
        return
      }
      step = step.map { $0 / 2 }
    }
  }
}

/// Pairs of some annotators, as a mixture learns from them.
struct TasteLabels: Sendable {
  let columnCount: Int
  /// By column; above 0.
  let penalties: [Double]
  /// Row by row.
  private(set) var x: [Double] = []
  private(set) var annotators: [Int] = []

  init(penalties: [Double]) {
    columnCount = penalties.count
    self.penalties = penalties
  }

  mutating func append(_ row: some Sequence<Double>, by annotator: Int) {
    x += row
    annotators.append(annotator)
    precondition(x.count == annotators.count * columnCount, "a row has \(columnCount) columns")
  }

  var rowCount: Int { annotators.count }

  func margins(of head: [Double]) -> [Double] {
    LinearAlgebra.products(of: x, rows: rowCount, with: head, count: 1, columns: columnCount)
  }

  func penalty(of head: [Double]) -> Double {
    zip(head, penalties).reduce(0) { $0 + $1.1 * $1.0 * $1.0 / 2 }
  }

  /// sum weight softplus(-theta . x) + penalty theta^2 / 2.
  func loss(of head: [Double], weights: [Double]) -> Double {
    zip(margins(of: head), weights).reduce(penalty(of: head)) { $0 + $1.1 * softplus(-$1.0) }
  }

  /// Its gradient, and its Hessian in the upper triangle.
  func slope(of head: [Double], weights: [Double]) -> (gradient: [Double], hessian: [Double]) {
    var gradient = zip(head, penalties).map { $0 * $1 }
    var scaled = x
    for (row, margin) in margins(of: head).enumerated() {
      let wrong = sigmoid(-margin)
      let root = (weights[row] * wrong * (1 - wrong)).squareRoot()
      for column in 0..<columnCount {
        let value = x[row * columnCount + column]
        gradient[column] -= weights[row] * wrong * value
        scaled[row * columnCount + column] = root * value
      }
    }
    var hessian = [Double](repeating: 0, count: columnCount * columnCount)
    LinearAlgebra.addGram(of: scaled, rows: rowCount, columns: columnCount, to: &hessian)
    for column in 0..<columnCount { hessian[column * (columnCount + 1)] += penalties[column] }
    return (gradient, hessian)
  }
}
