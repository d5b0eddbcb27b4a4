import PreferenceData

/// What the decisions of all annotators about pairs of one ranking come to.
struct JudgedRow {
  /// Decisions on sides that are not there.
  let lostCount: Int
  /// Whether every pair that was looked at was passed on.
  let isSkipped: Bool
  /// Nil where no decision is left. Annotators contradict each other where they judge a pair
  /// differently, where one has decided about the whole row, and where their decisions lead in a circle.
  let result: Result<JudgedRanking, JudgedRanking.Problem>?

  /// - Parameters:
  ///   - row: The row.
  ///   - sides: Who its sides are.
  ///   - judgments: By annotator, the decisions that stand beside each other.
  init(_ row: PreferenceRow, sides: [SideID], judgments: [[ReviewLedger.Standing]]) {
    let all = judgments.joined().sorted {
      ($0.sequence, $0.annotator) < ($1.sequence, $1.annotator)
    }
    let found = all.filter { $0.decision.outcome(sides: sides, label: row.label) != nil }
    lostCount = all.count - found.count
    isSkipped = found.allSatisfy { $0.decision.verdict == .skip }
    guard !found.isEmpty, let places = row.label.places(of: sides.count) else {
      result = found.isEmpty ? nil : .failure(.unsayable)
      return
    }
    var verdicts: [SidePair?: Verdict] = [:]
    var decisions: [Decision] = []
    for decision in found.map(\.decision) {
      if let known = verdicts.updateValue(decision.verdict, forKey: decision.pair) {
        guard known == decision.verdict else {
          result = .failure(.contradictory)
          return
        }
      } else {
        decisions.append(decision)
      }
    }
    guard decisions.allSatisfy({ $0.pair != nil }) else {
      result = .failure(.contradictory)
      return
    }
    result = Result { () throws(JudgedRanking.Problem) in
      try JudgedRanking(places: places, sides: sides, decisions: decisions)
    }
  }
}
