import PreferenceData
import PreferenceScoring

// A ranking stands in the queue once; the pair view shows one of its pairs.
extension Session {
  /// The pair of the ranking at `position` that comes into view first.
  func firstPair(at position: Int) -> RankedPair? {
    queue.scores?.result.pairScores?.mostSuspicious(of: position)
  }

  /// Brings the pair with these sides into view, where the row in view is a ranking that has it.
  mutating func showPair(_ pair: RankedPair?) {
    guard let position = self.pair?.position, let row = rows[position]?.loaded,
      let ranking = row.ranking, let pair, !pair.hasSides(of: ranking.shownPair)
    else { return }
    let shown = LoadedRow(
      ranking.row, showing: pair, seed: configuration.seed, annotator: annotator)
    rows.insert(.pair(shown), at: position)
    explanations[position] = nil
  }

  /// Brings the judged pair of a decision into view.
  mutating func showPair(judged sides: SidePair?) {
    guard let ranking = loadedPair?.ranking,
      let (one, other) = sides?.positions(in: ranking.sideIDs)
    else { return }
    showPair(RankedPair(better: one, worse: other))
  }

  /// Steps to another pair of the row in view.
  mutating func stepInRow(by distance: Int) {
    guard let pair, let ranking = loadedPair?.ranking else {
      notice = Notice("this row has one pair")
      return
    }
    let count = ranking.pairs.count
    let next = ((ranking.shown + distance) % count + count) % count
    self.pair = PairState(
      position: pair.position, route: pair.route, hasClock: lastKey != nil, isAside: pair.isAside,
      served: pair.served)
    evidence = EvidenceState()
    showPair(ranking.pairs[next])
    notice = nil
  }

  /// Which pair of the ranking at `position` comes into view on `route`; nil where any will do, and for
  /// every other row.
  func servedPair(at position: Int, on route: Serving.Route) -> SidePair? {
    switch route {
    case .audit: dataset.index?.auditedPair(at: position, seed: configuration.seed)
    case .repeat:
      rowID(at: position).flatMap { review.ledger.blindStanding(on: $0, by: annotator) }?
        .decision.pair
    case .queue, .search, .bulk, .script: nil
    }
  }

  /// Why the pair in view is seen: of a ranking, a pair that was stepped to has been looked for.
  func route(of pair: PairState, _ row: LoadedRow) -> Serving.Route {
    guard let served = pair.served, let ranking = row.ranking, ranking.shownSides != served else {
      return pair.route
    }
    return .search
  }

  /// Why `decision` about the pair of a ranking in view cannot be made, or nil where it can.
  func hindrance(to decision: Decision, on id: RowID, _ ranking: LoadedRanking) -> String? {
    if decision.verdict == .tie, dataset.facts?.holdsEqualRanks == false {
      return "the label of this file cannot hold a tie: decide with \(keyName(.preferA)) or "
        + "\(keyName(.preferB)), or skip (\(keyName(.skip)))"
    }
    let known = review.ledger.judgments(on: id, by: annotator).map(\.decision)
    guard let places = ranking.row.label.places(of: ranking.sideIDs.count) else { return nil }
    do throws(JudgedRanking.Problem) {
      _ = try JudgedRanking(
        places: places, sides: ranking.sideIDs, decisions: known.taking([decision]))
      return nil
    } catch {
      return switch error {
      case .contradictory:
        "refused: it would lead in a circle with your decisions on other pairs"
      case .unsayable:
        "refused: the label cannot hold it beside your decisions on other pairs"
      }
    }
  }
}
