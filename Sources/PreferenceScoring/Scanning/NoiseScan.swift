import PreferenceData

/// A scan for labels that are probably wrong, as a value that is advanced step by step.
///
/// Each `advance` does a small piece of work and returns, so that whoever drives the scan can show
/// how far it is, stop, keep the value and go on later. The result depends on the rows and the
/// settings alone, never on `jobs` or on when the scan was interrupted.
public struct NoiseScan: Sendable {
  private let source: any PairSource
  private let settings: ScanSettings
  private let jobs: Int
  /// An earlier result for the same rows, whose head and signals are not worked out again.
  private let kept: ScanResult?
  private var phase = Phase.reading(FeatureReading())
  private var progress = ScanProgress(stage: .reading, share: 0)
  /// By row of the file, once it is read.
  private var findings: [RowFindings] = []

  /// What the scan found, once it is finished.
  public var result: ScanResult? {
    guard case .finished(let result, _) = phase else { return nil }
    return result
  }

  /// What was left out because the scan was to `settle`.
  public private(set) var shortfall = ScanShortfall()

  /// The ranking, as soon as it is there: the result without the signals that are not worked out yet.
  public var ranking: ScanResult? { artefacts?.result ?? result }

  /// What is kept for questions, as soon as the ranking is there; nil where the rows give no head.
  public var artefacts: ScanArtefacts? {
    switch phase {
    case .comparing(let artefacts, _): artefacts
    case .finished(_, let artefacts): artefacts
    default: nil
    }
  }

  /// - Parameters:
  ///   - source: The rows.
  ///   - settings: Everything else that the result depends on.
  ///   - kept: The result of an earlier scan of the same rows, with settings that differ in the
  ///     signals alone: its head is taken as it is, and only what it has not is worked out.
  ///   - jobs: How many threads work at a step, at least one.
  /// - Precondition: `settings` has at least two folds, one column for the words, and a flag share
  ///   from 0 to 1.
  public init(
    source: any PairSource, settings: ScanSettings, keeping kept: ScanResult? = nil, jobs: Int
  ) {
    precondition(jobs > 0, "a scan needs a thread, got \(jobs)")
    precondition(settings.foldCount > 1, "a scan needs two folds, got \(settings.foldCount)")
    precondition(settings.sketchWidth > 0, "words need a column, got \(settings.sketchWidth)")
    precondition(
      (0...1).contains(settings.flagShare), "a share is from 0 to 1, got \(settings.flagShare)")
    precondition(
      kept.map { $0.settings.ranking == settings.ranking && $0.changes.isEmpty } ?? true,
      "the kept result is of another scan")
    self.source = source
    self.kept = kept
    self.settings = settings
    self.jobs = jobs
  }

  /// Does the next piece of work; of a finished scan, nothing.
  @discardableResult
  public mutating func advance() -> ScanProgress {
    let before = phase.signals
    phase = next()
    progress = ScanProgress(
      stage: phase.stage, share: max(progress.share, phase.share(of: source)),
      completed: phase.signals.subtracting(before).sorted())
    return progress
  }

  /// Each case first lets go of what `phase` holds: a large value that is held twice would be copied
  /// by the step that changes it.
  private mutating func next() -> Phase {
    switch phase {
    case .reading(var reading):
      phase = .working
      guard reading.advance(source, jobs: jobs) else { return .reading(reading) }
      findings = reading.takeFindings()
      return weighing(reading)
    case .weighing(var building, let reasons):
      phase = .working
      guard building.advance(jobs: jobs) else { return .weighing(building, reasons) }
      return choosing(
        ScannedPairs(
          building, reasons: reasons, findings: findings, rewards: source.rewards,
          settings: settings, pairList: source.pairs))
    case .choosing(let pairs, var choosing):
      phase = .working
      guard choosing.advance(pairs.design, blocks: pairs.space.blocks, jobs: jobs) else {
        return .choosing(pairs, choosing)
      }
      return fitting(pairs, choosing)
    case .fitting(let pairs, let chosen, var fit):
      phase = .working
      guard let head = fit.advance(pairs.design, rowLimit: 2048 * jobs, jobs: jobs) else {
        return .fitting(pairs, chosen, fit)
      }
      return .judging(pairs, chosen, PairJudging(head, groups: pairs.groups))
    case .judging(let pairs, let chosen, var judging):
      phase = .working
      guard judging.advance(pairs.design, groups: pairs.groups, jobs: jobs) else {
        return .judging(pairs, chosen, judging)
      }
      return comparing(
        ScanArtefacts(pairs, judging, setting: chosen.setting, quality: chosen.quality))
    case .comparing(var artefacts, var scoring):
      phase = .working
      guard scoring.advance(jobs: jobs) else { return .comparing(artefacts, scoring) }
      artefacts.result = artefacts.result.adding(
        scoring.found,
        trajectories: scoring.trajectories?.placed(
          at: artefacts.pairs.fileRows, rowCount: artefacts.result.rowCount),
        heldOut: scoring.heldOut?.placed(
          at: artefacts.pairs.fileRows, rowCount: artefacts.result.rowCount),
        noise: scoring.noise)
      return .finished(artefacts.result, artefacts)
    case .finished(let result, let artefacts): return .finished(result, artefacts)
    case .working: preconditionFailure("a scan is advanced by one caller at a time")
    }
  }

  private func weighing(_ reading: consuming FeatureReading) -> Phase {
    let reasons = reading.reasons
    let pairCount = reasons.count { $0 == nil }
    guard pairCount >= HeadQuality.neededPairs else {
      let reason = HeadQuality.Reason.tooFewPairs(
        found: pairCount, needed: HeadQuality.neededPairs)
      return withoutHead(reason, reasons)
    }
    let building = DesignBuilding(
      reading, settings: settings, rewards: source.rewards, pairList: source.pairs)
    return .weighing(building, reasons)
  }

