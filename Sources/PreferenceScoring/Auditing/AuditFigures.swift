public import PreferenceData

/// How far a random audit is, and what it has found: the only measure of how many labels are wrong.
public struct AuditFigures: Hashable, Sendable {
  /// A planned size of the sample that has been reached, and the estimates made there.
  public struct Look: Hashable, Sendable {
    /// Which of the planned looks this is, from 1.
    public let number: Int
    /// The rows judged, in the order in which they were drawn.
    public let positions: [Int]
    /// In which of them the label was found wrong.
    public let wrongPositions: [Int]
    /// By `positions`, the sides of the pair that was asked about; nil where the row is no ranking.
    public let sides: [RankedPair?]
    public let tieCount: Int
    /// How many were called both bad, or dropped.
    public let contestedCount: Int
    /// The flagged rows and the others; one part alone where nothing is flagged.
    public let strata: [Stratum]

    public var rowCount: Int { positions.count }

    /// The share of wrong labels in the file, stratified, with its 95 % interval.
    public var noise: Estimate { Estimate(stratified: strata.map(\.stratum)) }

    /// The share of wrong labels in the sample as one, with the exact interval.
    public var plainNoise: Estimate { Estimate(exactly: wrongPositions.count, of: rowCount) }
  }

  public struct Stratum: Hashable, Sendable {
    /// Nil where rows are not told apart.
    public let isFlagged: Bool?
    public let stratum: AuditStratum
  }

  /// How many rows are to be judged.
  public let plannedCount: Int
  /// How many rows have a label that can be wrong: what the estimate speaks of.
  public let rowCount: Int
  /// How many of these are rankings, for each of which one of its pairs stands.
  public let rankingCount: Int
  /// The first rows of the sample that have been judged, without a gap, at most `plannedCount`.
  public let answered: [Int]
  /// Rows of the sample that were passed over: by a skip, or because their label or evidence had been
  /// seen, or because they were decided with others. Others of the sample stand in for them.
  public let skippedCount: Int
  public let seenCount: Int
  /// The largest planned look that has been reached; nil before the first.
  public let look: Look?

  /// The sizes at which there is a look.
  public var looks: [Int] { AuditSample.looks(planned: plannedCount) }
  public var isComplete: Bool { look?.rowCount == plannedCount }

  /// - Parameters:
  ///   - sample: The rows in the order in which they are drawn.
  ///   - isFlagged: By position, whether a scan of the file as it was before any decision flags the row;
  ///     nil without such a scan.
  ///   - reviewed: The decisions of one annotator.
  ///   - planned: How many rows are to be judged; at most all are.
  public init(
    of sample: AuditSample, isFlagged: [Bool]?, reviewed: [ReviewedRow], planned: Int
  ) {
    plannedCount = min(planned, sample.rowCount)
    rowCount = sample.rowCount
    rankingCount = sample.rankingCount
    let decided = Dictionary(
      reviewed.map { ($0.position, $0.audited) }, uniquingKeysWith: { first, _ in first })
    var answered: [(position: Int, label: AuditedLabel)] = []
    var (skippedCount, seenCount) = (0, 0)
    for position in sample.positions {
      guard answered.count < plannedCount, let label = decided[position] ?? nil else { break }
      if label.blindOutcome != nil {
        answered.append((position, label))
      } else if label.outcome == .skip, label.standing.serving.isBlind {
        skippedCount += 1
      } else {
        seenCount += 1
      }
    }
    self.answered = answered.map(\.position)
    self.skippedCount = skippedCount
    self.seenCount = seenCount
    let reached = AuditSample.looks(planned: plannedCount).filter { $0 <= answered.count }
    look = reached.last.flatMap { size in
      guard size > 0 else { return nil }
      return Look(
        number: reached.count, Array(answered.prefix(size)), of: sample, isFlagged: isFlagged)
    }
  }

  /// What the look says of each of the groups that `names` gives by position, the largest first.
  ///
  /// - Returns: Nothing before the first look. Rows without a name are a group of their own.
  public func groups(
    of sample: AuditSample, named names: [String?]
  ) -> [(name: String?, stratum: AuditStratum)] {
    guard let look else { return [] }
    let sizes = Dictionary(grouping: sample.positions) { names[$0] }
    let drawn = Dictionary(grouping: look.positions) { names[$0] }
    let wrong = Dictionary(grouping: look.wrongPositions) { names[$0] }
    let groups = sizes.map { name, rows in
      let stratum = AuditStratum(
        rowCount: rows.count, drawnCount: drawn[name]?.count ?? 0,
        wrongCount: wrong[name]?.count ?? 0)
      return (name: name, stratum: stratum)
    }
    return groups.sorted {
      ($1.stratum.rowCount, $0.name ?? "") < ($0.stratum.rowCount, $1.name ?? "")
    }
  }
}

extension AuditFigures.Look {
  fileprivate init(
    number: Int, _ rows: [(position: Int, label: AuditedLabel)], of sample: AuditSample,
    isFlagged: [Bool]?
  ) {
    self.number = number
    positions = rows.map(\.position)
    wrongPositions = rows.filter { $0.label.blindOutcome == .swap }.map(\.position)
    sides = rows.map(\.label.sides)
    tieCount = rows.count { $0.label.blindOutcome == .tie }
    contestedCount = rows.count {
      $0.label.blindOutcome == .bothBad || $0.label.blindOutcome == .drop
    }
    let (judged, wrong) = (positions, wrongPositions)
    func stratum(_ flag: Bool?) -> AuditFigures.Stratum {
      func belongs(_ position: Int) -> Bool { flag == nil || isFlagged?[position] == flag }
      return AuditFigures.Stratum(
        isFlagged: flag,
        stratum: AuditStratum(
          rowCount: sample.positions.count(where: belongs),
          drawnCount: judged.count(where: belongs), wrongCount: wrong.count(where: belongs)))
    }
    let isCut = sample.positions.contains { isFlagged?[$0] == true }
    strata = isCut ? [stratum(true), stratum(false)] : [stratum(nil)]
  }
}
