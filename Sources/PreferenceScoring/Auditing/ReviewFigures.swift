public import PreferenceData

/// What the decisions of one annotator come to: the audit, the precision of the ranked queue, agreement
/// and speed.
public struct ReviewFigures: Hashable, Sendable {
  /// So many of so many.
  public struct Tally: Hashable, Sendable {
    public let hitCount: Int
    public let count: Int

    /// The share with Wilson's 95 % interval.
    public var share: Estimate { Estimate(wins: hitCount, of: count) }

    init(_ hits: some Sequence<Bool>) {
      var (hitCount, count) = (0, 0)
      for isHit in hits {
        count += 1
        if isHit { hitCount += 1 }
      }
      self.hitCount = hitCount
      self.count = count
    }
  }

  /// How far one annotator agrees with another.
  public struct Peer: Hashable, Sendable {
    public let annotator: AnnotatorName
    public let agreement: Agreement
  }

  /// A reason, and the rows of which it was given.
  public struct Reason: Hashable, Sendable {
    public let name: String
    public let positions: [Int]
  }

  public let annotator: AnnotatorName
  public let audit: AuditFigures
  /// How often the annotator errs, where hidden repeats have measured it.
  public let reviewerError: ReviewerError?
  /// The rows decided, by what that does to their label.
  public let positions: [Outcome: [Int]]
  /// The rows by the reason that was given, the most frequent one first, then by name.
  public let reasons: [Reason]
  /// Wrong labels among those decided that an audit would ask about: all decided rows, and of the
  /// rankings those whose own pair of the audit was decided.
  let auditedDecided: Tally
  /// Wrong labels among the flagged rows that were decided. It speaks of the ranked queue as far as
  /// that was gone through, never of the file.
  public let flagged: Tally
  /// The last rows decided in the order of the queue: in how many the label was wrong.
  public let lastOfQueue: Tally
  /// Where the decision and the margin of a model that has not seen the row prefer the same side.
  public let withModel: Tally
  /// Where the decision keeps the label, of those that keep or exchange it.
  public let withLabel: Tally
  /// Preferences for the side that stood as A.
  public let firstSide: Tally
  /// First and second look at the same row.
  public let withSelf: Agreement
  public let peers: [Peer]
  /// Krippendorff's alpha over all annotators; nil with fewer than two who judged the same rows.
  public let alpha: Double?
  /// The rows on which annotators contradict each other (`contradictEachOther`), in file order.
  public let conflicts: [Int]
  /// Seconds a decision, in the order of the decisions; those whose time is known.
  public let seconds: [Double]

  /// From so many decisions on the last of the queue say what the next ones will find.
  public static let neededQueueDecisions = 25
  private static let lastOfQueueCount = 50

  /// - Parameters:
  ///   - reviewed: The decisions of all annotators, by position.
  ///   - annotator: Whose figures these are.
  ///   - sample: The rows of the audit in the order in which they are drawn.
  ///   - planned: How many of them are to be judged.
  ///   - scan: A scan of the file as it was before any decision; nil where there is none.
  public init(
    _ reviewed: [ReviewedRow], of annotator: AnnotatorName, sample: AuditSample, planned: Int,
    scan: ScanResult?
  ) {
    self.annotator = annotator
    let own = reviewed.filter { $0.annotator == annotator }
    let decided = own.filter { $0.outcome != .skip }
    let inTime = own.sorted { $0.standing.sequence < $1.standing.sequence }
    let flags = scan.map { scan in scan.ranks.indices.map(scan.isFlagged) }
    audit = AuditFigures(of: sample, isFlagged: flags, reviewed: own, planned: planned)
    let auditedOutcomes = own.compactMap(\.audited?.outcome).filter { $0 != .skip }
    auditedDecided = Tally(auditedOutcomes.map { $0 == .swap })
    positions = Dictionary(grouping: own, by: \.outcome).mapValues { $0.map(\.position) }
    reasons = Dictionary(grouping: own.filter { $0.standing.decision.reason != nil }) {
      $0.standing.decision.reason ?? ""
    }
    .map { Reason(name: $0.key, positions: $0.value.map(\.position)) }
    .sorted { ($1.positions.count, $0.name) < ($0.positions.count, $1.name) }
    flagged = Tally(
      decided.filter { flags?[$0.position] == true }.map { $0.outcome == .swap })
    lastOfQueue = Tally(
      inTime.filter { $0.serving.route == .queue && $0.serving.rank != nil && $0.outcome != .skip }
        .suffix(Self.lastOfQueueCount).map { $0.outcome == .swap })
    let preferring = decided.filter { $0.outcome == .keep || $0.outcome == .swap }
    withModel = Tally(
      preferring.compactMap { row in
        scan?.leftOutMargin(at: row.position, of: row.pair)
          .flatMap { $0 == 0 ? nil : ($0 > 0) == (row.outcome == .keep) }
      })
    withLabel = Tally(preferring.map { $0.outcome == .keep })
    firstSide = Tally(
      decided.compactMap { row in
        guard let first = row.serving.firstSide else { return nil }
        return row.standing.decision.verdict.preferredSide.map { $0 == first }
      })
    let repeated = own.compactMap(\.repeated)
    withSelf = Agreement(repeated.map { ($0.first, $0.second) })
    let preferences = repeated.filter { $0.first.isPreference && $0.second.isPreference }
    reviewerError = ReviewerError(
      differing: preferences.count { $0.first != $0.second }, of: preferences.count)
    seconds = inTime.compactMap(\.serving.seconds)

    let judged = reviewed.filter { $0.choice != nil }
    let rows = judged.chunked(by: \.position)
    conflicts = rows.filter { $0[0].isContested }.map { $0[0].position }
    // Of a ranking, only those who judged the same pair judged the same.
    let units = rows.flatMap(\.byPair)
    alpha = krippendorffAlpha(units.map { $0.compactMap(\.choice) })
    let others = Set(judged.map(\.annotator)).subtracting([annotator]).sorted()
    peers = others.map { other in
      Peer(
        annotator: other,
        agreement: Agreement(
          units.compactMap { row in
            guard let mine = row.first(where: { $0.annotator == annotator })?.choice,
              let theirs = row.first(where: { $0.annotator == other })?.choice
            else { return nil }
            return (mine, theirs)
          }))
    }
  }