  private func choosing(_ pairs: ScannedPairs) -> Phase {
    // Equal statistics of the whole file: what was kept is of these very rows.
    if let kept, let head = kept.head, head.space == pairs.space {
      return .judging(
        pairs, Chosen(setting: head.setting, quality: kept.quality),
        PairJudging(head.model, groups: pairs.groups))
    }
    if pairs.groups.folds.count < 2 { return withoutHead(.oneGroup, pairs.reasons) }
    if pairs.space.blocks.allSatisfy({ $0.meanSquaredNorm == 0 }) {
      return withoutHead(.noDifference, pairs.reasons)
    }
    return .choosing(
      pairs,
      HeadChoosing(
        folds: pairs.groups.folds, columnCount: pairs.design.columnCount,
        blockCount: pairs.space.blocks.count))
  }

  private func comparing(_ ranked: ScanArtefacts) -> Phase {
    var artefacts = ranked
    if let kept, kept.head == artefacts.result.head {
      let isSameTarget = kept.settings.influenceTarget == settings.influenceTarget
      artefacts.result = (isSameTarget ? kept : kept.rankingAlone).asked(for: settings)
    }
    // The pairs' way through the epochs is not kept with a result.
    let missing = settings.signals.filter {
      artefacts.result.signals[$0] == nil || $0 == .peerReview
    }
    return .comparing(
      artefacts,
      SignalScoring(
        missing, evidence: artefacts.evidence,
        target: artefacts.targetPairs(settings.influenceTarget), fileRows: artefacts.pairs.fileRows,
        rowCount: artefacts.result.rowCount))
  }

  private func fitting(_ pairs: ScannedPairs, _ choosing: HeadChoosing) -> Phase {
    let choice = choosing.choice
    let fit = HeadFit(
      rowCount: pairs.design.rowCount,
      penalties: choice.best.penalties(of: pairs.space.blocks), start: choice.meanHead,
      gram: choosing.gram(scaledTo: pairs.design.rowCount))
    let quality = choosing.quality(groups: pairs.groups.groups)
    return .fitting(pairs, Chosen(setting: choice.best, quality: quality), fit)
  }

  /// Makes do with what is there, for somebody in a hurry: of the choosing with the best setting so
  /// far, of the signals with those that are worked out. `shortfall` says what is missing.
  ///
  /// - Returns: False, and nothing has changed, where there is no setting yet and so no ranking to come.
  public mutating func settle() -> Bool {
    switch phase {
    case .reading, .weighing: return false
    case .choosing(let pairs, let choosing):
      let choice = choosing.choice
      guard choice.roundsDone > 0 else { return false }
      shortfall.isChoiceCut = true
      phase = fitting(pairs, choosing)
    case .comparing(var artefacts, let scoring):
      artefacts.result = artefacts.result.adding(scoring.found, noise: scoring.noise)
      shortfall.signals = settings.signals.filter { artefacts.result.signals[$0] == nil }
      phase = .finished(artefacts.result, artefacts)
    case .fitting, .judging, .finished: break
    case .working: preconditionFailure("a scan is settled between two steps")
    }
    return true
  }

  private func withoutHead(
    _ reason: HeadQuality.Reason, _ reasons: [UnscoredReason?]
  ) -> Phase {
    let none = SignalValues(nothingOf: reasons.count)
    let result = ScanResult(
      settings: settings, unscoredReasons: reasons.map { $0 ?? .noHead }, findings: findings,
      margins: none, leftOutMargins: none, quality: .notMeasured(reason), head: nil)
    return .finished(result, nil)
  }

  private struct Chosen {
    let setting: HeadSetting
    let quality: HeadQuality
  }

  private enum Phase {
    case reading(FeatureReading)
    case weighing(DesignBuilding, [UnscoredReason?])
    case choosing(ScannedPairs, HeadChoosing)
    case fitting(ScannedPairs, Chosen, HeadFit)
    case judging(ScannedPairs, Chosen, PairJudging)
    case comparing(ScanArtefacts, SignalScoring)
    case finished(ScanResult, ScanArtefacts?)
    /// While a step is under way: the value is nobody else's then, and nothing is copied.
    case working

    var stage: ScanStage {
      switch self {
      case .reading, .working: .reading
      case .weighing: .weighing
      case .choosing: .choosing
      case .fitting: .fitting
      case .judging: .judging
      case .comparing: .comparing
      case .finished: .finished
      }
    }

    /// The signals that are worked out.
    var signals: Set<SignalID> {
      switch self {
      case .comparing(let artefacts, let scoring):
        Set(artefacts.result.signals.keys).union(scoring.found.keys)
      case .finished(let result, _): Set(result.signals.keys)
      case .reading, .weighing, .choosing, .fitting, .judging, .working: []
      }
    }

    /// How much of the whole scan is done, by the time that the parts usually take.
    func share(of source: any PairSource) -> Double {
      switch self {
      case .reading(let reading):
        0.2 * Double(reading.rowsRead) / Double(max(source.rowCount, 1))
      case .weighing(let building, _): 0.2 + 0.05 * building.share
      case .choosing(_, let choosing): 0.25 + 0.25 * choosing.share
      case .fitting(_, _, let fit):
        0.5 + 0.1 * min(1, (Double(fit.iteration) + fit.shareOfIteration) / 5)
      case .judging(_, _, let judging): 0.6 + 0.05 * judging.share
      case .comparing(_, let scoring): 0.65 + 0.35 * scoring.share
      case .finished: 1
      case .working: 0
      }
    }
  }
}
