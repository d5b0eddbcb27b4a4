/// The way of one setting down to its head: a quasi-Newton method that looks at loss and gradient only.
///
/// Meaning: minimises J = sum softplus(-margin) + 1/2 sum penalty theta^2 by steps -B gradient, where B
/// starts as a `FirstInverse` and learns from each step how the gradient has changed since (L-BFGS). A
/// step after which J is higher is halved. Without a `FirstInverse` B starts as a multiple of the identity,
/// each time the one that suits the last change; J need not be convex then.
///
/// - Complexity: columns^2 a step, besides the caller's pass over the rows and the first inverse; O(columns)
///   without.
/// - Source: Nocedal, 1980, doi:10.1090/S0025-5718-1980-0572855-7 (algorithm and two-loop recursion);
///   Liu and Nocedal, 1989, doi:10.1007/BF01589116 (the multiple).
struct HeadDescent: Sendable {
  /// Where the next pass over the rows has to look; once `isDone`, the head.
  private(set) var theta: [Double]
  private(set) var isDone = false
  private let penalties: [Double]
  private let tolerance: Double
  private var inverse: FirstInverse?
  private var step: [Double] = []
  private var lastAscent: [Double] = []
  private var lastObjective = Double.infinity
  private var memory: [(step: [Double], change: [Double], product: Double)] = []

  /// - Parameters:
  ///   - penalties: One a column.
  ///   - start: Where it begins.
  ///   - tolerance: It ends with a step that lowers J by less than this a row. By default one that changes
  ///     no loss that is compared.
  init(penalties: [Double], start: [Double], tolerance: Double = 1e-6) {
    self.penalties = penalties
    self.tolerance = tolerance
    theta = start
  }

  /// Goes a step further, or ends it.
  ///
  /// - Parameters:
  ///   - slope: What a pass over the rows found at `theta`.
  ///   - rowCount: How many rows that were.
  ///   - firstInverse: What the way begins with, given the mean of p(1-p); asked for once, if there is one.
  mutating func take(
    _ slope: LossSlope, rowCount: Int,
    firstInverse: (_ curvature: Double) -> FirstInverse? = { _ in nil }
  ) {
    var objective = slope.loss
    var ascent = slope.ascent
    for column in theta.indices {
      objective += 0.5 * penalties[column] * theta[column] * theta[column]
      ascent[column] -= penalties[column] * theta[column]
    }
    if objective > lastObjective + tolerance * Double(rowCount) {
      for column in theta.indices {
        step[column] /= 2
        theta[column] -= step[column]
      }
      return
    }
    if lastAscent.isEmpty {
      inverse = firstInverse(slope.curvature / Double(rowCount))
    } else {
      learn(from: ascent)
    }
    lastObjective = objective
    lastAscent = ascent
    step = direction(ascent)
    var gain = 0.0
    for column in theta.indices {
      gain += ascent[column] * step[column]
      theta[column] += step[column]
    }
    isDone = gain < tolerance * Double(rowCount)
  }

  private static let memoryLimit = 8

  private mutating func learn(from ascent: [Double]) {
    let change = zip(lastAscent, ascent).map { $0 - $1 }
    let product = zip(step, change).reduce(0) { $0 + $1.0 * $1.1 }
    guard product > 0 else { return }
    memory.append((step, change, product))
    if memory.count > Self.memoryLimit { memory.removeFirst() }
  }

  /// B `ascent`.
  private func direction(_ ascent: [Double]) -> [Double] {
    var rest = ascent
    var shares: [Double] = []
    for past in memory.reversed() {
      let share = zip(past.step, rest).reduce(0) { $0 + $1.0 * $1.1 } / past.product
      for column in rest.indices { rest[column] -= share * past.change[column] }
      shares.append(share)
    }
    let multiple = multiple(ascent)
    var direction = inverse?(rest) ?? rest.map { $0 * multiple }
    for (past, share) in zip(memory, shares.reversed()) {
      let back = zip(past.change, direction).reduce(0) { $0 + $1.0 * $1.1 } / past.product
      for column in direction.indices { direction[column] += (share - back) * past.step[column] }
    }
    return direction
  }

  /// What B starts as without a `FirstInverse`: at first such that the step has length 1.
  private func multiple(_ ascent: [Double]) -> Double {
    func square(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } }
    guard let last = memory.last else {
      return 1 / max(square(ascent).squareRoot(), .leastNormalMagnitude)
    }
    return last.product / square(last.change)
  }
}
