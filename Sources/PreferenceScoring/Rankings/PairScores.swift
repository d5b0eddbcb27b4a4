public import PreferenceData

/// What a scan says of each pair of the rankings among the rows, for a result with one place a row.
public struct PairScores: Sendable, Equatable {
  public let pairs: PairList
  /// By place of `pairs`, as `ScanResult.suspicion`.
  private let suspicion: SignalValues
  /// By place, the margin behind it.
  private let leftOutMargins: SignalValues?

  init(_ pairs: PairList, suspicion: SignalValues, leftOutMargins: SignalValues?) {
    self.pairs = pairs
    self.suspicion = suspicion
    self.leftOutMargins = leftOutMargins
  }

  /// The pairs of the ranking in `row` with their suspicion, its closest calls first; none of any other
  /// row.
  public func scores(of row: Int) -> [(pair: RankedPair, suspicion: Double?)] {
    guard row < pairs.rowCount else { return [] }
    return pairs.places(of: row).compactMap { place in
      pairs.pair(of: place).map { ($0, suspicion[place]) }
    }
  }

  /// The suspicion of the pair of these sides of `row`, whichever is better.
  public func suspicion(of row: Int, _ pair: RankedPair) -> Double? {
    guard row < pairs.rowCount else { return nil }
    return pairs.place(of: row, sides: (pair.better, pair.worse)).flatMap { suspicion[$0] }
  }

  /// The out-of-sample margin of the pair of these sides of `row`, whichever is better.
  func leftOutMargin(of row: Int, _ pair: RankedPair) -> Double? {
    guard row < pairs.rowCount else { return nil }
    return pairs.place(of: row, sides: (pair.better, pair.worse)).flatMap { leftOutMargins?[$0] }
  }

  /// The pair that gives `row` its suspicion: the most suspicious one, of equals the first. Nil where
  /// the row is no ranking or has no suspicion.
  public func mostSuspicious(of row: Int) -> RankedPair? {
    scores(of: row).reduce(nil) { (best: (pair: RankedPair, value: Double)?, entry) in
      guard let value = entry.suspicion, value > best?.value ?? -1 else { return best }
      return (entry.pair, value)
    }?.pair
  }
}

extension ScanResult {
  /// The result with one place a row, of a scan of `pairs`.
  ///
  /// A ranking has the most suspicious of its pairs: the highest suspicion, and of each signal the
  /// value that is the most suspicious one of its pairs by that signal. So it is left out where every
  /// pair is, and its findings are those of all pairs. Nothing changes without rankings.
  public func byRow(_ pairs: PairList) -> ScanResult {
    guard !pairs.isPlain else { return self }
    precondition(
      pairs.placeCount == rowCount, "\(rowCount) pairs scanned, \(pairs.placeCount) listed")
    let places = (0..<pairs.rowCount).map { pairs.places(of: $0) }
    var values: [SignalID: SignalValues] = [:]
    for id in signals.keys.sorted() {
      guard let signal = signals[id] else { continue }
      values[id] = SignalValues(
        places.lazy.map { places in
          let known = places.compactMap { signal[$0] }
          return id.isSuspiciousWhenLow ? known.min() : known.max()
        })
    }
    let none = SignalValues(nothingOf: places.count)
    func rows(_ changes: LabelChanges) -> LabelChanges {
      LabelChanges(
        swapped: places.indices.filter { row in
          places[row].contains(where: changes.swaps) && !places[row].allSatisfy(changes.leavesOut)
        }, leftOut: places.indices.filter { places[$0].allSatisfy(changes.leavesOut) })
    }
    var result = ScanResult(
      settings: settings,
      unscoredReasons: places.map { places in
        places.contains { unscoredReasons[$0] == nil } ? nil : unscoredReasons[places.lowerBound]
      },
      findings: places.map { $0.reduce([]) { $0.union(findings[$1]) } },
      margins: values[.margin] ?? none, leftOutMargins: values[.leaveOneOut] ?? none,
      others: values, quality: quality, rewards: rewards, head: head,
      changes: rows(changes))
    result.signalChanges = rows(signalChanges)
    result.pairScores = PairScores(
      pairs, suspicion: suspicion, leftOutMargins: signals[.leaveOneOut])
    return result.adding([:], noise: noise)
  }
}

extension ScanResult {
  /// The out-of-sample margin of the row at `position`, or of one pair of it where `pair` is given; nil
  /// where there is none.
  func leftOutMargin(at position: Int, of pair: RankedPair?) -> Double? {
    guard let pair else { return signals[.leaveOneOut]?[position] }
    return pairScores?.leftOutMargin(of: position, pair)
  }
}

extension RelatedPairs {
  /// The same with rows instead of places of `pairs`: of a ranking with several pairs the strongest
  /// one stands.
  public func byRow(_ pairs: PairList) -> RelatedPairs {
    guard !pairs.isPlain else { return self }
    func rows(_ entries: [Entry]) -> [Entry] {
      var seen: Set<Int> = []
      return entries.map { Entry(row: pairs.row(of: $0.row), influence: $0.influence) }
        .filter { seen.insert($0.row).inserted }
    }
    return RelatedPairs(
      supporting: rows(supporting), opposing: rows(opposing),
      copies: copies.map(pairs.row), conflicts: conflicts.map(pairs.row))
  }
}
