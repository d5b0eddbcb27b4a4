/// What the votes on a pair say of its label, by their share and by models of the annotators.
///
/// - `votes`: the share of the votes on the pair that are for the label, ties left out;
/// - `one_coin`, `dawid_skene`, `mace`: P(label right) by `OneCoin`, `DawidSkene`, `MACE`;
/// - `crowdlab`: the same by `CrowdLab`, with the head that has not seen the pair as the model.
///
/// Votes stand in a row beside its label, or are the labels of several rows with the same pair, each with
/// its annotator's name; then the label judged is one of the votes.
///
/// - Range: [0, 1], low = suspicious. `votes` nil for a pair without several votes. All nil where the
///   votes say nothing of who is right (`VoteShortage`).
/// - Complexity: O(votes) a step of each model.
/// - Limits: P(label right) is as right as the model of the annotators; see each.
struct VoteAggregation: SignalWork {
  private var done: [SignalID: SignalValues] = [:]
  private var waiting = Array(SignalID.ofVotes)

  var share: Double { 1 - Double(waiting.count) / Double(SignalID.ofVotes.count) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let table = evidence.votes
    let prior: VotePrior
    do { prior = try VotePrior(table) } catch { return [:] }
    let id = waiting.removeFirst()
    let firstBetter =
      switch id {
      case .votes: table.shares
      case .oneCoin: OneCoin(table, prior: prior).firstBetter
      case .dawidSkene: DawidSkene(table, prior: prior).firstBetter
      case .mace: MACE(table, prior: prior).firstBetter
      default: CrowdLab(table, model: evidence.firstBetter)?.firstBetter ?? []
      }
    if !firstBetter.isEmpty {
      done[id] = SignalValues(
        evidence.keys.lazy.map { key in
          table.unit(of: key.pair).flatMap { firstBetter[$0] }.map {
            key.chosen < key.rejected ? $0 : 1 - $0
          }
        })
    }
    return waiting.isEmpty ? done : nil
  }
}

extension SignalEvidence {
  /// By unit of `votes`, the probability that the first side is the better one by the head that has
  /// not seen the pair.
  fileprivate var firstBetter: [Double?] {
    var known = [Double?](repeating: nil, count: votes.unitCount)
    for (row, key) in keys.enumerated() {
      guard let unit = votes.unit(of: key.pair), known[unit] == nil else { continue }
      let margin = leftOutMargins[row]
      known[unit] = sigmoid(key.chosen < key.rejected ? margin : -margin)
    }
    return known
  }
}
