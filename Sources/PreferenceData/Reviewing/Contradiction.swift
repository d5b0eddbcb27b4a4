extension Sequence<Decision> {
  /// Whether these decisions about one row contradict each other: what annotators said of it that stands.
  ///
  /// They do where two verdicts on the same pair of sides, or on the whole row, differ; where one is about
  /// the whole row and another about a pair of it; and where preferences among pairs lead in a circle. Who
  /// skips says nothing, so nobody contradicts a skip. Strengths, notes and reasons may differ.
  ///
  /// Everything that counts conflicts between annotators counts these.
  /// - Complexity: O(d^2) for d decisions.
  public var contradictEachOther: Bool {
    let decisions = filter { $0.verdict != .skip }
    var verdicts: [SidePair?: Verdict] = [:]
    for decision in decisions {
      let known = verdicts.updateValue(decision.verdict, forKey: decision.pair)
      if let known, known != decision.verdict { return true }
    }
    if verdicts[SidePair?.none] != nil { return verdicts.count > 1 }
    // In any ranking of the judged sides, a circle is one.
    let sides = Set(decisions.compactMap(\.pair).flatMap { [$0.first, $0.second] }).sorted()
    do throws(JudgedRanking.Problem) {
      _ = try JudgedRanking(places: Array(sides.indices), sides: sides, decisions: decisions)
      return false
    } catch {
      return error == .contradictory
    }
  }
}

extension ReviewLedger {
  /// Whether annotators contradict each other on `row` (`contradictEachOther`).
  public func isContested(_ row: RowID) -> Bool {
    standing(on: row).lazy.flatMap { judgments(on: row, by: $0.annotator) }.map(\.decision)
      .contradictEachOther
  }
}
