/// The exact head under other labels, a few rows at a time.
///
/// Meaning: the head of a scan of the file with these labels, with the ridge and block weights that
/// were chosen for the file as it is. It starts one Newton step from the head of the file, so that it
/// depends on the labels alone and not on the way there.
/// - Complexity: O(rows * columns^2) for each of 2 to 4 iterations.
public struct HeadRefit: Sendable {
  public let changes: LabelChanges
  private let artefacts: ScanArtefacts
  private let design: DesignMatrix
  private let jobs: Int
  private var phase: Phase

  private enum Phase {
    case fitting(HeadFit)
    case judging(PairJudging)
    case working
  }

  /// - Parameters:
  ///   - artefacts: Those of the file as it is.
  ///   - changes: What decisions do to its labels.
  ///   - jobs: How many threads work at a step; the result does not depend on it.
  public init(of artefacts: ScanArtefacts, changes: LabelChanges, jobs: Int) {
    precondition(jobs > 0, "a refit needs a thread, got \(jobs)")
    precondition(artefacts.changes.isEmpty, "a refit starts from the file as it is")
    self.artefacts = artefacts
    self.changes = changes
    self.jobs = jobs
    design = artefacts.pairs.design.relabelled(artefacts.pairs.signs(of: changes))
    phase = .fitting(
      HeadFit(
        rowCount: design.rowCount, penalties: artefacts.penalties,
        start: artefacts.steppedTheta(to: design)))
  }

  /// Does the next piece of work; what questions are answered from under the new labels, once it is
  /// done. Not called again after that.
  public mutating func advance() -> ScanArtefacts? {
    let present = phase
    phase = .working
    switch consume present {
    case .fitting(var fit):
      let head = fit.advance(design, rowLimit: 2048 * jobs, jobs: jobs)
      phase =
        head.map { .judging(PairJudging($0, groups: artefacts.pairs.groups)) } ?? .fitting(fit)
      return nil
    case .judging(var judging):
      guard judging.advance(design, groups: artefacts.pairs.groups, jobs: jobs) else {
        phase = .judging(judging)
        return nil
      }
      var refitted = ScanArtefacts(
        artefacts.pairs, judging, setting: artefacts.setting, quality: artefacts.result.quality,
        changes: changes)
      refitted.result = refitted.result.withSignals(of: artefacts.result)
      return refitted
    case .working: preconditionFailure("a refit is advanced by one caller, and not once it is done")
    }
  }
}
