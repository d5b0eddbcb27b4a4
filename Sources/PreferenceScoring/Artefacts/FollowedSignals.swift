/// What the further signals of a scan say once they have followed the decisions.
///
/// Of a row whose label a decision has not changed: what they say of it beside the other labels as these
/// are now. Of one that a decision has changed: what they said of the label that the file has, which is
/// what was doubted, and what evidence and the precision of a signal are about.
public struct FollowedSignals: Sendable {
  /// What the decisions did to the labels.
  public let changes: LabelChanges
  /// By row of the file.
  let signals: [SignalID: SignalValues]
  let trajectories: PeerTrajectories?
  let heldOut: HeldOutTrajectories?
}

/// The further signals of a scan under other labels, a small piece at a time.
///
/// Meaning: each signal of the file's scan is worked out anew from the pairs with the labels that
/// decisions gave them and the head refitted to these. A row that is left out has features of 0: it
/// pulls at no head, and its label is no witness. Estimates of the share of wrong labels stay those of
/// the file, and a signal that has nothing to say any more stays as it was.
/// - Complexity: that of the signals.
/// - Limits: ridge, weights of the blocks, and what was learned about reward models from elsewhere are
///   those of the file.
public struct SignalRefit: Sendable {
  private let changes: LabelChanges
  private let file: ScanResult
  private let fileRows: [Int]
  private let jobs: Int
  private var scoring: SignalScoring

  /// Nil where the file's scan has no further signal, or nothing is changed.
  ///
  /// - Parameters:
  ///   - file: The artefacts of the file as it is.
  ///   - refitted: Those of a `HeadRefit` of it.
  ///   - jobs: How many threads work at a step; the result does not depend on it.
  public init?(of file: ScanArtefacts, under refitted: ScanArtefacts, jobs: Int) {
    precondition(jobs > 0, "a refit needs a thread, got \(jobs)")
    precondition(file.changes.isEmpty, "a refit starts from the file as it is")
    let settings = file.result.settings
    let known = settings.signals.filter { file.result.signals[$0] != nil }
    guard !known.isEmpty, !refitted.changes.isEmpty else { return nil }
    changes = refitted.changes
    self.file = file.result
    self.jobs = jobs
    fileRows = refitted.pairs.fileRows
    scoring = SignalScoring(
      known, evidence: refitted.evidence, target: refitted.targetPairs(settings.influenceTarget),
      fileRows: fileRows, rowCount: file.result.rowCount)
  }

  /// Does the next piece of work; what the signals say, once all are worked out. Not called again after
  /// that.
  public mutating func advance() -> FollowedSignals? {
    guard scoring.advance(jobs: jobs) else { return nil }
    let decided = changes.swapped + changes.leftOut
    var signals: [SignalID: SignalValues] = [:]
    for id in scoring.found.keys.sorted() {
      guard let before = file.signals[id], var values = scoring.found[id] else { continue }
      for row in decided { values[row] = before[row] }
      signals[id] = values
    }
    var trajectories = scoring.trajectories?.placed(at: fileRows, rowCount: file.rowCount)
    if let before = file.trajectories {
      for row in decided { trajectories?.take(row, of: before, to: row) }
    }
    var heldOut = scoring.heldOut?.placed(at: fileRows, rowCount: file.rowCount)
    if let before = file.heldOut {
      for row in decided { heldOut?.take(row, of: before, to: row) }
    }
    return FollowedSignals(
      changes: changes, signals: signals, trajectories: trajectories, heldOut: heldOut)
  }
}
