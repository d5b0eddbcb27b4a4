import DatasetFiles
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Begins a scan, or goes on with the one that was stopped. Does nothing while one runs.
  public func startScan() {
    guard let opened = state.withLock({ $0.opened }), let flag = scanning.beginIfIdle() else {
      return
    }
    background.submit { [self] in
      defer { scanning.end(flag) }
      do {
        let runner = try scanRunner(for: opened)
        var throttle = Throttle()
        let result = runner.run(until: flag) { progress, secondsLeft in
          if throttle.isDue() { report(.scanning(progress, secondsLeft: secondsLeft)) }
        }
        guard let result else { return report(.scanCancelled) }
        state.withLock { $0.scan = result }
        report(.scanned(result, scanID: runner.key.scanID))
      } catch {
        report(.scanFailed(error))
      }
    }
  }

  public func cancelScan() { scanning.cancel() }

  private func scanRunner(for opened: IndexedDataset) throws -> ScanRunner {
    if let runner = state.withLock({ $0.runner }) { return runner }
    let digest = try opened.dataset.contentDigest()
    compareWithLastReview(opened, digest: digest)
    let key = ScanKey(
      contentDigest: digest, format: opened.dataset.format.name, mapping: mapping,
      settings: settings)
    let runner = ScanRunner(
      source: opened.dataset, settings: settings, jobs: jobs, key: key,
      cache: state.withLock { $0.cache })
    state.withLock { $0.runner = runner }
    return runner
  }
}
