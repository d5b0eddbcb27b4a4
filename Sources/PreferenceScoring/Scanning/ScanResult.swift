/// What a scan found: one place a row of the file, in file order.
public struct ScanResult: Sendable, Equatable {
  /// Changes whenever the same rows and settings would give other numbers or another encoding: part
  /// of the key under which a result is kept.
  public static let engineVersion = 7

  public private(set) var settings: ScanSettings
  /// Why a row has no suspicion; nil where it has one.
  public let unscoredReasons: [UnscoredReason?]
  /// What each row shows without any model: by itself, and beside its copies.
  public let findings: [RowFindings]
  /// How suspicious each row's label is, in [0, 1], higher = more likely mislabelled:
  /// sigma(-leave-one-out margin). It orders the queue; it is not the probability that the label is
  /// wrong.
  public let suspicion: SignalValues
  /// The place in the queue: 1 = most suspicious; equals stand in file order.
  public let ranks: [Int?]
  /// What each signal says of each row.
  public private(set) var signals: [SignalID: SignalValues]
  /// How far the head can be trusted.
  public let quality: HeadQuality
  /// What the pairs say of the reward models from elsewhere, in the order of `Side.rewards`; empty
  /// where there are none, or no head.
  public private(set) var rewards: [RewardQuality]
  /// How many rows have a suspicion.
  public let scoredCount: Int
  /// With what other labels than those of the file the head was fitted; empty for a scan of the file
  /// as it is. The numbers of `.margin`, `.leaveOneOut` and `.annotator` are of the labels as changed.
  public let changes: LabelChanges
  /// With what other labels the further signals were worked out, which may be fewer: they follow later.
  /// Of a row whose own label is among them they speak as of the file's (`FollowedSignals`).
  public internal(set) var signalChanges = LabelChanges()
  let head: FittedHead?
  /// What was said of each pair of rankings, where the places of this result are rows (`byRow`); nil
  /// where there are no rankings.
  public internal(set) var pairScores: PairScores?

  /// By row, the way through peer review, where that is among the signals.
  private(set) var trajectories: PeerTrajectories?

  /// By row, the way through heads that have not seen it, where that is among the signals.
  private(set) var heldOut: HeldOutTrajectories?

  /// What the signals that estimate it say of the share of wrong labels.
  public private(set) var noise = LabelNoise()

  /// The result with further signals, as far as it has not got them.
  func adding(
    _ more: [SignalID: SignalValues], rewards: [RewardQuality] = [],
    trajectories: PeerTrajectories? = nil, heldOut: HeldOutTrajectories? = nil,
    noise: LabelNoise = LabelNoise()
  ) -> ScanResult {
    var result = self
    result.rewards += rewards
    result.signals.merge(more) { own, _ in own }
    result.trajectories = result.trajectories ?? trajectories
    result.heldOut = result.heldOut ?? heldOut
    result.noise = result.noise.adding(noise)
    return result
  }

  /// Puts `values` in the place of what the signal `id` said; nil takes it away.
  mutating func replaceSignal(_ id: SignalID, by values: SignalValues?) { signals[id] = values }

  /// The same ranking without any further signal.
  public var rankingAlone: ScanResult {
    var result = asked(for: settings.ranking)
    let own = Set([.margin, .leaveOneOut, .annotator] + rewards.map(\.signal))
    result.signals = signals.filter { own.contains($0.key) }
    result.trajectories = nil
    result.heldOut = nil
    result.noise = LabelNoise()
    return result
  }

  /// The same ranking with the signals of `other`, a scan of the same rows that was asked for more.
  public func withSignals(of other: ScanResult) -> ScanResult {
    adding(
      other.signals, trajectories: other.trajectories, heldOut: other.heldOut, noise: other.noise
    ).asked(for: other.settings)
  }

  /// The same ranking with further signals that have followed the decisions.
  public func following(_ followed: FollowedSignals) -> ScanResult {
    var result = self
    result.signals.merge(followed.signals) { _, new in new }
    result.trajectories = followed.trajectories ?? trajectories
    result.heldOut = followed.heldOut ?? heldOut
    result.signalChanges = followed.changes
    return result
  }

