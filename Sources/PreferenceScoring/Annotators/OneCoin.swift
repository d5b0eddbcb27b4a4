import Foundation

/// How likely each side of a pair is the better one when every annotator has one coin: a vote is right
/// with the annotator's own probability, whichever side that is.
///
/// Meaning: with r(j) the reliability of annotator j, and both sides as likely before any vote,
/// ln odds(first side better) = sum of ln(r / (1 - r)) over the votes for it, less the same over the
/// votes against it. r(j) = (sum of P(vote right) over j's votes + s q) / (their number + s), with s
/// votes of the average q (`VotePrior`). Both in turn, from the share of votes, until they settle. Only
/// pairs with several votes count for r: a lone vote would vouch for itself.
///
/// - Range: [0, 1]. Nil for a pair on which nobody votes who shares a pair with somebody.
/// - Complexity: O(votes) a step; 10 to 100 steps.
/// - Limits: annotators are taken to err independently; where they do not (judges of one make, hard
///   pairs that mislead everybody), the probabilities are too near 0 and 1, and their order is better
///   than their size. Ties are left out: they say nothing of which side is better.
/// - Source: Dawid and Skene, 1979, doi:10.2307/2346806, with symmetric errors, since which side of a
///   pair is called the first means nothing; the same reliability is eta of RE-PO (arXiv:2509.24159,
///   equations 4 and 6) with P held at 1/2.
struct OneCoin: Sendable {
  /// By unit.
  private(set) var firstBetter: [Double?]
  /// By annotator: the probability that a vote is right. Nil where nobody else votes on any of the
  /// annotator's pairs.
  private(set) var reliabilities: [Double?]
  /// After each step: the log-likelihood of the votes with the logarithm of the prior.
  private(set) var objectives: [Double] = []

  init(_ table: VoteTable, prior: VotePrior) {
    let shared = table.units.indices.filter(table.isShared)
    let known = table.comparisons.map { $0.sharedCount > 0 }
    let counts = table.comparisons.map { Double($0.sharedCount) }
    var right = shared.map { unit -> Double in
      let (first, second) = table.counts(of: unit)
      return Double(first) / Double(first + second)
    }
    var rates = counts.map { _ in prior.reliability }
    var objectives: [Double] = []
    VoteFitting.settle {
      var sums = counts.map { _ in VotePrior.strength * prior.reliability }
      for (place, unit) in shared.enumerated() {
        for vote in table.votes[table.units[unit]] {
          sums[Int(vote.annotator)] += vote.isForFirst ? right[place] : 1 - right[place]
        }
      }
      var change = 0.0
      for annotator in rates.indices {
        let rate = sums[annotator] / (counts[annotator] + VotePrior.strength)
        change = max(change, abs(rate - rates[annotator]))
        rates[annotator] = rate
      }
      let odds = rates.map { log($0) - log1p(-$0) }
      var objective = 0.0
      for annotator in rates.indices where known[annotator] {
        objective +=
          VotePrior.strength
          * (prior.reliability * log(rates[annotator])
            + (1 - prior.reliability) * log1p(-rates[annotator]))
      }
      for (place, unit) in shared.enumerated() {
        let votes = table.votes[table.units[unit]]
        let sum = Self.logOdds(votes, odds)
        right[place] = sigmoid(sum)
        // ln(prod r or 1-r / 2 + prod 1-r or r / 2), by the smaller of the two terms.
        let against = votes.reduce(0.0) {
          $0 + ($1.isForFirst ? log1p(-rates[Int($1.annotator)]) : log(rates[Int($1.annotator)]))
        }
        objective += against + softplus(sum) - log(2)
      }
      objectives.append(objective)
      return change
    }
    self.objectives = objectives
    reliabilities = zip(rates, known).map { $1 ? $0 : nil }
    let odds = rates.map { log($0) - log1p(-$0) }
    firstBetter = table.units.map { unit in
      let votes = table.votes[unit]
      guard votes.contains(where: { known[Int($0.annotator)] }) else { return nil }
      return sigmoid(Self.logOdds(votes, odds))
    }
  }

  private static func logOdds(_ votes: ArraySlice<VoteTable.Vote>, _ odds: [Double]) -> Double {
    votes.reduce(0.0) { $0 + ($1.isForFirst ? 1 : -1) * odds[Int($1.annotator)] }
  }
}
