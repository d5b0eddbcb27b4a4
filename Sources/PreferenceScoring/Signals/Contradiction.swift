/// How much of what the other labels say of the same two responses contradicts a label.
///
/// Meaning: of a pair that prefers a to b, direct witnesses are its copies (b over a contradicts, a
/// over b supports), and two-step witnesses the responses c to the same prompt with b over c and c
/// over a (contradicts: a cycle) or a over c and c over b (supports), each pair of labels by its
/// majority. The signal is (contradicting + 1/2) / (all + 1), where there is a witness.
///
/// - Range: (0, 1); 1/2 = as much for as against; nil where nothing else speaks of the two.
/// - Complexity: O(sum over the pairs of the smaller number of opponents of a and b).
/// - Limits: exact and near-copies (letter case, spacing and punctuation aside) only; a two-step
///   witness is only as right as its two labels. Cycles can be honest: tastes need not be transitive.
/// - Source: circular triads: Kendall and Babington Smith, 1940, doi:10.1093/biomet/31.3-4.324; the
///   share, with half a witness for either side, is ours.
struct Contradiction: SignalWork {
  var share: Double { 0 }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: [Double?]]? {
    let tournament = Tournament(evidence.keys)
    return [.contradiction: evidence.keys.map { tournament.contradiction(of: $0) }]
  }
}

/// Who beat whom among the responses of each prompt.
private struct Tournament {
  private var numbers: [UInt64: Int] = [:]
  /// By response: its opponents in the order of their first meeting.
  private var opponents: [[Int]] = []
  /// By winner and loser: how many labels say so.
  private var wins: [Edge: Int] = [:]

  private struct Edge: Hashable {
    var winner: Int
    var loser: Int
  }

  init(_ pairs: [PairKeys]) {
    for pair in pairs {
      let winner = number(of: pair.items[0])
      let loser = number(of: pair.items[1])
      guard winner != loser else { continue }
      if count(winner, over: loser) + count(loser, over: winner) == 0 {
        opponents[winner].append(loser)
        opponents[loser].append(winner)
      }
      wins[Edge(winner: winner, loser: loser), default: 0] += 1
    }
  }

  private mutating func number(of item: UInt64) -> Int {
    if let number = numbers[item] { return number }
    numbers[item] = opponents.count
    opponents.append([])
    return opponents.count - 1
  }

  private func count(_ winner: Int, over loser: Int) -> Int {
    wins[Edge(winner: winner, loser: loser)] ?? 0
  }

  /// 1 where the majority of labels prefers `first` to `second`, -1 the other way round, else 0.
  private func majority(_ first: Int, _ second: Int) -> Int {
    (count(first, over: second) - count(second, over: first)).signum()
  }

  func contradiction(of pair: PairKeys) -> Double? {
    guard let winner = numbers[pair.items[0]], let loser = numbers[pair.items[1]],
      winner != loser
    else { return nil }
    var against = count(loser, over: winner)
    var supporting = count(winner, over: loser) - 1
    let isWinnerShorter = opponents[winner].count <= opponents[loser].count
    for other in opponents[isWinnerShorter ? winner : loser] {
      let first = majority(winner, other)
      guard first != 0, majority(other, loser) == first else { continue }
      if first > 0 { supporting += 1 } else { against += 1 }
    }
    let witnesses = against + supporting
    return witnesses == 0 ? nil : (Double(against) + 0.5) / Double(witnesses + 1)
  }
}
