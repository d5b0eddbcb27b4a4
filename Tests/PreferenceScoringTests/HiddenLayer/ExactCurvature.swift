import Testing

@testable import PreferenceScoring

/// What a `HiddenLayerInfluence` is compared with: the whole Gauss-Newton matrix, by way of the n x n
/// matrix K of the products of the pairs' gradients, which has nothing in common with how the signal
/// works.
///
/// With S the diagonal of p(1-p) and M = S^(1/2) K S^(1/2), the products of gradients through the inverse
/// are (K - K S^(1/2) (M + penalty)^-1 S^(1/2) K) / penalty (Woodbury).
struct ExactCurvature {
  let part: PairGradients
  /// 1 - p of each pair.
  let wrongs: [Double]
  private let products: [Double]
  private let roots: [Double]
  private let penalty: Double
  private let factor: CholeskyFactor

  var count: Int { part.count }

  init(_ weights: HiddenLayerWeights, _ design: DesignMatrix, penalty: Double) throws {
    let count = design.rowCount
    let part = PairGradients(weights, design, rows: 0..<count)
    func gram(_ rows: [Double], _ columns: Int) -> [Double] {
      LinearAlgebra.products(of: rows, rows: count, with: rows, count: count, columns: columns)
    }
    let (x, b, z) = (
      gram(part.inputs, part.columns), gram(part.units, part.width), gram(part.outputs, part.width)
    )
    let products = x.indices.map { b[$0] * x[$0] + z[$0] }
    let roots = part.curvatures.map { $0.squareRoot() }
    var matrix = products
    for row in 0..<count {
      for column in 0..<count { matrix[row * count + column] *= roots[row] * roots[column] }
      matrix[row * (count + 1)] += penalty
    }
    self.part = part
    wrongs = part.margins.map { sigmoid(-$0) }
    self.products = products
    self.roots = roots
    self.penalty = penalty
    factor = try #require(CholeskyFactor(of: matrix, size: count))
  }

  /// g'H^-1 g of each pair.
  var leverages: [Double] {
    var identity = [Double](repeating: 0, count: count * count)
    for row in 0..<count { identity[row * (count + 1)] = 1 }
    let whitened = factor.whiten(identity)
    return (0..<count).map { row in
      let square = whitened[row * count..<(row + 1) * count].reduce(0) { $0 + $1 * $1 }
      return (1 - penalty * square) / (roots[row] * roots[row])
    }
  }

  /// g'H^-1 (sum of weight g) of each pair.
  func pulls(weights: [Double]) -> [Double] {
    let direct = multiplied(weights)
    let solved = factor.solve(zip(roots, direct).map { $0 * $1 })
    let indirect = multiplied(zip(roots, solved).map { $0 * $1 })
    return zip(direct, indirect).map { ($0 - $1) / penalty }
  }

  private func multiplied(_ vector: [Double]) -> [Double] {
    LinearAlgebra.products(
      of: products, rows: count, with: vector, count: 1, columns: count)
  }

  /// By how much the loss of `target` changes when the label of a pair is swapped, to first order, the pair
  /// itself left out.
  func flipEffects(target: [Int]) -> [Double] {
    var weights = [Double](repeating: 0, count: count)
    for row in target { weights[row] = -wrongs[row] }
    return zip(pulls(weights: weights), zip(weights, leverages)).map { $1.0 * $1.1 - $0 }
  }
}

/// Heads that are fitted again from the weights of an optimum on.
struct HiddenLayerRefit {
  let weights: HiddenLayerWeights
  let design: DesignMatrix
  let penalty: Double
  private let before: PairGradients

  init(_ weights: HiddenLayerWeights, _ design: DesignMatrix, penalty: Double) {
    self.weights = weights
    self.design = design
    self.penalty = penalty
    before = PairGradients(weights, design, rows: 0..<design.rowCount)
  }

  private var rowCount: Int { design.rowCount }

  /// The margins after the loss of pair `row` has got `weight` instead of 1, where every other margin is
  /// held by its Bregman divergence from what it was, and the weights by the penalty on their distance: the
  /// proximal Bregman response.
  func proximalMargins(row: Int, weight: Double) -> [Double] {
    let old = before.margins
    return margins(from: Array(repeating: 0, count: weights.values.count), adding: weights.values) {
      (part: PairGradients) in
      var slope = LossSlope(ascent: [])
      slope.ascent = part.sum(
        weights: part.margins.indices.map { place in
          let (m, n) = (part.margins[place], old[place])
          slope.loss += softplus(-m) - softplus(-n) + sigmoid(-n) * (m - n)
          return sigmoid(-m) - sigmoid(-n) + (place == row ? (weight - 1) * sigmoid(-m) : 0)
        })
      slope.loss += (weight - 1) * softplus(-part.margins[row])
      return slope
    }
  }

  /// The margins of a head that learns anew from the old weights on, with weight `weight` of pair `row`.
  func plainMargins(row: Int, weight: Double) -> [Double] {
    margins(
      from: weights.values, adding: Array(repeating: 0, count: weights.values.count)
    ) { part in
      var slope = LossSlope(ascent: [])
      slope.ascent = part.sum(
        weights: part.margins.indices.map { place in
          let factor = place == row ? weight : 1
          slope.loss += factor * softplus(-part.margins[place])
          return factor * sigmoid(-part.margins[place])
        })
      return slope
    }
  }

  private func margins(
    from start: [Double], adding origin: [Double], slope: (PairGradients) -> LossSlope
  ) -> [Double] {
    var descent = HeadDescent(
      penalties: Array(repeating: penalty, count: start.count), start: start, tolerance: 1e-15)
    var present = weights
    for _ in 0..<1000 {
      present.values = zip(descent.theta, origin).map { $0 + $1 }
      let part = PairGradients(present, design, rows: 0..<rowCount)
      if descent.isDone { return part.margins }
      descent.take(slope(part), rowCount: rowCount)
    }
    return PairGradients(present, design, rows: 0..<rowCount).margins
  }
}
