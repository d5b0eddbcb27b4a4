import PreferenceData

/// What the decisions of all annotators about pairs of one ranking come to.
struct JudgedRow {
  /// Decisions on sides that are not there.
  let lostCount: Int
  /// Whether every pair that was looked at was passed on.
  let isSkipped: Bool
  /// Nil where no decision is left.
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
    let decisions = found.map(\.decision)
    guard !decisions.isEmpty, let places = row.label.places(of: sides.count) else {
      result = decisions.isEmpty ? nil : .failure(.unsayable)
      return
    }
    guard !decisions.contradictEachOther else {
      result = .failure(.contradictory)
      return
    }
    // Of several that say the same, the first stands.
    var judged: Set<SidePair> = []
    let distinct = decisions.filter { decision in
      decision.verdict != .skip && decision.pair.map { judged.insert($0).inserted } ?? false
    }
    result = Result { () throws(JudgedRanking.Problem) in
      try JudgedRanking(places: places, sides: sides, decisions: distinct)
    }
  }
}
