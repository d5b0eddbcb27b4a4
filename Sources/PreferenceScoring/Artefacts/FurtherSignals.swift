/// Signals that a scan was not asked for, worked out from its artefacts a small piece at a time.
///
/// What they say is what the scan would have said of them, had it been asked.
public struct FurtherSignals: Sendable {
  private let result: ScanResult
  private let settings: ScanSettings
  private let fileRows: [Int]
  private let jobs: Int
  private var scoring: SignalScoring

  /// Nil where none of `ids` is missing and can be asked for.
  ///
  /// - Parameters:
  ///   - ids: What is wanted.
  ///   - artefacts: Those of the file as it is.
  ///   - jobs: How many threads work at a step; the result does not depend on it.
  public init?(_ ids: [SignalID], of artefacts: ScanArtefacts, jobs: Int) {
    precondition(jobs > 0, "signals need a thread, got \(jobs)")
    precondition(artefacts.changes.isEmpty, "further signals are of the file as it is")
    result = artefacts.result
    let known = artefacts.result.settings
    // What the scan was asked for is there, or comes by itself.
    let missing = SignalID.selectable.filter { ids.contains($0) && !known.signals.contains($0) }
    guard !missing.isEmpty else { return nil }
    settings = known.asking(for: missing)
    fileRows = artefacts.pairs.fileRows
    self.jobs = jobs
    scoring = SignalScoring(
      missing, evidence: artefacts.evidence,
      target: artefacts.targetPairs(known.influenceTarget), fileRows: fileRows,
      rowCount: artefacts.result.rowCount)
  }

  /// How much is done, in [0, 1].
  public var share: Double { scoring.share }

  /// Does the next piece of work; the result with these signals, once they are worked out. Not called
  /// again after that.
  public mutating func advance() -> ScanResult? {
    guard scoring.advance(jobs: jobs) else { return nil }
    return result.adding(
      scoring.found,
      trajectories: scoring.trajectories?.placed(at: fileRows, rowCount: result.rowCount),
      heldOut: scoring.heldOut?.placed(at: fileRows, rowCount: result.rowCount),
      noise: scoring.noise
    ).asked(for: settings)
  }
}

extension ScanArtefacts {
  /// The same with the signals of `result`, of the same rows.
  public func withSignals(of result: ScanResult) -> ScanArtefacts {
    var artefacts = self
    artefacts.result = self.result.withSignals(of: result)
    return artefacts
  }
}
