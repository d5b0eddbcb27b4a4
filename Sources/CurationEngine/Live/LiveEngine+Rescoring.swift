import Dispatch
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// A refit waits until nothing was decided for so long, or so much was decided.
  private static let quietTime = DispatchTimeInterval.seconds(1)
  private static let decisionsBeforeRefit = 25

  /// Lets the ranking follow the decisions: at once by one step of the head, and exactly once the
  /// person pauses.
  func followDecisions() {
    guard decisions.post() else { return }
    rescoringThread.submit { [self] in
      var refit: HeadRefit?
      var newCount = 0
      repeat {
        while !decisions.isClosed {
          let new = decisions.takeNew()
          if new > 0, rescore() { newCount += new }
          if refit != nil {
            guard let refitted = refit?.advance() ?? nil else { continue }
            refit = nil
            adopt(refit: refitted)
          } else if newCount == 0 {
            break
          } else if newCount >= Self.decisionsBeforeRefit
            || decisions.isQuiet(for: Self.quietTime)
          {
            newCount = 0
            refit = beginRefit()
          }
        }
      } while !decisions.endIfNothingNew()
    }
  }

  /// Reports the ranking under the present decisions, where it is another one than is known; whether
  /// it was.
  private func rescore() -> Bool {
    guard let (file, refitted, changes) = standing() else { return false }
    let known = state.withLock { $0.scan }
    // Those of the loop are of the decisions, not of the file.
    let hasNewSignals =
      known?.signals.keys.count { !SignalID.loop.contains($0) } != file.result.signals.count
    guard known?.changes != changes || (!changes.isEmpty && hasNewSignals) else { return false }
    let base = changes.isEmpty ? file : refitted
    if changes.isEmpty { state.withLock { $0.artefacts = file } }
    take(base.rescored(changes))
    return !changes.isEmpty
  }

  private func beginRefit() -> HeadRefit? {
    guard let (file, refitted, changes) = standing(), !changes.isEmpty,
      refitted.changes != changes
    else { return nil }
    return HeadRefit(of: file, changes: changes, jobs: jobs)
  }

  private func adopt(refit refitted: ScanArtefacts) {
    guard let (file, _, changes) = standing() else { return }
    // The signals may have come while the refit ran.
    let artefacts = refitted.withSignals(of: file)
    state.withLock { $0.artefacts = changes.isEmpty ? file : artefacts }
    takeLoop()
    if !changes.isEmpty { take(artefacts.rescored(changes)) }
  }

  private func take(_ result: ScanResult) {
    let (opened, scan) = state.withLock { state in
      let scan = result.withLoop(state.loop)
      state.scan = scan
      return (state.opened, scan)
    }
    report(.rescored(opened.map { scan.byRow($0.scannedPairs) } ?? scan))
  }

  /// The artefacts of the file, those of its newest refit, and what the decisions do to its labels; nil
  /// before the first scan.
  private func standing() -> (ScanArtefacts, ScanArtefacts, LabelChanges)? {
    let (file, refitted, opened, ledger) = state.withLock {
      ($0.fileArtefacts, $0.artefacts, $0.opened, $0.ledger)
    }
    guard let file, let refitted, let opened else { return nil }
    return (file, refitted, opened.labelChanges(under: ledger))
  }
}
