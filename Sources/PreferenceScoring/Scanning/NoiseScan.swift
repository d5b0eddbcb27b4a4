/// A scan for labels that are probably wrong, as a value that is advanced step by step.
///
/// Each `advance` does a small piece of work and returns, so that whoever drives the scan can show
/// how far it is, stop, keep the value and go on later. The result depends on the rows and the
/// settings alone, never on `jobs` or on when the scan was interrupted.
public struct NoiseScan: Sendable {
  private let source: any PairSource
  private let settings: ScanSettings
  private let jobs: Int
  private var phase = Phase.reading(FeatureReading())
  private var progress = ScanProgress(stage: .reading, share: 0)

  /// What the scan found, once it is finished.
  public var result: ScanResult? {
    guard case .finished(let result) = phase else { return nil }
    return result
  }

  /// - Parameters:
  ///   - source: The rows.
  ///   - settings: Everything else that the result depends on.
  ///   - jobs: How many threads work at a step, at least one.
  /// - Precondition: `settings` has at least two folds, one column for the words, and a flag share
  ///   from 0 to 1.
  public init(source: any PairSource, settings: ScanSettings, jobs: Int) {
    precondition(jobs > 0, "a scan needs a thread, got \(jobs)")
    precondition(settings.foldCount > 1, "a scan needs two folds, got \(settings.foldCount)")
    precondition(settings.sketchWidth > 0, "words need a column, got \(settings.sketchWidth)")
    precondition(
      (0...1).contains(settings.flagShare), "a share is from 0 to 1, got \(settings.flagShare)")
    self.source = source
    self.settings = settings
    self.jobs = jobs
  }

  /// Does the next piece of work; of a finished scan, nothing.
  @discardableResult
  public mutating func advance() -> ScanProgress {
    let present = phase
    phase = .working
    let before = present.signals
    phase = next(after: present)
    progress = ScanProgress(
      stage: phase.stage, share: max(progress.share, phase.share(of: source)),
      completed: phase.signals.subtracting(before).sorted())
    return progress
  }

  private func next(after phase: consuming Phase) -> Phase {
    switch consume phase {
    case .reading(var reading):
      guard reading.advance(source, jobs: jobs) else { return .reading(reading) }
      return weighing(reading)
    case .weighing(var building, let reasons):
      guard building.advance(jobs: jobs) else { return .weighing(building, reasons) }
      return choosing(Prepared(building, reasons: reasons))
    case .choosing(let prepared, var choosing):
      guard choosing.advance(prepared.design, blocks: prepared.space.blocks, jobs: jobs) else {
        return .choosing(prepared, choosing)
      }
      let choice = choosing.choice
      let fit = HeadFit(
        rowCount: prepared.design.rowCount,
        penalties: choice.best.penalties(of: prepared.space.blocks), start: choice.meanHead)
      let quality = choosing.quality(groups: prepared.groups.groups)
      return .fitting(prepared, Chosen(setting: choice.best, quality: quality), fit)
    case .fitting(let prepared, let chosen, var fit):
      guard let head = fit.advance(prepared.design, rowLimit: 2048 * jobs, jobs: jobs) else {
        return .fitting(prepared, chosen, fit)
      }
      let judging = PairJudging(
        head, groups: prepared.groups, fileRows: prepared.fileRows,
        rowCount: prepared.reasons.count)
      return .judging(prepared, chosen, judging)
    case .judging(let prepared, let chosen, var judging):
      guard judging.advance(prepared.design, groups: prepared.groups, jobs: jobs) else {
        return .judging(prepared, chosen, judging)
      }
      let result = judging.result(
        settings: settings, reasons: prepared.reasons, annotators: prepared.annotators,
        quality: chosen.quality, space: prepared.space, setting: chosen.setting)
      let scoring = SignalScoring(
        settings.signals, evidence: prepared.evidence(chosen, judging, seed: settings.seed),
        fileRows: prepared.fileRows, rowCount: prepared.reasons.count)
      return .comparing(result, scoring)
    case .comparing(let result, var scoring):
      guard scoring.advance(jobs: jobs) else { return .comparing(result, scoring) }
      return .finished(result.adding(scoring.found))
    case .finished(let result): return .finished(result)
    case .working: preconditionFailure("a scan is advanced by one caller at a time")
    }
  }

  private func weighing(_ reading: FeatureReading) -> Phase {
    let pairCount = reading.reasons.count { $0 == nil }
    guard pairCount >= HeadQuality.neededPairs else {
      let reason = HeadQuality.Reason.tooFewPairs(
        found: pairCount, needed: HeadQuality.neededPairs)
      return withoutHead(reason, reading.reasons)
    }
    return .weighing(DesignBuilding(reading, settings: settings), reading.reasons)
  }

  private func choosing(_ prepared: Prepared) -> Phase {
    if prepared.groups.folds.count < 2 { return withoutHead(.oneGroup, prepared.reasons) }
    if prepared.space.blocks.allSatisfy({ $0.meanSquaredNorm == 0 }) {
      return withoutHead(.noDifference, prepared.reasons)
    }
    return .choosing(
      prepared,
      HeadChoosing(
        folds: prepared.groups.folds, columnCount: prepared.design.columnCount,
        blockCount: prepared.space.blocks.count))
  }

  private func withoutHead(
    _ reason: HeadQuality.Reason, _ reasons: [UnscoredReason?]
  ) -> Phase {
    let none = [Double?](repeating: nil, count: reasons.count)
    return .finished(
      ScanResult(
        settings: settings, unscoredReasons: reasons.map { $0 ?? .noHead }, margins: none,
        leftOutMargins: none, quality: .notMeasured(reason), head: nil))
  }

  /// What the later parts share: it does not change any more.
  private struct Prepared {
    let design: DesignMatrix
    let space: FeatureSpace
    let groups: PairGroups
    let fileRows: [Int]
    let annotators: [String?]
    let keys: [PairKeys]
    let prompts: [Float]
    let reasons: [UnscoredReason?]

    init(_ building: DesignBuilding, reasons: [UnscoredReason?]) {
      design = building.design
      space = building.space
      groups = building.groups
      fileRows = building.fileRows
      annotators = building.annotators
      keys = building.keys
      prompts = building.prompts
      self.reasons = reasons
    }

    func evidence(_ chosen: Chosen, _ judging: PairJudging, seed: UInt64) -> SignalEvidence {
      let (margins, leftOutMargins) = judging.marginsInOrder
      return SignalEvidence(
        design: design, groups: groups, keys: keys, prompts: prompts, head: judging.head,
        penalties: chosen.setting.penalties(of: space.blocks),
        blocks: space.blocks.map(\.columns), margins: margins, leftOutMargins: leftOutMargins,
        seed: seed)
    }
  }

  private struct Chosen {
    let setting: HeadSetting
    let quality: HeadQuality
  }

  private enum Phase {
    case reading(FeatureReading)
    case weighing(DesignBuilding, [UnscoredReason?])
    case choosing(Prepared, HeadChoosing)
    case fitting(Prepared, Chosen, HeadFit)
    case judging(Prepared, Chosen, PairJudging)
    case comparing(ScanResult, SignalScoring)
    case finished(ScanResult)
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
      case .comparing(let result, let scoring):
        Set(result.signals.keys).union(scoring.found.keys)
      case .finished(let result): Set(result.signals.keys)
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
