import PreferenceData

/// A row that ranks more than two responses, of which a pair at a time is shown.
struct LoadedRanking: Sendable {
  /// The whole row.
  let row: PreferenceRow
  let sideIDs: [SideID]
  /// Words a side, in an order that says nothing of the label.
  let words: [Int]
  /// The pairs of different responses that the label orders, in an order that says nothing of the
  /// label.
  let pairs: [RankedPair]
  /// Which of them is in view.
  private(set) var shown: Int

  /// Nil for a row without such pairs. `pair` comes into view, whichever of its sides is better; nil
  /// for the first one.
  init?(_ row: PreferenceRow, showing pair: RankedPair?, seed: UInt64, annotator: AnnotatorName) {
    guard row.sides.count > 2 else { return nil }
    let ids = row.sides.map(\.id)
    let reader = StableHash(annotator.text, seed: seed)
    let keyed = row.pairs.filter { ids[$0.better] != ids[$0.worse] }.map { pair in
      let sides = SidePair(ids[pair.better], ids[pair.worse])
      let key = reader.combined(with: sides.first.hash).combined(with: sides.second.hash)
      return (key: key, pair: pair)
    }
    guard !keyed.isEmpty else { return nil }
    self.row = row
    sideIDs = ids
    words = SideOrder.positions(of: ids, in: row.pairID, seed: seed, annotator: annotator)
      .map { LoadedRow.wordCount(row.sides[$0].text) }
    pairs = keyed.sorted {
      ($0.key, min($0.pair.better, $0.pair.worse), max($0.pair.better, $0.pair.worse))
        < ($1.key, min($1.pair.better, $1.pair.worse), max($1.pair.better, $1.pair.worse))
    }.map(\.pair)
    shown = pairs.firstIndex { pair?.hasSides(of: $0) == true } ?? 0
  }

  var shownPair: RankedPair { pairs[shown] }

  /// The two sides in view.
  var shownSides: SidePair { SidePair(sideIDs[shownPair.better], sideIDs[shownPair.worse]) }

  /// Which of how many, in words that say nothing of the label.
  var phrase: String {
    "pair \(shown + 1) of \(pairs.count) of this row "
      + "(\(Numbers.count(row.sides.count, "response"))), ) steps"
  }
}

extension RankedPair {
  /// Whether `other` is of the same two sides.
  func hasSides(of other: RankedPair) -> Bool {
    self == other || self == RankedPair(better: other.worse, worse: other.better)
  }
}
