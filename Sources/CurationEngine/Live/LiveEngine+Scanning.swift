import DatasetFiles
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Begins a scan, or goes on with the one that was stopped. Does nothing while one runs.
  ///
  /// The ranking is reported as soon as it is there; the further signals and the artefacts follow.
  public func startScan() {
    guard let opened = state.withLock({ $0.opened }), let flag = scanning.beginIfIdle() else {
      return
    }
    background.submit { [self] in
      defer { scanning.end(flag) }
      do {
        let runner = try scanRunner(for: opened)
        let scanID = runner.key.scanID
        var throttle = Throttle()
        func observe(_ progress: ScanProgress, _ secondsLeft: Double?) {
          if throttle.isDue() { report(.scanning(progress, secondsLeft: secondsLeft)) }
        }
        let result = runner.run(
          until: flag,
          ranked: { ranking in
            state.withLock { $0.scan = ranking }
            report(.scanned(ranking.byRow(opened.scannedPairs), scanID: scanID))
          }, prepared: { adopt($0) }, observe: observe)
        guard let result else { return report(.scanCancelled) }
        state.withLock { $0.scan = $0.scan?.withSignals(of: result) ?? result }
        report(.compared(result.byRow(opened.scannedPairs), scanID: scanID))
        if let artefacts = runner.artefacts(until: flag) { adopt(artefacts) }
      } catch {
        report(.scanFailed(error))
      }
    }
  }

  /// Takes what questions about the pairs of the file are answered from.
  private func adopt(_ artefacts: ScanArtefacts) {
    state.withLock { state in
      // A query may have had further signals worked out meanwhile.
      let artefacts = state.fileArtefacts.map { artefacts.withSignals(of: $0) } ?? artefacts
      state.fileArtefacts = artefacts
      if let refitted = state.artefacts, !refitted.changes.isEmpty {
        state.artefacts = refitted.withSignals(of: artefacts)
      } else {
        state.artefacts = artefacts
      }
    }
    followDecisions()
    explainAgain()
  }

  public func cancelScan() { scanning.cancel() }

  private func scanRunner(for opened: IndexedDataset) throws -> ScanRunner {
    if let runner = state.withLock({ $0.runner }) { return runner }
    let digest = try opened.dataset.contentDigest()
    compareWithLastReview(opened, digest: digest)
    let key = ScanKey(
      contentDigest: digest, format: opened.dataset.format.identity, mapping: mapping,
      columns: columns, scores: opened.scoreIdentities, settings: settings)
    let runner = ScanRunner(
      source: opened.scanSource, settings: settings, jobs: jobs, key: key,
      cache: state.withLock { $0.cache })
    state.withLock { $0.runner = runner }
    return runner
  }
}
