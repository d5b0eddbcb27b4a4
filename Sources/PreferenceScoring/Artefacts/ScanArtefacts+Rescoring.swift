extension ScanArtefacts {
  /// The ranking under other labels, by one Newton step from this head: what a decision changes at
  /// once, until a `HeadRefit` has the exact answer.
  ///
  /// Meaning: at the fitted theta the gradient is 0, so under the new labels it is the sum of what the
  /// changed rows add less what they added; theta moves by H^-1 of it, with the Hessian at hand, and
  /// every pair is judged anew with the leverages at hand. A row whose label is exchanged has the
  /// margin of its new label; one that is left out has none. Under the labels that this head was
  /// fitted to it is `result`, byte for byte.
  ///
  /// - Complexity: O(rows * columns), and O(columns^2) for each row that has copies.
  /// - Limits: first order; the further the labels are from those of the head, the rougher.
  public func rescored(_ changes: LabelChanges) -> ScanResult {
    guard changes != self.changes else { return result }
    let relabelled = pairs.design.relabelled(pairs.signs(of: changes))
    let theta = steppedTheta(to: relabelled)
    let moved = BradleyTerryHead(theta: theta, hessian: head.hessian)
    return ScanResult(
      rejudged(relabelled, head: moved), head: moved, of: pairs, setting: setting,
      quality: result.quality, changes: changes
    ).adding(result.signals).asked(for: result.settings)
  }

  /// theta after one Newton step towards the head of `relabelled`, the same pairs with other labels.
  func steppedTheta(to relabelled: DesignMatrix) -> [Double] {
    var ascent = [Double](repeating: 0, count: head.theta.count)
    for row in 0..<design.rowCount where design.sign(of: row) != relabelled.sign(of: row) {
      for (sign, labelled) in [(-1.0, design), (1, relabelled)] {
        let x = labelled.rows(row..<row + 1)
        let wrong = sigmoid(-zip(head.theta, x).reduce(0) { $0 + $1.0 * $1.1 })
        for column in ascent.indices { ascent[column] += sign * wrong * x[column] }
      }
    }
    return zip(head.theta, head.hessian.solve(ascent)).map { $0 + $1 }
  }

  /// What `moved`, whose Hessian is that of `head`, says of each pair.
  private func rejudged(_ relabelled: DesignMatrix, head moved: BradleyTerryHead) -> JudgedPairs {
    var found = judged
    found.groupPulls = [:]
    let rowsAtOnce = 1024
    for start in stride(from: 0, to: relabelled.rowCount, by: rowsAtOnce) {
      let rows = start..<min(start + rowsAtOnce, relabelled.rowCount)
      let margins = LinearAlgebra.products(
        of: relabelled.rows(rows), rows: rows.count, with: moved.theta, count: 1,
        columns: relabelled.columnCount)
      for (row, margin) in zip(rows, margins) {
        let pull = LeaveOneOut.pull(margin: margin, leverage: judged.leverages[row])
        found.margins[row] = margin
        found.pulls[row] = pull
        found.leftOutMargins[row] = margin - pull * judged.leverages[row]
      }
    }
    for group in pairs.groups.copies where group.count > 1 {
      found.take(
        LeaveOneOut(relabelled, rows: group, copies: [group], head: moved), at: group)
    }
    return found
  }
}

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
      refitted.result = refitted.result.adding(artefacts.result.signals)
        .asked(for: artefacts.result.settings)
      return refitted
    case .working: preconditionFailure("a refit is advanced by one caller, and not once it is done")
    }
  }
}
