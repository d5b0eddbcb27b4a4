public import PreferenceData

/// What the confirmed pairs say, beside a scan: signals by place in the file, and figures.
public struct LoopScores: Sendable {
  /// Of `SignalID.loop`, those that there is enough to say of; of the file's labels.
  public let signals: [SignalID: SignalValues]
  public let figures: LoopFigures
}

/// How far the loop is.
public struct LoopFigures: Hashable, Sendable {
  public let confirmedCount: Int
  public let errorCount: Int
  /// How many of the confirmed were drawn at random.
  public let drawnCount: Int
  /// Of the pairs that are not decided, how many the two heads agree on; nil without a gold head.
  public let consistency: [TwoModelConsistency: Int]?
  /// The places that are to be decided next, by suspicion and by value, at most `batchSize`.
  public fileprivate(set) var nextBySuspicion: [Int]
  public fileprivate(set) var nextByValue: [Int]
  /// Nil with fewer drawn pairs than `LearningCurve.neededPairs`, and where nobody asked for it.
  public internal(set) var curve: LearningCurve?

  /// From how many confirmed pairs on there is a gold head.
  public static let neededPairs = GoldHead.neededPairs
  /// Of how many decisions it is said what they will find.
  public static let batchSize = 100
}

extension LoopFigures {
  /// The same with rows instead of places of `pairs`.
  public func byRow(_ pairs: PairList) -> LoopFigures {
    guard !pairs.isPlain else { return self }
    func rows(_ places: [Int]) -> [Int] {
      var seen: Set<Int> = []
      return places.map(pairs.row).filter { seen.insert($0).inserted }
    }
    var figures = self
    figures.nextBySuspicion = rows(nextBySuspicion)
    figures.nextByValue = rows(nextByValue)
    return figures
  }
}

extension ScanArtefacts {
  /// What the confirmed pairs say of all others.
  ///
  /// - Complexity: O(rows * columns * errors) with at most `ConfirmedErrors.errorLimit` errors, and the
  ///   fits of a `GoldHead`. The result does not depend on `jobs`.
  public func loopScores(_ known: LoopEvidence, jobs: Int) -> LoopScores {
    let gold = GoldPairs(known.confirmed, of: pairs)
    let labelMargins = marginsInFile
    let decided = known.decided.compactMap { pairs.designRow(of: $0) }
    var found: [SignalID: [Double?]] = [:]
    var consistency: [TwoModelConsistency: Int]?
    let hasHead = gold.count >= GoldHead.neededPairs
    if hasHead {
      let head = GoldHead(gold, penalties: penalties)
      let margins = head.margins(of: pairs.design, gold)
      let kinds = zip(labelMargins, margins).map { TwoModelConsistency($0, $1) }
      let isDecided = Set(decided)
      let open = kinds.indices.filter { !isDecided.contains($0) }
      consistency = [:]
      for row in open { consistency?[kinds[row], default: 0] += 1 }
      found[.gold] = margins
      found[.goldConsistency] = kinds.map(\.rawValue)
    }
    let errors = known.confirmed.swapped.compactMap { pairs.designRow(of: $0) }.sorted()
    if !errors.isEmpty {
      found[.nearConfirmedError] =
        ConfirmedErrors(
          errors, in: pairs.design, penalties: penalties, prompts: pairs.attributes.prompts,
          groups: pairs.groups, jobs: jobs
        ).likeness
    }
    let values = DecisionValue(
      margins: labelMargins, decided: decided,
      gains: hasHead ? DecisionValue.gains(gold, head: head, design: pairs.design) : nil,
      seconds: known.seconds.map { seconds in pairs.fileRows.map { seconds[$0] } },
      calibration: known.calibration, design: pairs.design, hessian: head.hessian
    ).values
    found[.value] = values
    let waiting = values.indices.filter { values[$0] != nil }
    func next(_ keys: (Int) -> (Double, Double, Int)) -> [Int] {
      waiting.sorted { keys($0) < keys($1) }.prefix(LoopFigures.batchSize)
        .map { pairs.fileRows[$0] }
    }
    return LoopScores(
      signals: found.mapValues(placed),
      figures: LoopFigures(
        confirmedCount: known.confirmed.count, errorCount: known.confirmed.swapped.count,
        drawnCount: known.confirmed.drawn.count, consistency: consistency,
        nextBySuspicion: next { (labelMargins[$0], 0, $0) },
        nextByValue: next { (-(values[$0] ?? 0), labelMargins[$0], $0) }, curve: nil))
  }

  /// How well a gold head judges pairs drawn at random, by how many it has learned from; nil with too few.
  public func learningCurve(_ confirmed: ConfirmedPairs) -> LearningCurve? {
    LearningCurve(
      GoldPairs(confirmed, only: confirmed.drawn, of: pairs), of: pairs.design,
      groups: pairs.groups, penalties: penalties, seed: pairs.settings.seed)
  }

  /// By design row, the margin without the pair and its copies, as the file labels it.
  private var marginsInFile: [Double] {
    let signs = pairs.signs(of: changes)
    return judged.leftOutMargins.enumerated().map { row, margin in
      signs?[row] == -1 ? -margin : margin
    }
  }

  private func placed(_ values: [Double?]) -> SignalValues {
    var placed = SignalValues(nothingOf: result.rowCount)
    for (row, value) in zip(pairs.fileRows, values) { placed[row] = value }
    return placed
  }
}

extension LoopScores {
  /// The same figures with the learning curve.
  public func figures(with curve: LearningCurve?) -> LoopFigures {
    var figures = figures
    figures.curve = curve
    return figures
  }
}

extension ScanResult {
  /// The result with what the loop says now, in place of what it said before.
  public func withLoop(_ signals: [SignalID: SignalValues]) -> ScanResult {
    var result = self
    for id in SignalID.loop { result.replaceSignal(id, by: signals[id]) }
    return result
  }
}