  /// How many rows have a decision.
  public var decidedCount: Int { positions.values.reduce(0) { $0 + $1.count } }

  /// The share of wrong labels in the file by the last look of the audit, corrected for the reviewer's
  /// own error where that is known; nil without both.
  public var correctedNoise: Estimate? {
    guard let noise = audit.look?.noise else { return nil }
    return reviewerError?.corrected(noise)
  }

  /// How many wrong labels the next `count` decisions by rank will find, if the queue goes on as it was;
  /// nil where too few were decided to say.
  public func expectedByRank(inNext count: Int) -> Estimate? {
    guard lastOfQueue.count >= Self.neededQueueDecisions else { return nil }
    return lastOfQueue.share.scaled(by: Double(count))
  }

  /// The same of rows drawn at random; nil before the first look of the audit.
  public func expectedAtRandom(inNext count: Int) -> Estimate? {
    audit.look?.noise.scaled(by: Double(count))
  }

  /// The usual time a decision takes; nil with fewer than five whose time is known.
  public var medianSeconds: Double? { seconds.count < 5 ? nil : seconds.median }

  /// The usual time of the first decisions, the next ones and so on, in at most `count` parts of five
  /// decisions or more.
  public func medianSeconds(inParts count: Int) -> [Double] {
    let parts = min(count, seconds.count / 5)
    return (0..<parts).compactMap { part in
      seconds[seconds.count * part / parts..<seconds.count * (part + 1) / parts].median
    }
  }
}

extension Estimate {
  fileprivate func scaled(by factor: Double) -> Estimate {
    Estimate(value: value * factor, lower: lower * factor, upper: upper * factor)
  }
}

extension Collection<Double> {
  fileprivate var median: Double? {
    let sorted = sorted()
    guard !sorted.isEmpty else { return nil }
    let middle = sorted.count / 2
    return sorted.count.isMultiple(of: 2)
      ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
  }
}

extension Array {
  /// The runs of neighbours with the same key.
  fileprivate func chunked<Key: Equatable>(by key: (Element) -> Key) -> [[Element]] {
    var chunks: [[Element]] = []
    for element in self {
      if let last = chunks.last?.last, key(last) == key(element) {
        chunks[chunks.count - 1].append(element)
      } else {
        chunks.append([element])
      }
    }
    return chunks
  }
}

extension [ReviewedRow] {
  /// The decisions on one row, those on the same pair of it together.
  fileprivate var byPair: [[ReviewedRow]] {
    var found: [[ReviewedRow]] = []
    for row in self {
      let pair = row.standing.decision.pair
      if let place = found.firstIndex(where: { $0[0].standing.decision.pair == pair }) {
        found[place].append(row)
      } else {
        found.append([row])
      }
    }
    return found
  }
}

extension ReviewFigures {
  /// The share of wrong labels among the rows that this annotator has not decided: with the audited
  /// share p of the N rows whose label can be wrong, of which d are decided and s of those swapped,
  /// (p N - s) / (N - d), and 0 where more were found wrong than p leads one to expect. A ranking stands
  /// for the one pair of it that an audit asks about.
  ///
  /// - Range: [0, 1]; nil before the audit's first look, and where every row is decided.
  /// - Limits: the audited share has an interval, and so has this.
  public var undecidedNoise: Double? {
    guard let noise = correctedNoise ?? audit.look?.noise else { return nil }
    let decided = auditedDecided
    guard decided.count < audit.rowCount else { return nil }
    let wrong = noise.value * Double(audit.rowCount) - Double(decided.hitCount)
    return min(1, max(0, wrong) / Double(audit.rowCount - decided.count))
  }
}
