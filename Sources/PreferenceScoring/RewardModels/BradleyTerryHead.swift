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

/// The fit of a `BradleyTerryHead`, a few rows at a time.
///
/// Meaning: Newton's method in double precision; each iteration is one pass over the rows that gathers
/// J and its gradient, and its Hessian where the last one is of a theta too far away. A step that does
/// not lower J is halved. Where x'x is known, `HeadDescent` goes most of the way before, so that one
/// Hessian is enough. It ends when no entry of the gradient exceeds 1e-8 a row, with the Hessian of a
/// theta whose margins differ by at most .001 (weighted root mean square), which is far less than the
/// one step of `LeaveOneOut` differs from a refit.
/// - Complexity: O(rows * columns^2) an iteration with a Hessian, of which there are one to four;
///   O(rows * columns) without.
struct HeadFit: Sendable {
  private let penalties: [Double]
  private let rowCount: Int
  private let gram: [Float]
  private var descent: HeadDescent?
  private var theta: [Double]
  private var step: [Double]
  private var lastObjective = Double.infinity
  private(set) var iteration = 0
  private var pass: RowPass
  private var factor: CholeskyFactor?
  /// How far the margins have moved since the Hessian of `factor`, at most.
  private var drift = 0.0

  /// - Parameters:
  ///   - rowCount: How many rows the design has.
  ///   - penalties: One a column.
  ///   - start: Where the search for theta begins.
  ///   - gram: x'x of the design, roughly, where it is known.
  init(rowCount: Int, penalties: [Double], start: [Double], gram: [Float]? = nil) {
    precondition(
      start.count == penalties.count,
      "\(start.count) weights to start from, \(penalties.count) penalties")
    self.rowCount = rowCount
    self.penalties = penalties
    self.gram = gram ?? []
    theta = start
    step = Array(repeating: 0, count: start.count)
    descent = gram.map { _ in HeadDescent(penalties: penalties, start: start) }
    pass = RowPass(columnCount: start.count, kind: gram == nil ? .hessian : .single)
  }

  /// How far the present iteration is, in [0, 1].
  var shareOfIteration: Double { Double(pass.nextRow) / Double(max(rowCount, 1)) }

  /// Works through about `rowLimit` rows with `jobs` threads; the head, once it is found.
  mutating func advance(
    _ design: DesignMatrix, rowLimit: Int, jobs: Int
  ) -> BradleyTerryHead? {
    pass.add(design, theta: theta, rowLimit: rowLimit, jobs: jobs)
    guard pass.nextRow == design.rowCount else { return nil }
    iteration += 1
    let done = pass
    pass = RowPass(columnCount: theta.count, kind: .slope)
    if descent != nil {
      descend(done.slope)
      return nil
    }
    return step(after: done)
  }

  private mutating func descend(_ slope: LossSlope) {
    descent?.take(slope, rowCount: rowCount) { [gram, penalties] curvature in
      FirstInverse(gram: gram, curvature: curvature, penalties: penalties)
    }
    theta = descent?.theta ?? theta
    if descent?.isDone ?? true || iteration >= Self.descentLimit {
      descent = nil
      pass = RowPass(columnCount: theta.count, kind: .hessian)
    } else {
      pass = RowPass(columnCount: theta.count, kind: .single)
    }
  }

  /// The step of Newton's method that `done` asks for, or the head.
  private mutating func step(after done: RowPass) -> BradleyTerryHead? {
    let columns = theta.count
    var objective = done.slope.loss
    for column in 0..<columns {
      objective += 0.5 * penalties[column] * theta[column] * theta[column]
    }
    if objective > lastObjective * (1 + 1e-12), iteration < Self.iterationLimit {
      for column in 0..<columns {
        step[column] /= 2
        theta[column] -= step[column]
      }
      // A direction that failed may be that of a Hessian from elsewhere.
      pass = RowPass(columnCount: columns, kind: .hessian)
      return nil
    }
    lastObjective = objective
    let factor = takeFactor(of: done)
    var ascent = done.slope.ascent
    for column in 0..<columns { ascent[column] -= penalties[column] * theta[column] }
    let largest = ascent.reduce(0) { max($0, abs($1)) }
    if largest < Self.tolerance * Double(rowCount) || iteration >= Self.iterationLimit {
      if drift <= Self.driftOfResult || iteration > Self.iterationLimit {
        return BradleyTerryHead(theta: theta, hessian: factor)
      }
      pass = RowPass(columnCount: columns, kind: .hessian)
      return nil
    }
    step = factor.solve(ascent)
    var gain = 0.0
    for column in 0..<columns {
      gain += ascent[column] * step[column]
      theta[column] += step[column]
    }
    drift += (gain / Double(max(rowCount, 1))).squareRoot()
    if drift > Self.driftOfStep { pass = RowPass(columnCount: columns, kind: .hessian) }
    return nil
  }

  /// The factor of the Hessian that `done` gathered, or of an earlier one.
  private mutating func takeFactor(of done: RowPass) -> CholeskyFactor {
    if let factor, done.kind != .hessian { return factor }
    var hessian = done.hessian
    for column in theta.indices { hessian[column * (theta.count + 1)] += penalties[column] }
    guard let found = CholeskyFactor(of: hessian, size: theta.count) else {
      preconditionFailure("a Hessian with positive penalties is positive definite")
    }
    factor = found
    drift = 0
    return found
  }

  private static let tolerance = 1e-8
  private static let iterationLimit = 60
  private static let descentLimit = 20
  private static let driftOfStep = 0.1
  private static let driftOfResult = 1e-3
}
