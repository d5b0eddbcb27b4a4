/// What a `HeadDescent` takes for the inverse Hessian at first: the inverse of c x'x + penalties, with c
/// the mean of p(1-p).
///
/// It is within a small factor of the inverse of x'diag(p(1-p))x + penalties, since p(1-p) varies
/// little, so that full steps hold. Heads fitted to most of the same rows may share it.
/// - Complexity: columns^3 / 3 once, columns^2 a product.
/// - Source: Boehning and Lindsay, 1988, doi:10.1007/BF00049423 (a fixed multiple of x'x for the
///   Hessian).
struct FirstInverse: Sendable {
  private let inverse: ApproximateInverse

  /// - Parameters:
  ///   - gram: x'x of the rows, or of a sample of them.
  ///   - scale: How many times as many rows there are as in the sample.
  ///   - curvature: The mean of p(1-p) on the rows.
  ///   - penalties: One a column.
  init(gram: [Float], scale: Double = 1, curvature: Double, penalties: [Double]) {
    let columns = penalties.count
    // A start that is sure of everything has no curvature, and no x'x would be left of the matrix.
    let scale = Float(scale * max(curvature, 0.02))
    var matrix = gram.map { scale * $0 }
    for column in 0..<columns { matrix[column * columns + column] += Float(penalties[column]) }
    inverse = ApproximateInverse(of: matrix, size: columns)
  }

  func callAsFunction(_ vector: [Double]) -> [Double] { inverse(vector) }
}
