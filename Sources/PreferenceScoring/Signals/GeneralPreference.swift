/// How much each response to a prompt is preferred to each other one, where that need not be an order.
///
/// Meaning: response i has a reward u(i) and a vector (a(i), b(i)); the margin of i over j is
/// u(i) - u(j) + a(i) b(j) - b(i) a(j). The first part is Bradley-Terry; in the second each response
/// beats those that lie up to half a turn ahead of it, so that stone, scissors and paper have a place each.
/// What is minimised is sum of softplus(-margin) over the labels + 1/2 sum (u^2 + a^2 + b^2): all standard
/// normal before a label is seen. One response after the other takes a Newton step in its own three
/// numbers, of which the loss is a convex function, halved until it does no harm.
///
/// - Complexity: O(matches) a sweep, at most `sweepLimit`.
/// - Limits: not convex in all numbers together; it starts from the plane that the residuals of
///   Bradley-Terry show most of. A response is what it is called: its words are not looked at.
/// - Source: the general preference model, Zhang et al., 2024, arXiv:2410.02197: v(i)' R v(j) with R skew,
///   here two planes, one coordinate of the first fixed at 1, which is the reward. There v is a head on a
///   language model.
struct GeneralPreference: Sendable {
  /// The labels between two responses.
  struct Match: Sendable, Hashable {
    var first: Int
    var second: Int
    /// How many labels prefer the first, and the second.
    var wins: Int
    var losses: Int
  }

  private static let sweepLimit = 100
  private static let planeIterations = 30
  private static let tolerance = 1e-7

  /// u, a and b of each response.
  private(set) var numbers: [[Double]]
  /// After each sweep, what is minimised.
  private(set) var objectives: [Double] = []
  /// By response, the matches that it is in, as it sees them.
  private let opponents: [[(other: Int, wins: Double, losses: Double)]]

  /// - Parameters:
  ///   - matches: Of responses 0 ..< `count`; no two of the same ones.
  ///   - count: How many responses there are.
  ///   - hasPlane: Whether margins may go round in circles; else this is Bradley-Terry.
  init(_ matches: [Match], count: Int, hasPlane: Bool) {
    var opponents = [[(other: Int, wins: Double, losses: Double)]](repeating: [], count: count)
    for match in matches {
      let (wins, losses) = (Double(match.wins), Double(match.losses))
      opponents[match.first].append((match.second, wins, losses))
      opponents[match.second].append((match.first, losses, wins))
    }
    self.opponents = opponents
    numbers = Array(repeating: [0, 0, 0], count: count)
    descend(by: 1)
    guard hasPlane else { return }
    findPlane()
    objectives = []
    descend(by: 3)
  }

  /// By how much `one` is preferred to `other`, in log-odds.
  func margin(_ one: Int, over other: Int) -> Double {
    let (i, j) = (numbers[one], numbers[other])
    return i[0] - j[0] + i[1] * j[2] - i[2] * j[1]
  }

  private var objective: Double {
    numbers.indices.reduce(0) { sum, item in
      // Each match stands with both of its responses.
      let labels = opponents[item].reduce(0) { sum, match in
        sum + (match.other > item ? loss(of: match, margin: margin(item, over: match.other)) : 0)
      }
      return sum + labels + numbers[item].reduce(0) { $0 + $1 * $1 / 2 }
    }
  }

  private func loss(
    of match: (other: Int, wins: Double, losses: Double), margin: Double
  ) -> Double {
    match.wins * softplus(-margin) + match.losses * softplus(margin)
  }

  /// Sweeps over all responses, each with its first `size` numbers, until nothing is gained.
  private mutating func descend(by size: Int) {
    for _ in 0..<Self.sweepLimit {
      for item in numbers.indices { step(item, size) }
      let reached = objective
      let gain = objectives.last.map { $0 - reached } ?? .infinity
      objectives.append(reached)
      if gain <= Self.tolerance * Double(numbers.count) { return }
    }
  }

  private mutating func step(_ item: Int, _ size: Int) {
    let own = numbers[item]
    var slope = Array(own.prefix(size))
    var hessian = [Double](repeating: 0, count: size * size)
    for place in 0..<size { hessian[place * (size + 1)] = 1 }
    for match in opponents[item] {
      let other = numbers[match.other]
      let features = [1, other[2], -other[1]]
      let p = sigmoid(margin(item, over: match.other))
      let pull = match.losses * p - match.wins * (1 - p)
      let curvature = (match.wins + match.losses) * p * (1 - p)
      for row in 0..<size {
        slope[row] += pull * features[row]
        for column in row..<size {
          hessian[row * size + column] += curvature * features[row] * features[column]
        }
      }
    }
    guard let factor = CholeskyFactor(of: hessian, size: size) else {
      preconditionFailure("a penalised Hessian is positive definite")
    }
    var change = factor.solve(slope)
    let before = ownLoss(of: item)
    for _ in 0..<20 {
      for place in 0..<size { numbers[item][place] = own[place] - change[place] }
      if ownLoss(of: item) <= before { return }
      change = change.map { $0 / 2 }
    }
    numbers[item] = own
  }

  /// What of the objective depends on `item`.
  private func ownLoss(of item: Int) -> Double {
    opponents[item].reduce(numbers[item].reduce(0) { $0 + $1 * $1 / 2 }) {
      $0 + loss(of: $1, margin: margin(item, over: $1.other))
    }
  }

  /// Sets a and b to the plane that holds most of what the rewards leave of the labels.
  private mutating func findPlane() {
    let residuals = opponents.indices.map { item in
      opponents[item].map { match in
        match.wins - (match.wins + match.losses) * sigmoid(margin(item, over: match.other))
      }
    }
    // R z, R skew.
    func turned(_ z: [Double]) -> [Double] {
      opponents.indices.map { item in
        zip(opponents[item], residuals[item]).reduce(0) { $0 + $1.1 * z[$1.0.other] }
      }
    }
    func length(_ z: [Double]) -> Double { z.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    var generator = SeededGenerator(seed: UInt64(numbers.count))
    var z = numbers.map { _ in generator.unit() - 0.5 }
    for _ in 0..<Self.planeIterations {
      let next = turned(turned(z))
      let size = length(next)
      guard size > 1e-12 else { return }
      z = next.map { -$0 / size }
    }
    let across = turned(z)
    let size = length(across)
    guard size > 1e-12 else { return }
    // The slope of sigma at 0 is 1/4.
    let scale = (4 * size).squareRoot()
    for item in numbers.indices {
      numbers[item][1] = scale * across[item] / size
      numbers[item][2] = scale * z[item]
    }
  }
}