  /// The result as that of a scan with these settings, which ask for other signals.
  func asked(for settings: ScanSettings) -> ScanResult {
    var result = self
    result.settings = settings
    return result
  }

  public var rowCount: Int { unscoredReasons.count }

  /// The ridge that the out-of-fold loss chose, where there is a head.
  public var ridge: Double? { head?.setting.ridge }

  /// The blocks of features with the weights that the out-of-fold loss chose, in column order.
  public var blockWeights: [(block: BlockID, weight: Double)] {
    guard let head else { return [] }
    return zip(head.space.blocks, head.setting.weights).map { ($0.id, $1) }
  }

  /// What the head makes of the reward model at `position` of `rewards`: the log-odds that a usual
  /// difference adds to the margin. Above 0, the higher reward is the better one.
  public func rewardWeight(at position: Int) -> Double? {
    guard let head, rewards[position].use == .inHead,
      let block = head.space.blocks.first(where: { $0.id == .rewards })
    else { return nil }
    return head.model.theta[block.columns.lowerBound + position]
  }

  /// How many rows are flagged: the share `flagShare` of the queue.
  public var flaggedCount: Int { Int((settings.flagShare * Double(scoredCount)).rounded()) }

  /// Whether row `index` is among the flagged.
  public func isFlagged(at index: Int) -> Bool {
    ranks[index].map { $0 <= flaggedCount } ?? false
  }

  /// The part of the queue in which row `index` stands, or nil where it has no place.
  public func band(at index: Int) -> SuspicionBand? {
    ranks[index].map { SuspicionBand.of(rank: $0, pairCount: scoredCount) }
  }

  /// The rows that have a suspicion, most suspicious first.
  public func queue() -> [Int] {
    var rows = [Int](repeating: 0, count: scoredCount)
    for (row, rank) in ranks.enumerated() {
      if let rank { rows[rank - 1] = row }
    }
    return rows
  }

  /// - Parameters:
  ///   - settings: What the scan was asked for.
  ///   - unscoredReasons: By row; exactly the rows without a margin have one.
  ///   - findings: By row; nil where nobody looked for any.
  ///   - margins: By row, under the head fitted to all pairs.
  ///   - leftOutMargins: By row, under the head that has not seen the row, with what its annotator
  ///     adds.
  ///   - others: What the other signals say, by row.
  ///   - quality: What was measured out of fold.
  ///   - rewards: What the pairs say of the reward models from elsewhere.
  ///   - head: The head, where there is one.
  ///   - changes: What decisions did to the labels.
  init(
    settings: ScanSettings, unscoredReasons: [UnscoredReason?], findings: [RowFindings]? = nil,
    margins: SignalValues, leftOutMargins: SignalValues, others: [SignalID: SignalValues] = [:],
    quality: HeadQuality, rewards: [RewardQuality] = [], head: FittedHead?,
    changes: LabelChanges = LabelChanges()
  ) {
    precondition(
      margins.count == unscoredReasons.count && leftOutMargins.count == unscoredReasons.count,
      "\(unscoredReasons.count) rows, \(margins.count) and \(leftOutMargins.count) margins")
    let findings = findings ?? Array(repeating: [], count: unscoredReasons.count)
    precondition(
      findings.count == unscoredReasons.count,
      "\(unscoredReasons.count) rows, findings of \(findings.count)")
    self.settings = settings
    self.unscoredReasons = unscoredReasons
    self.findings = findings
    self.quality = quality
    self.rewards = rewards
    self.head = head
    self.changes = changes
    let own: [SignalID: SignalValues] = [.margin: margins, .leaveOneOut: leftOutMargins]
    signals = head == nil ? [:] : own.merging(others) { own, _ in own }
    suspicion = SignalValues(leftOutMargins.lazy.map { $0.map { sigmoid(-$0) } })
    let scored = leftOutMargins.enumerated().compactMap { row, margin in
      margin.map { (margin: $0, row: row) }
    }
    var ranks = [Int?](repeating: nil, count: unscoredReasons.count)
    for (place, entry) in scored.sorted(by: { ($0.margin, $0.row) < ($1.margin, $1.row) })
      .enumerated()
    {
      ranks[entry.row] = place + 1
    }
    self.ranks = ranks
    scoredCount = scored.count
  }
}
