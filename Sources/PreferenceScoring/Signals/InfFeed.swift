/// Counsel on the pairs that seem to do harm: what the pairs that bear most on each say of its label.
///
/// Meaning: only a pair i is spoken of whose label does harm: swapping it would lower the loss of the
/// target (`Influence.flipEffects` < 0) and the head that has not seen it contradicts it. With the
/// influence I(j) = (1 - p(j)) x(i)'H^-1 x(j) of every other pair j on its margin, its own copies left
/// out, the ten pairs of the largest |I(j)| vote: the signal is sum I(j) / sum |I(j)| over them.
///
/// - Range: [-1, 1]; below 0 = the pairs that bear most on it speak against the label: suspicious. nil
///   = nothing to say: the pair does no harm, or more than 2,000 others are more suspicious.
/// - Complexity: O(rows * columns) for each pair that is spoken of.
/// - Limits: shown, never applied. Ten pairs decide, and near-copies of each other vote more than once.
/// - Source: InfFeed, arXiv:2402.14702 (labels by the most influential pairs; attention only to what
///   does harm). Known from its abstract: the number of voters and the weighing are ours.
struct InfFeed: SignalWork {
  private static let voters = 10
  private static let candidateLimit = 2000
  private static let candidatesAtOnce = 8
  private static let rowsAtOnce = 2048

  private var influence: Influence
  private let hasTarget: Bool
  /// The design rows that are spoken of, most suspicious first; nil until they are known.
  private var candidates: [Int]?
  private var votes: [Double] = []

  init(_ evidence: SignalEvidence, target: [Influence.TargetPair]) {
    influence = Influence(evidence, target: target, includingGroups: false)
    hasTarget = !target.isEmpty
  }

  var share: Double {
    guard let candidates else { return 0.2 * influence.share }
    return 0.2 + 0.8 * Double(votes.count) / Double(max(candidates.count, 1))
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    guard hasTarget else { return [:] }
    guard let candidates else {
      if influence.advance(evidence, jobs: jobs) != nil { candidates = harmful(evidence) }
      return nil
    }
    let first = votes.count
    let waiting = (candidates.count - first + Self.candidatesAtOnce - 1) / Self.candidatesAtOnce
    let found = parallelMap(count: min(waiting, jobs), jobs: jobs, scratch: { () }) { index, _ in
      let start = first + index * Self.candidatesAtOnce
      return Self.votes(
        on: Array(candidates[start..<min(start + Self.candidatesAtOnce, candidates.count)]),
        evidence)
    }
    votes += found.flatMap(\.self)
    guard votes.count == candidates.count else { return nil }
    var byRow = SignalValues(nothingOf: evidence.rowCount)
    for (row, vote) in zip(candidates, votes) { byRow[row] = vote }
    return [.infFeed: byRow]
  }

  private func harmful(_ evidence: SignalEvidence) -> [Int] {
    let margins = evidence.leftOutMargins
    let rows = margins.indices.filter { margins[$0] < 0 && influence.flipEffects[$0] < 0 }
    return Array(
      rows.sorted { (margins[$0], $0) < (margins[$1], $1) }.prefix(Self.candidateLimit))
  }

  private static func votes(on rows: [Int], _ evidence: SignalEvidence) -> [Double] {
    let design = evidence.design
    let copies = rows.map { row in
      evidence.groups.copies[evidence.groups.copies.partitionPoint { $0.upperBound > row }]
    }
    let directions = evidence.head.hessian.solve(rows.flatMap { design.rows($0..<$0 + 1) })
      .map(Float.init)
    var strongest = [StrongestPairs](repeating: StrongestPairs(limit: voters), count: rows.count)
    for start in stride(from: 0, to: design.rowCount, by: rowsAtOnce) {
      let part = start..<min(start + rowsAtOnce, design.rowCount)
      let products = LinearAlgebra.products(
        of: design.asInFile(part), rows: 0..<part.count, with: directions, count: rows.count,
        columns: design.columnCount)
      for (place, other) in part.enumerated() {
        let wrong = design.sign(of: other) * Float(sigmoid(-evidence.margins[other]))
        for candidate in rows.indices where !copies[candidate].contains(other) {
          strongest[candidate].add(
            other, amount: wrong * products[place * rows.count + candidate])
        }
      }
    }
    return strongest.map { voters in
      let whole = voters.found.reduce(0.0) { $0 + Double(abs($1.amount)) }
      return whole > 0 ? voters.found.reduce(0.0) { $0 + Double($1.amount) } / whole : 0
    }
  }
}
