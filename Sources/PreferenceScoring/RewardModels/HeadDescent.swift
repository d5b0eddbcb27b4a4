/// The way of one setting down to its head: a quasi-Newton method that looks at loss and gradient only.
///
/// Meaning: minimises J = sum softplus(-margin) + 1/2 sum penalty theta^2 by steps -B gradient, where B
/// starts as a `FirstInverse` and learns from each step how the gradient has changed since (L-BFGS). A
/// step after which J is higher is halved.
///
/// - Complexity: columns^2 a step, besides the caller's pass over the rows and the first inverse.
/// - Source: Nocedal, 1980, doi:10.1090/S0025-5718-1980-0572855-7 (algorithm and two-loop recursion);
struct HeadDescent: Sendable {
  /// Where the next pass over the rows has to look; once `isDone`, the head.
  private(set) var theta: [Double]
  private(set) var isDone = false
  private let penalties: [Double]
  private var inverse: FirstInverse?
  private var step: [Double] = []
  private var lastAscent: [Double] = []
  private var lastObjective = Double.infinity
  private var memory: [(step: [Double], change: [Double], product: Double)] = []

  init(penalties: [Double], start: [Double]) {
    self.penalties = penalties
    theta = start
  }

  /// Goes a step further, or ends it.
  ///
  /// - Parameters:
  ///   - slope: What a pass over the rows found at `theta`.
  ///   - rowCount: How many rows that were.
  ///   - firstInverse: What the way begins with, given the mean of p(1-p); asked for once.
  mutating func take(
    _ slope: LossSlope, rowCount: Int, firstInverse: (_ curvature: Double) -> FirstInverse
  ) {
    var objective = slope.loss
    var ascent = slope.ascent
    for column in theta.indices {
      objective += 0.5 * penalties[column] * theta[column] * theta[column]
      ascent[column] -= penalties[column] * theta[column]
    }
    if objective > lastObjective + Self.tolerance * Double(rowCount) {
      for column in theta.indices {
        step[column] /= 2
        theta[column] -= step[column]
      }
      return
    }
    if inverse == nil {
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
    isDone = gain < Self.tolerance * Double(rowCount)
  }

  /// A step that lowers J by less than this a row changes no loss that is compared.
  private static let tolerance = 1e-6
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
    var direction = inverse?(rest) ?? rest
    for (past, share) in zip(memory, shares.reversed()) {
      let back = zip(past.change, direction).reduce(0) { $0 + $1.0 * $1.1 } / past.product
      for column in direction.indices { direction[column] += (share - back) * past.step[column] }
    }
    return direction
  }
}
