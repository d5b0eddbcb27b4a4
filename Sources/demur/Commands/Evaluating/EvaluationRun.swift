import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring

/// One scan of rows of which it is known which labels are wrong, and what was measured of it.
struct EvaluationRun {
  let measured: [(id: SignalID, quality: DetectionQuality)]
  /// What each signal took besides those that were there before it.
  let seconds: [SignalID: Double]
  /// The whole scan.
  let scanSeconds: Double
  let head: HeadQuality
  let rowCount: Int
  /// The annotator or source whose labels were flipped, where it was one.
  let struck: String?
  /// By signal, where that one stands among the others (`GroupRank`).
  let struckRanks: [SignalID: GroupRank]
  /// What the deadline has cost.
  let shortfall: ScanShortfall

  /// - Parameters:
  ///   - source: The rows.
  ///   - rankings: The pairs of the rankings among the rows.
  ///   - truth: Which labels are wrong, where that is known.
  ///   - noise: What is planted where it is not.
  ///   - rate: The share to flip, unless the usual one.
  ///   - settings: The scan's settings; the seed decides the flips as well.
  ///   - jobs: How many threads to use.
  ///   - deadline: When to be at an end, if ever.
  ///   - observe: Told what is being done, and which share is done.
  /// - Throws: A `Failure` where nothing can be planted, measured or ranked in time.
  init(
    _ source: any PairSource, rankings: PairList, truth: [Bool]?, noise: NoiseKind?, rate: Double?,
    settings: ScanSettings, jobs: Int, deadline: ScanDeadline?,
    observe: (String, Double) -> Void
  ) throws {
    var source = source
    var isWrong = truth ?? []
    var struck: String?
    if let noise {
      observe("planting flips", 0)
      let planting: NoisePlanting
      do {
        planting = try NoisePlanting(
          noise, in: source, rate: rate ?? noise.usualRate, seed: settings.seed)
      } catch {
        throw Failure(error)
      }
      isWrong = planting.isFlipped
      source = planting.planted(in: source)
      struck = planting.struck
    }
    self.struck = struck
    let names = struck == nil ? [] : Self.groups(of: source, by: noise)
    // A planted flip gives a ranking other pairs.
    let pairs = noise == nil || rankings.isPlain ? rankings : source.listedPairs()
    if !pairs.isPlain { source = PairsOfRankings(source, pairs: pairs) }
    let scan = try Self.scan(
      NoiseScan(source: source, settings: settings, jobs: jobs), deadline, observe)
    shortfall = scan.shortfall
    seconds = scan.seconds
    scanSeconds = scan.total
    head = scan.result.quality
    let result = scan.result.byRow(pairs)
    rowCount = result.rowCount
    struckRanks = struck.map { result.groupRanks(of: $0, names: names) } ?? [:]
    observe("measuring", 1)
    measured = result.detectionQualities(isWrong: isWrong, seed: settings.seed)
    guard !measured.isEmpty else {
      throw Failure(
        .badData, what: "nothing can be measured",
        why: head.hindrance ?? "the scored rows are not both right and wrong ones",
        remedy: "use more rows, or another truth file")
    }
  }

  /// By row, its annotator or its source.
  private static func groups(of source: any PairSource, by noise: NoiseKind?) -> [String?] {
    (0..<source.rowCount).map { index in
      guard case .success(let row) = source.row(at: index) else { return nil }
      return noise == .annotator ? row.annotator : row.group
    }
  }

  private static func scan(
    _ scan: consuming NoiseScan, _ deadline: ScanDeadline?, _ observe: (String, Double) -> Void
  ) throws -> (
    result: ScanResult, seconds: [SignalID: Double], total: Double, shortfall: ScanShortfall
  ) {
    var pace = deadline.map { ScanDeadline.Pace($0) }
    let clock = ContinuousClock()
    let start = clock.now
    var last = start
    var seconds: [SignalID: Double] = [:]
    while true {
      let progress = scan.advance()
      observe(progress.stage.rawValue, progress.share)
      if !progress.completed.isEmpty {
        let now = clock.now
        for id in progress.completed { seconds[id] = (now - last) / .seconds(1) }
        last = now
      }
      if scan.result == nil, pace?.keep(&scan, after: progress) == false {
        throw Failure.deadlineOver
      }
      if let result = scan.result {
        return (result, seconds, (clock.now - start) / .seconds(1), scan.shortfall)
      }
    }
  }
}
