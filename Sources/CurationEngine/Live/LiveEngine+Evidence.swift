import DatasetFiles
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Says why the row at `position` stands where it stands, with the `limit` strongest reasons of each
  /// kind.
  ///
  /// The first evidence that is asked for of a scan comes twice: how much its signals say the same
  /// takes a look at all pairs.
  public func explain(position: Int, limit: Int) {
    let (dataset, scan, correlations) = state.withLock {
      ($0.opened?.dataset, $0.scan, $0.correlations)
    }
    evidenceThread.submit { [self] in
      guard let dataset, let scan, case .success(let row) = dataset.row(at: position) else {
        return report(.explained(position: position, nil))
      }
      var evidence = scan.evidence(of: row, at: position, limit: limit)
      // Decisions move single margins, which does not change what the signals have in common.
      if let correlations, correlations.ids == SignalCorrelations.ids(of: scan) {
        evidence.correlations = correlations
        return report(.explained(position: position, evidence))
      }
      report(.explained(position: position, evidence))
      let compared = SignalCorrelations(scan)
      state.withLock { $0.correlations = compared }
      evidence.correlations = compared
      report(.explained(position: position, evidence))
    }
  }
}
