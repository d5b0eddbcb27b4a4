/// The solution of A x = b for a symmetric positive definite A of which only products are known, a
/// product at a time.
///
/// Meaning: preconditioned conjugate gradients. It ends when the residual, as long as the inverse measures
/// it, is 1e-6 of what it was.
///
/// - Complexity: O(size) a product, besides the caller's product and inverse.
/// - Source: Hestenes and Stiefel, 1952, doi:10.6028/jres.049.044.
struct ConjugateGradients: Sendable {
  /// x, as near as it is.
  private(set) var solution: [Double]
  /// Of what A's product is wanted next.
  private(set) var direction: [Double]
  private(set) var isDone: Bool
  private(set) var productCount = 0
  private var residual: [Double]
  private let inverse: @Sendable ([Double]) -> [Double]
  private let firstLength: Double
  private var length: Double

  /// - Parameters:
  ///   - target: b.
  ///   - inverse: About A^-1; symmetric and positive definite.
  init(_ target: [Double], inverse: @escaping @Sendable ([Double]) -> [Double]) {
    self.inverse = inverse
    solution = Array(repeating: 0, count: target.count)
    residual = target
    direction = inverse(target)
    length = Self.product(target, direction)
    firstLength = length
    isDone = length <= 0
  }

  private static let tolerance = 1e-6
  private static let productLimit = 200

  /// - Parameter image: A `direction`.
  mutating func take(_ image: [Double]) {
    productCount += 1
    let step = length / Self.product(direction, image)
    for index in solution.indices {
      solution[index] += step * direction[index]
      residual[index] -= step * image[index]
    }
    let turned = inverse(residual)
    let next = Self.product(residual, turned)
    isDone =
      next <= Self.tolerance * Self.tolerance * firstLength || productCount == Self.productLimit
    for index in direction.indices {
      direction[index] = turned[index] + next / length * direction[index]
    }
    length = next
  }

  private static func product(_ left: [Double], _ right: [Double]) -> Double {
    zip(left, right).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
