import Foundation

/// The doubt about one pair whose margin is normal.
struct Doubt: Sendable {
  /// The mean of p.
  let probability: Double
  /// The mean of the entropy of p, in nats.
  let closeness: Double
  /// The entropy of the mean of p, less `closeness`.
  var information: Double { max(0, Self.entropy(probability) - closeness) }

  /// - Parameters:
  ///   - margin: The mean of the margin.
  ///   - variance: Its variance, not below 0.
  init(margin: Double, variance: Double) {
    let deviation = (2 * max(0, variance)).squareRoot()
    var (probability, closeness) = (0.0, 0.0)
    for (node, weight) in Self.points {
      for side in [-1.0, 1] {
        let p = sigmoid(margin + side * deviation * node)
        probability += weight * p
        closeness += weight * Self.entropy(p)
      }
    }
    self.probability = probability
    self.closeness = closeness
  }

  /// Of the outcomes of several members, each as likely as the others.
  init(probabilities: [Double]) {
    let count = Double(max(probabilities.count, 1))
    probability = probabilities.reduce(0, +) / count
    closeness = probabilities.reduce(0) { $0 + Self.entropy($1) } / count
  }

  /// -p ln p - (1 - p) ln(1 - p); 0 at 0 and 1.
  static func entropy(_ p: Double) -> Double {
    [p, 1 - p].reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 }
  }

  /// The positive nodes of the 20-point Gauss-Hermite rule, with the weights over sqrt(pi): the
  /// roots of H20, and 2^19 20! / (20^2 H19(node)^2).
  private static let points: [(node: Double, weight: Double)] = {
    let degree = 20
    // Orthonormal Hermite polynomials by their recurrence: H(degree) and the one before.
    func polynomials(_ x: Double) -> (value: Double, before: Double) {
      var (before, value) = (0.0, 1.0)
      for k in 0..<degree {
        let next =
          (2 / Double(k + 1)).squareRoot() * x * value
          - (Double(k) / Double(k + 1)).squareRoot() * before
        (before, value) = (value, next)
      }
      return (value, before)
    }
    // The positive roots lie in (0, sqrt(2 degree + 1)), further apart than a hundredth of that.
    let step = Double(2 * degree + 1).squareRoot() / 1000
    var points: [(node: Double, weight: Double)] = []
    for place in 0..<1000 {
      var (low, high) = (Double(place) * step, Double(place + 1) * step)
      let sign = polynomials(low).value
      guard sign * polynomials(high).value < 0 else { continue }
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if sign * polynomials(middle).value > 0 { low = middle } else { high = middle }
      }
      let before = polynomials(low).before
      points.append((low, 1 / (Double(degree) * before * before)))
    }
    return points
  }()
}
