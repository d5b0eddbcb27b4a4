import Foundation

/// How likely each side of a pair is the better one when every annotator has two coins: one for the pairs
/// whose longer side is the better one, one for the others.
///
/// Meaning: the model of Dawid and Skene with two classes, "the longer side is better" and "the shorter
/// side is better", because those mean the same in every pair (first and second side mean nothing).
/// a(j) and b(j) are the probabilities that annotator j's vote is right on a pair of the one class and
/// of the other: an annotator who takes long for good has a high a and a low b. pi is the share of the
/// first class. Expectation and maximisation in turn, as in `OneCoin`, each coin with s / 2 votes of the
/// average, and pi with one pair of either class.
///
/// - Range: [0, 1]. Nil for a pair on which nobody votes who shares a pair with somebody.
/// - Complexity: O(votes) a step; 10 to 100 steps.
/// - Limits: as `OneCoin`; twice as many numbers are learned from the same votes. Sides of equal length
///   go to a class by their keys. A bias for length that all annotators share is not found: it looks
///   like the truth, and pi makes it count once more.
/// - Source: Dawid and Skene, 1979, doi:10.2307/2346806; length as the class is ours.
struct DawidSkene: Sendable {
  /// By unit.
  private(set) var firstBetter: [Double?]
  /// By annotator: how often a vote is right on pairs whose longer, and whose shorter, side is the
  /// better one. Nil where nobody else votes on any of the annotator's pairs.
  private(set) var coins: [Coins?]
  /// The share of pairs whose longer side is the better one.
  private(set) var longerShare = 0.5
  /// After each step: the log-likelihood of the votes with the logarithm of the prior.
  private(set) var objectives: [Double] = []

  struct Coins: Sendable, Equatable {
    var longer: Double
    var shorter: Double
  }

  /// By annotator: the probability that a vote is right.
  var reliabilities: [Double?] {
    coins.map { $0.map { longerShare * $0.longer + (1 - longerShare) * $0.shorter } }
  }

  init(_ table: VoteTable, prior: VotePrior) {
    let shared = table.units.indices.filter(table.isShared)
    let known = table.comparisons.map { $0.sharedCount > 0 }
    let half = VotePrior.strength / 2
    // By shared unit, the probability that the longer side is the better one.
    var longer = shared.map { unit -> Double in
      let (first, second) = table.counts(of: unit)
      let share = Double(first) / Double(first + second)
      return table.isFirstLonger[unit] ? share : 1 - share
    }
    var coins = known.map { _ in Coins(longer: prior.reliability, shorter: prior.reliability) }
    var objectives: [Double] = []
    var pi = 0.5
    VoteFitting.settle {
      var right = known.map { _ in
        Coins(longer: half * prior.reliability, shorter: half * prior.reliability)
      }
      var all = known.map { _ in Coins(longer: half, shorter: half) }
      for (place, unit) in shared.enumerated() {
        for vote in table.votes[table.units[unit]] {
          let annotator = Int(vote.annotator)
          all[annotator].longer += longer[place]
          all[annotator].shorter += 1 - longer[place]
          if vote.isForFirst == table.isFirstLonger[unit] {
            right[annotator].longer += longer[place]
          } else {
            right[annotator].shorter += 1 - longer[place]
          }
        }
      }
      var change = 0.0
      for annotator in coins.indices {
        let new = Coins(
          longer: right[annotator].longer / all[annotator].longer,
          shorter: right[annotator].shorter / all[annotator].shorter)
        change = max(
          change, abs(new.longer - coins[annotator].longer),
          abs(new.shorter - coins[annotator].shorter))
        coins[annotator] = new
      }
      pi = (longer.reduce(0, +) + 1) / Double(longer.count + 2)
      var objective = log(pi) + log1p(-pi)
      for annotator in coins.indices where known[annotator] {
        for coin in [coins[annotator].longer, coins[annotator].shorter] {
          objective += half * (prior.reliability * log(coin))
          objective += half * ((1 - prior.reliability) * log1p(-coin))
        }
      }
      for (place, unit) in shared.enumerated() {
        let terms = Self.terms(table, unit, coins, pi)
        longer[place] = sigmoid(terms.longer - terms.shorter)
        objective += terms.shorter + softplus(terms.longer - terms.shorter)
      }
      objectives.append(objective)
      return change
    }
    self.objectives = objectives
    longerShare = pi
    self.coins = zip(coins, known).map { $1 ? $0 : nil }
    firstBetter = table.units.indices.map { unit in
      guard table.votes[table.units[unit]].contains(where: { known[Int($0.annotator)] }) else {
        return nil
      }
      let terms = Self.terms(table, unit, coins, pi)
      let odds = terms.longer - terms.shorter
      return sigmoid(table.isFirstLonger[unit] ? odds : -odds)
    }
  }

  /// The logarithms of the probability of the unit's votes together with either class.
  private static func terms(
    _ table: VoteTable, _ unit: Int, _ coins: [Coins], _ pi: Double
  ) -> (longer: Double, shorter: Double) {
    var terms = (longer: log(pi), shorter: log1p(-pi))
    for vote in table.votes[table.units[unit]] {
      let own = coins[Int(vote.annotator)]
      if vote.isForFirst == table.isFirstLonger[unit] {
        terms.longer += log(own.longer)
        terms.shorter += log1p(-own.shorter)
      } else {
        terms.longer += log1p(-own.longer)
        terms.shorter += log(own.shorter)
      }
    }
    return terms
  }
}
