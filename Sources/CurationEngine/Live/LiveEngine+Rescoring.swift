import Dispatch
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// A refit of the head waits until nothing was decided for so long, or so many labels were changed; the
  /// further signals take as long as a scan, so they wait longer.
  private static let quietTime = DispatchTimeInterval.seconds(1)
  private static let decisionsBeforeRefit = 25
  private static let quietTimeBeforeSignals = DispatchTimeInterval.seconds(10)
  private static let decisionsBeforeSignals = 100

  /// What is under way to follow the decisions, and how many it does not know of yet.
  private struct Following {
    var refit: HeadRefit?
    var signals: SignalRefit?
    var sinceRefit = 0
    var sinceSignals = 0
  }

  /// Lets the ranking follow the decisions: at once by one step of the head, exactly once the person
  /// pauses, and with all further signals in a longer pause.
  func followDecisions() {
    guard decisions.post() else { return }
    rescoringThread.submit { [self] in
      var work = Following()
      repeat {
        while !decisions.isClosed, advance(&work) {}
      } while !decisions.endIfNothingNew()
    }
  }

  /// Does the next piece; false where there is nothing to do.
  private func advance(_ work: inout Following) -> Bool {
    let new = decisions.takeNew()
    if new > 0, rescore() {
      work.sinceRefit += new
      work.sinceSignals += new
    }
    if work.refit != nil {
      guard let refitted = work.refit?.advance() ?? nil else { return true }
      work.refit = nil
      adopt(refit: refitted)
    } else if work.sinceRefit > 0 {
      if work.sinceRefit >= Self.decisionsBeforeRefit || decisions.isQuiet(for: Self.quietTime) {
        work.sinceRefit = 0
        work.refit = beginRefit()
      }
    } else if work.signals != nil {
      guard let followed = work.signals?.advance() ?? nil else { return true }
      work.signals = nil
      adopt(followed)
    } else if work.sinceSignals > 0 {
      if work.sinceSignals >= Self.decisionsBeforeSignals
        || decisions.isQuiet(for: Self.quietTimeBeforeSignals)
      {
        work.sinceSignals = 0
        work.signals = beginSignals()
      }
    } else {
      return false
    }
    return true
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

  private func beginSignals() -> SignalRefit? {
    let (file, refitted, followed) = state.withLock {
      ($0.fileArtefacts, $0.artefacts, $0.followed)
    }
    guard let file, let refitted, refitted.changes != followed?.changes else { return nil }
    return SignalRefit(of: file, under: refitted, jobs: jobs)
  }

  private func adopt(_ followed: FollowedSignals) {
    state.withLock { $0.followed = followed }
    guard let (_, refitted, changes) = standing(), !changes.isEmpty else { return }
    take(refitted.rescored(changes))
  }

  private func take(_ result: ScanResult) {
    let (opened, scan) = state.withLock { state in
      var scan = result.withLoop(state.loop)
      // Without a changed label the signals of the file are those of the decisions.
      if let followed = state.followed, !result.changes.isEmpty { scan = scan.following(followed) }
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
