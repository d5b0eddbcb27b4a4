import PreferenceData
import ReviewStore
import Synchronization

extension LiveEngine {
  /// Says what an export to `path` would write.
  public func planExport(to path: String) {
    export { [self] opened, _ in
      report(.exportPlanned(try cleaning(of: opened).plan, path: path))
    }
  }

  /// Writes the cleaned data set, its review and its manifest.
  public func export(to path: String, version: String) {
    export { [self] opened, flag in
      var throttle = Throttle()
      let written = try cleaning(of: opened).write(to: path, version: version) { share in
        if throttle.isDue() { report(.exporting(share: share)) }
        return !flag.isCancelled
      }
      report(.exported(written))
    }
  }

  public func cancelExport() { exporting.cancel() }

  private func export(
    _ work: @escaping @Sendable (IndexedDataset, CancellationFlag) throws -> Void
  ) {
    guard let opened = state.withLock({ $0.opened }) else { return }
    let flag = exporting.begin()
    exportThread.submit { [self] in
      defer { exporting.end(flag) }
      do {
        try work(opened, flag)
      } catch {
        report(.exportFailed(error))
      }
    }
  }

  private func cleaning(of opened: IndexedDataset) throws -> Cleaning {
    let ledger = try state.withLock { $0.review }?.journal.ledger() ?? ReviewLedger()
    return Cleaning(
      of: opened, ledger: ledger, annotator: nil, scope: .all, ties: .drop)
  }
}
