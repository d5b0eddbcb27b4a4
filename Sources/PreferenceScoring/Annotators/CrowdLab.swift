/// How likely each side of a pair is the better one by a weighted mean of a reward model and the votes.
///
/// Meaning: the consensus of a pair is its majority, an even split going as the model has it. With L the
/// mean share of votes that agree with the consensus, A(j) the share of other votes that annotator j
/// agrees with, and e the share of consensuses that the model contradicts (over pairs with several votes),
/// w(j) = 1 - (1 - A(j)) / E and w(M) = (1 - e / E) sqrt(mean number of votes), at least `least`, where
/// E = 1/2 is the error of always guessing one side.
/// P(first) = (w(M) p(M) + sum of w(j) (L for a vote for it, 1 - L for one against)) / (w(M) + sum w(j)).
/// The model is the head that has not seen the pair.
///
/// - Range: [1 - L, L] but for the model's part; within [0, 1]. Nil where the model says nothing of the
///   pair.
/// - Complexity: O(votes).
/// - Limits: a mean, so that ten votes that agree are no surer than two; the head has learned from labels
///   that are made of the same votes, of other pairs. An annotator of few votes has a weight of few votes:
///   nothing is drawn to the average.
/// - Source: Goh, Tkachenko and Mueller, 2022, arXiv:2210.06812, as cleanlab 2.9 has it
///   (multiannotator.py). There E is measured; between two sides without names it is 1/2.
struct CrowdLab: Sendable {
  /// By unit.
  let firstBetter: [Double?]
  /// By annotator: how good the votes are, by the model and by the consensus; nil where nobody else
  /// votes on any of the annotator's pairs.
  let qualities: [Double?]

  private static let least = 1e-6
  private static let guessingError = 0.5

  /// Nil where the model says nothing of any shared pair.
  ///
  /// - Parameters:
  ///   - table: The votes.
  ///   - model: By unit, the model's probability that the first side is the better one.
  init?(_ table: VoteTable, model: [Double?]) {
    precondition(model.count == table.unitCount, "\(table.unitCount) units, got \(model.count)")
    let usable = table.units.indices.filter { model[$0] != nil }
    let shared = usable.filter(table.isShared)
    guard !shared.isEmpty else { return nil }
    func prefersFirst(_ unit: Int) -> Bool {
      let (first, second) = table.counts(of: unit)
      return first == second ? (model[unit] ?? 0.5) >= 0.5 : first > second
    }
    var agreeing = 0.0
    var wrong = 0
    for unit in shared {
      let (first, second) = table.counts(of: unit)
      let isFirst = prefersFirst(unit)
      agreeing += Double(isFirst ? first : second) / Double(first + second)
      if ((model[unit] ?? 0.5) >= 0.5) != isFirst { wrong += 1 }
    }
    let likelihood = agreeing / Double(shared.count)
    let comparisons = table.comparisons
    let agreements = comparisons.map(\.agreement)
    let known = agreements.compactMap(\.self)
    let usual = known.reduce(0, +) / Double(max(known.count, 1))
    let weights = agreements.map {
      max(Self.least, 1 - (1 - ($0 ?? usual)) / Self.guessingError)
    }
    let voteCount = usable.reduce(0) { $0 + table.units[$1].count }
    let meanCount = Double(voteCount) / Double(usable.count)
    let modelError = Double(wrong) / Double(shared.count)
    let modelWeight =
      max(Self.least, 1 - modelError / Self.guessingError) * meanCount.squareRoot()
    let posterior = table.units.indices.map { unit -> Double? in
      guard let own = model[unit] else { return nil }
      var sum = modelWeight * own
      var total = modelWeight
      for vote in table.votes[table.units[unit]] {
        let weight = weights[Int(vote.annotator)]
        sum += weight * (vote.isForFirst ? likelihood : 1 - likelihood)
        total += weight
      }
      return sum / total
    }
    firstBetter = posterior

    // The mean posterior of an annotator's own votes, and their share that goes with the consensus.
    var byModel = comparisons.map { _ in (sum: 0.0, count: 0.0) }
    var byConsensus = byModel
    for unit in usable {
      let isFirst = prefersFirst(unit)
      for vote in table.votes[table.units[unit]] {
        let annotator = Int(vote.annotator)
        let own = posterior[unit] ?? 0.5
        byModel[annotator].sum += vote.isForFirst ? own : 1 - own
        byModel[annotator].count += 1
        guard table.isShared(unit) else { continue }
        byConsensus[annotator].sum += vote.isForFirst == isFirst ? 1 : 0
        byConsensus[annotator].count += 1
      }
    }
    let allWeights = weights.reduce(0, +) * meanCount / Double(weights.count)
    let share = modelWeight / (modelWeight + allWeights)
    qualities = comparisons.indices.map { annotator in
      guard byConsensus[annotator].count > 0 else { return nil }
      return share * byModel[annotator].sum / byModel[annotator].count
        + (1 - share) * byConsensus[annotator].sum / byConsensus[annotator].count
    }
  }
}
