import Foundation

/// How likely each side of a pair is the better one when an annotator either knows it, or does not look.
///
/// Meaning: with probability theta(j), the competence, a vote of annotator j is for the better side;
/// otherwise it is drawn from a habit: the longer side with probability xi(j), the shorter with 1 - xi(j),
/// whatever is better. P(vote | truth) = theta [vote = truth] + (1 - theta) xi(vote); the longer side is the
/// better one with probability pi before any vote, learned with one pair of either kind. Expectation and maximisation in turn, as in `OneCoin`: theta starts with s votes, of
/// which 2q - 1 were known (a vote that is right with probability q was known with that one); xi with one
/// vote for either.
///
/// - Range: [0, 1]. Nil for a pair on which nobody votes who shares a pair with somebody.
/// - Complexity: O(votes) a step; 10 to 200 steps.
/// - Limits: competence cannot be below 0, so an annotator who is wrong more often than a coin is taken for
///   one who does not look: nobody's vote counts against what it says. Where
///   the longer side mostly is the better one, who knows and who takes the longer side are hard to tell
///   apart. Else as `OneCoin`.
/// - Source: Hovy, Berg-Kirkpatrick, Vaswani and Hovy, 2013, Learning Whom to Trust with MACE, NAACL
///   (aclanthology.org/N13-1132). There the fit is begun ten times at random, or variational; here once,
///   from the share of votes, and to the maximum of the posterior. A habit for length is ours; there it
///   is one for label names, which sides do not have.
struct MACE: Sendable {
  /// By unit.
  private(set) var firstBetter: [Double?]
  /// By annotator; nil where nobody else votes on any of the annotator's pairs.
  private(set) var competences: [Double?]
  /// After each step: the log-likelihood of the votes with the logarithm of the prior.
  private(set) var objectives: [Double] = []

  init(_ table: VoteTable, prior: VotePrior) {
    let shared = table.units.indices.filter(table.isShared)
    let known = table.comparisons.map { $0.sharedCount > 0 }
    let counts = table.comparisons.map { Double($0.sharedCount) }
    let usual = 2 * prior.reliability - 1
    var first = shared.map { unit -> Double in
      let (first, second) = table.counts(of: unit)
      return Double(first) / Double(first + second)
    }
    var theta = known.map { _ in usual }
    var xi = known.map { _ in 0.5 }
    var pi = 0.5
    var objectives: [Double] = []
    VoteFitting.settle {
      var knew = known.map { _ in VotePrior.strength * usual }
      var habit = known.map { _ in (longer: 1.0, all: 2.0) }
      for (place, unit) in shared.enumerated() {
        for vote in table.votes[table.units[unit]] {
          let annotator = Int(vote.annotator)
          let isLonger = vote.isForFirst == table.isFirstLonger[unit]
          let drawn = (1 - theta[annotator]) * (isLonger ? xi[annotator] : 1 - xi[annotator])
          let agrees = vote.isForFirst ? first[place] : 1 - first[place]
          let knows = agrees * theta[annotator] / (theta[annotator] + drawn)
          knew[annotator] += knows
          habit[annotator].all += 1 - knows
          if isLonger { habit[annotator].longer += 1 - knows }
        }
      }
      var change = 0.0
      for annotator in theta.indices {
        let new = knew[annotator] / (counts[annotator] + VotePrior.strength)
        change = max(change, abs(new - theta[annotator]))
        theta[annotator] = new
        xi[annotator] = habit[annotator].longer / habit[annotator].all
      }
      let longer = zip(shared, first).reduce(1.0) {
        $0 + (table.isFirstLonger[$1.0] ? $1.1 : 1 - $1.1)
      }
      pi = longer / Double(shared.count + 2)
      var objective = log(pi) + log1p(-pi)
      for annotator in theta.indices where known[annotator] {
        objective += VotePrior.strength * usual * log(theta[annotator])
        objective += VotePrior.strength * (1 - usual) * log1p(-theta[annotator])
        objective += log(xi[annotator]) + log1p(-xi[annotator])
      }
      for (place, unit) in shared.enumerated() {
        let terms = Self.terms(table, unit, theta, xi, pi)
        first[place] = sigmoid(terms.first - terms.second)
        objective += terms.second + softplus(terms.first - terms.second)
      }
      objectives.append(objective)
      return change
    }
    self.objectives = objectives
    competences = zip(theta, known).map { $1 ? $0 : nil }
    firstBetter = table.units.indices.map { unit in
      guard table.votes[table.units[unit]].contains(where: { known[Int($0.annotator)] }) else {
        return nil
      }
      let terms = Self.terms(table, unit, theta, xi, pi)
      return sigmoid(terms.first - terms.second)
    }
  }

  /// The logarithms of the probability of the unit's votes together with either side being better.
  private static func terms(
    _ table: VoteTable, _ unit: Int, _ theta: [Double], _ xi: [Double],
    _ pi: Double
  ) -> (first: Double, second: Double) {
    let isFirstLonger = table.isFirstLonger[unit]
    var terms = (
      first: isFirstLonger ? log(pi) : log1p(-pi), second: isFirstLonger ? log1p(-pi) : log(pi)
    )
    for vote in table.votes[table.units[unit]] {
      let annotator = Int(vote.annotator)
      let isLonger = vote.isForFirst == isFirstLonger
      let drawn = (1 - theta[annotator]) * (isLonger ? xi[annotator] : 1 - xi[annotator])
      terms.first += log(vote.isForFirst ? theta[annotator] + drawn : drawn)
      terms.second += log(vote.isForFirst ? drawn : theta[annotator] + drawn)
    }
    return terms
  }
}
