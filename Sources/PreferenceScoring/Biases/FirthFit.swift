import Foundation

/// The log-odds that a few differences add to a label: Bradley-Terry with Firth's correction.
///
/// Meaning: P(side i preferred to side j) = sigma(beta x), x = values(i) - values(j), without an intercept,
/// so that exchanging the sides of pairs negates beta and nothing else. beta maximises
/// sum ln sigma(beta x) + 1/2 ln det I(beta), I = sum p (1 - p) x x'. The second term takes the bias of
/// order 1/n out of the estimate and keeps it finite where a difference separates the labels.
///
/// - Shapes: n pairs, d differences; one column a difference, row i = chosen i - rejected i.
/// - Range: beta: all reals; above 0 = more of it speaks for being chosen. For one column of 1 and -1 beta
///   is ln((wins + 1/2) / (losses + 1/2)).
/// - Complexity: O(n d^2) an iteration, of which there are about 6.
/// - Limits: pairs count as independent; the errors are Wald's, from I at beta.
/// - Source: Firth, 1993, doi:10.1093/biomet/80.1.27; for separation: Heinze and Schemper, 2002,
///   doi:10.1002/sim.1047.
struct FirthFit: Sendable {
  let coefficients: [Double]
  /// The standard error of each coefficient.
  let standardErrors: [Double]

  private static let iterationLimit = 50
  private static let halvingLimit = 30
  private static let rounding = 1e-12
  /// In standard errors.
  private static let tolerance = 1e-9
  /// What is left of a column's squared length beside the others; less cannot be told from rounding.
  private static let leastRemainder = 1e-9

  /// The fit to `columns`, or nil where they do not determine it: a column is 0, or follows from the
  /// others.
  init?(_ columns: [[Double]]) {
    let size = columns.count
    guard let count = columns.first?.count, count > 0 else { return nil }
    precondition(columns.allSatisfy { $0.count == count }, "columns are of one length")
    var rows = [Double](repeating: 0, count: count * size)
    for (column, values) in columns.enumerated() {
      for (row, value) in values.enumerated() { rows[row * size + column] = value }
    }
    let start = [Double](repeating: 0, count: size)
    guard var point = Point(rows, at: start), point.isDetermined(Self.leastRemainder) else {
      return nil
    }
    for _ in 0..<Self.iterationLimit {
      var step = point.step(rows)
      let length = zip(step, point.standardErrors).reduce(0) { max($0, abs($1.0) / $1.1) }
      if length < Self.tolerance { break }
      // At the top the objective changes by less than its rounding.
      let slack = Self.rounding * abs(point.objective)
      var next: Point?
      for _ in 0..<Self.halvingLimit {
        next = Point(rows, at: zip(point.beta, step).map { $0 + $1 })
        if let next, next.objective >= point.objective - slack { break }
        next = nil
        step = step.map { $0 / 2 }
      }
      guard let next else { break }
      point = next
    }
    coefficients = point.beta
    standardErrors = point.standardErrors
  }

  /// Objective and information at one beta.
  private struct Point {
    let beta: [Double]
    let objective: Double
    private let factor: CholeskyFactor
    private let margins: [Double]
    private let squares: [Double]

    init?(_ rows: [Double], at beta: [Double]) {
      let size = beta.count
      self.beta = beta
      margins = LinearAlgebra.products(
        of: rows, rows: rows.count / size, with: beta, count: 1, columns: size)
      var loss = 0.0
      var weighted = rows
      for (row, margin) in margins.enumerated() {
        loss += softplus(-margin)
        let root = (sigmoid(margin) * sigmoid(-margin)).squareRoot()
        for column in row * size..<(row + 1) * size { weighted[column] *= root }
      }
      var information = [Double](repeating: 0, count: size * size)
      LinearAlgebra.addGram(
        of: weighted, rows: margins.count, columns: size, to: &information)
      squares = (0..<size).map { information[$0 * size + $0] }
      guard squares.allSatisfy({ $0 > 0 }),
        let factor = CholeskyFactor(of: information, size: size)
      else { return nil }
      self.factor = factor
      objective = factor.diagonal.reduce(-loss) { $0 + log($1) }
    }

    /// Whether each column keeps at least the share `least` of its squared length beside those before it.
    func isDetermined(_ least: Double) -> Bool {
      zip(factor.diagonal, squares).allSatisfy { $0 * $0 > least * $1 }
    }

    var standardErrors: [Double] {
      let size = beta.count
      return (0..<size).map { column in
        var unit = [Double](repeating: 0, count: size)
        unit[column] = 1
        return factor.solve(unit)[column].squareRoot()
      }
    }

    /// The scoring step: I^-1 times Firth's modified score, sum ((1 - p) + h (1/2 - p)) x.
    func step(_ rows: [Double]) -> [Double] {
      let size = beta.count
      let whitened = factor.whiten(rows)
      let weights = margins.indices.map { row in
        let wrong = sigmoid(-margins[row])
        let right = 1 - wrong
        let square = whitened[row * size..<(row + 1) * size].reduce(0) { $0 + $1 * $1 }
        let leverage = right * wrong * square
        return wrong + leverage * (0.5 - right)
      }
      let score = LinearAlgebra.weightedSums(
        of: rows, rows: margins.count, weights: weights, count: 1, columns: size)
      return factor.solve(score)
    }
  }
}
