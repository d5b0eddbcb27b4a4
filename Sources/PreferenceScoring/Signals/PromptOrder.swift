/// The orders of a prompt's responses that three rules give, each without the match that it judges.
///
/// Meaning: of a match between a and b, with all its labels left out,
/// - Copeland: the mean over the other opponents of a of majority won (1), tied (0) or lost (-1), minus
///   the same of b;
/// - Borda: the mean over the other opponents of a of the share of labels won, minus the same of b;
/// - Bradley-Terry: reward(a) - reward(b) where all labels together fit best, rewards standard normal
///   before any label is seen; the match is left out by one Newton step (Pregibon), with p, k of n labels
///   won and h = (H^-1)aa + (H^-1)bb - 2 (H^-1)ab: margin - h (k - n p) / (1 - n p (1-p) h).
///
/// - Range: [-2, 2], [-1, 1], all reals; above 0 = a is better. nil where a or b has no other opponent;
///   Bradley-Terry also where a prompt has more than `itemLimit` responses.
/// - Complexity: O(m^3) for m responses.
/// - Limits: the rules may disagree: a response may win most of its matches narrowly. Each knows
///   nothing of the texts.
/// - Source: axioms for reward models: arXiv:2405.14758 (Copeland, Borda and Bradley-Terry there as
///   whole orders; leaving out the match is ours). Pregibon, 1981, doi:10.1214/aos/1176345513.
struct PromptOrder {
  static let itemLimit = 500

  private let tournament: PromptTournament
  /// By item, over all its matches.
  private let majorities: [Int]
  private let shares: [Double]
  /// Empty where there are too many items.
  private let rewards: [Double]
  /// H^-1, m x m.
  private let covariance: [Double]

  struct Margins {
    var copeland: Double
    var borda: Double
    var bradleyTerry: Double?

    /// The share of the rules that prefer the other one; a draw counts half.
    var votesAgainst: Double {
      let margins = [copeland, borda] + (bradleyTerry.map { [$0] } ?? [])
      return margins.reduce(0) { $0 + ($1 < 0 ? 1 : $1 == 0 ? 0.5 : 0) } / Double(margins.count)
    }
  }

  init(_ tournament: PromptTournament) {
    self.tournament = tournament
    majorities = tournament.matches.map { $0.reduce(0) { $0 + $1.majority } }
    shares = tournament.matches.map { $0.reduce(0) { $0 + $1.winShare } }
    if tournament.itemCount <= Self.itemLimit {
      (rewards, covariance) = Self.fit(tournament)
    } else {
      (rewards, covariance) = ([], [])
    }
  }

  /// By how much `item` is better than the opponent of `match`, one of its own.
  func margins(of item: Int, match: PromptTournament.Match) -> Margins? {
    let opponent = match.opponent
    let counts = [item, opponent].map { Double(tournament.matches[$0].count - 1) }
    guard counts[0] > 0, counts[1] > 0 else { return nil }
    return Margins(
      copeland: Double(majorities[item] - match.majority) / counts[0]
        - Double(majorities[opponent] + match.majority) / counts[1],
      borda: (shares[item] - match.winShare) / counts[0]
        - (shares[opponent] - (1 - match.winShare)) / counts[1],
      bradleyTerry: leftOutMargin(of: item, match: match))
  }

  private func leftOutMargin(of item: Int, match: PromptTournament.Match) -> Double? {
    guard !rewards.isEmpty else { return nil }
    let (opponent, size) = (match.opponent, rewards.count)
    let margin = rewards[item] - rewards[opponent]
    let leverage =
      covariance[item * size + item] + covariance[opponent * size + opponent]
      - 2 * covariance[item * size + opponent]
    let p = sigmoid(margin)
    let count = Double(match.labelCount)
    return margin - leverage * (Double(match.wins) - count * p)
      / (1 - count * p * (1 - p) * leverage)
  }

  /// The rewards that fit best, and the inverse of the Hessian there.
  private static func fit(_ tournament: PromptTournament) -> ([Double], [Double]) {
    let size = tournament.itemCount
    var rewards = [Double](repeating: 0, count: size)
    var step = rewards
    var slope = Slope(tournament, at: rewards)
    var curvature = factor(slope.hessian, size: size)
    for _ in 0..<stepLimit {
      step = curvature.solve(slope.ascent)
      guard step.contains(where: { abs($0) > 1e-10 }) else { break }
      let before = slope.objective
      for item in 0..<size { rewards[item] += step[item] }
      slope = Slope(tournament, at: rewards)
      while slope.objective > before + 1e-12 * abs(before) {
        for item in 0..<size {
          step[item] /= 2
          rewards[item] -= step[item]
        }
        slope = Slope(tournament, at: rewards)
      }
      curvature = factor(slope.hessian, size: size)
    }
    var identity = [Double](repeating: 0, count: size * size)
    for item in 0..<size { identity[item * size + item] = 1 }
    return (rewards, curvature.solve(identity))
  }

  private static let stepLimit = 50

  private static func factor(_ matrix: [Double], size: Int) -> CholeskyFactor {
    guard let factor = CholeskyFactor(of: matrix, size: size) else {
      preconditionFailure("a Laplacian and the identity are positive definite")
    }
    return factor
  }

  /// The objective, minus its gradient, and its Hessian.
  private struct Slope {
    var objective = 0.0
    var ascent: [Double]
    var hessian: [Double]

    init(_ tournament: PromptTournament, at rewards: [Double]) {
      let size = rewards.count
      ascent = rewards.map { -$0 }
      hessian = [Double](repeating: 0, count: size * size)
      for item in 0..<size {
        objective += 0.5 * rewards[item] * rewards[item]
        hessian[item * size + item] += 1
        for match in tournament.matches[item] {
          let margin = rewards[item] - rewards[match.opponent]
          let p = sigmoid(margin)
          let curvature = Double(match.labelCount) * p * (1 - p)
          objective += Double(match.wins) * softplus(-margin)
          ascent[item] += Double(match.wins) - Double(match.labelCount) * p
          hessian[item * size + item] += curvature
          hessian[item * size + match.opponent] -= curvature
        }
      }
    }
  }
}
