import Foundation

/// The fitted reward model: a linear reward whose differences are log-odds of being preferred.
///
/// Meaning: P(i preferred to j) = sigma(theta (phi(i) - phi(j))), without an intercept, which would
/// be a bias towards a column of the file. theta minimises
/// J = sum softplus(-margin) + 1/2 sum penalty theta^2.
///
/// - Source: Bradley and Terry, 1952, doi:10.2307/2334029.
struct BradleyTerryHead: Sendable, Equatable {
  let theta: [Double]
  /// L of the Hessian H = x'diag(p(1-p))x + penalties at theta.
  let hessian: CholeskyFactor

  func margin(of row: some Collection<Float>) -> Double {
    zip(theta, row).reduce(0) { $0 + $1.0 * Double($1.1) }
  }
}

/// Newton's method for a `BradleyTerryHead`, a few rows at a time.
///
/// Each iteration is one pass over the rows that gathers J, its gradient and its Hessian; a step that
/// does not lower J is halved. It ends when no entry of the gradient exceeds 1e-8 a row.
/// - Complexity: O(rows * columns^2) an iteration, of which there are 3 to 8.
struct HeadFit: Sendable {
  private let penalties: [Double]
  private let rowCount: Int
  private var theta: [Double]
  private var step: [Double]
  private var lastObjective = Double.infinity
  private(set) var iteration = 0
  private var pass: NewtonPass

  init(rowCount: Int, penalties: [Double], start: [Double]) {
    precondition(
      start.count == penalties.count,
      "\(start.count) weights to start from, \(penalties.count) penalties")
    self.rowCount = rowCount
    self.penalties = penalties
    theta = start
    step = Array(repeating: 0, count: start.count)
    pass = NewtonPass(columnCount: start.count)
  }

  /// How far the present iteration is, in [0, 1].
  var shareOfIteration: Double { Double(pass.nextRow) / Double(max(rowCount, 1)) }

  /// Works through about `rowLimit` rows with `jobs` threads; the head, once it is found.
  mutating func advance(
    _ design: DesignMatrix, rowLimit: Int, jobs: Int
  ) -> BradleyTerryHead? {
    pass.add(design, theta: theta, rowLimit: rowLimit, jobs: jobs)
    guard pass.nextRow == design.rowCount else { return nil }
    defer { pass = NewtonPass(columnCount: theta.count) }
    iteration += 1
    var objective = pass.loss
    for column in theta.indices {
      objective += 0.5 * penalties[column] * theta[column] * theta[column]
    }
    if objective > lastObjective * (1 + 1e-12), iteration < Self.iterationLimit {
      for column in theta.indices {
        step[column] /= 2
        theta[column] -= step[column]
      }
      return nil
    }
    lastObjective = objective
    let columns = theta.count
    for column in 0..<columns { pass.hessian[column * columns + column] += penalties[column] }
    guard let factor = CholeskyFactor(of: pass.hessian, size: columns) else {
      preconditionFailure("a Hessian with positive penalties is positive definite")
    }
    var ascent = pass.ascent
    for column in 0..<columns { ascent[column] -= penalties[column] * theta[column] }
    let largest = ascent.reduce(0) { max($0, abs($1)) }
    if largest < Self.tolerance * Double(rowCount) || iteration >= Self.iterationLimit {
      return BradleyTerryHead(theta: theta, hessian: factor)
    }
    step = factor.solve(ascent)
    for column in 0..<columns { theta[column] += step[column] }
    return nil
  }

  private static let tolerance = 1e-8
  private static let iterationLimit = 40
}

/// One pass of Newton's method: loss, gradient and Hessian of the pairs at `theta`, without penalties.
///
/// Rows are taken in parts of a fixed size, and the parts added up in order, so that the sums do not
/// depend on the number of threads.
private struct NewtonPass: Sendable {
  private(set) var nextRow = 0
  private(set) var loss = 0.0
  /// sum (1 - p) x.
  private(set) var ascent: [Double]
  var hessian: [Double]

  init(columnCount: Int) {
    ascent = Array(repeating: 0, count: columnCount)
    hessian = Array(repeating: 0, count: columnCount * columnCount)
  }

  private static let rowsInPart = 1024

  mutating func add(_ design: DesignMatrix, theta: [Double], rowLimit: Int, jobs: Int) {
    let partCount = max(1, rowLimit / Self.rowsInPart)
    let starts = (0..<partCount).map { nextRow + $0 * Self.rowsInPart }
      .filter { $0 < design.rowCount }
    let parts = parallelMap(count: starts.count, jobs: jobs, scratch: { () }) { index, _ in
      let start = starts[index]
      let rows = start..<min(start + Self.rowsInPart, design.rowCount)
      return Self.part(design, rows, theta)
    }
    for part in parts {
      loss += part.loss
      for index in ascent.indices { ascent[index] += part.ascent[index] }
      for index in hessian.indices { hessian[index] += part.hessian[index] }
    }
    nextRow = min(nextRow + partCount * Self.rowsInPart, design.rowCount)
  }

  private static func part(
    _ design: DesignMatrix, _ rows: Range<Int>, _ theta: [Double]
  ) -> NewtonPass {
    let columns = theta.count
    var part = NewtonPass(columnCount: columns)
    var x = design.rows(rows)
    var weights = LinearAlgebra.products(
      of: x, rows: rows.count, with: theta, count: 1, columns: columns)
    var roots = weights
    for row in weights.indices {
      let margin = weights[row]
      part.loss += softplus(-margin)
      let wrong = sigmoid(-margin)
      weights[row] = wrong
      roots[row] = (wrong * (1 - wrong)).squareRoot()
    }
    part.ascent = LinearAlgebra.weightedSums(
      of: x, rows: rows.count, weights: weights, count: 1, columns: columns)
    for row in weights.indices {
      for column in row * columns..<(row + 1) * columns { x[column] *= roots[row] }
    }
    LinearAlgebra.addGram(of: x, rows: rows.count, columns: columns, to: &part.hessian)
    return part
  }
}
