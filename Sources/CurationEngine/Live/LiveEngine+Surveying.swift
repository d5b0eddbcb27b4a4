import DatasetFiles
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Reports what the decisions up to now mean for the labels of the file.
  public func surveyReview() {
    evidenceThread.submit { [self] in
      let (opened, ledger, seed) = state.withLock { ($0.opened, $0.ledger, $0.seed) }
      guard let opened else { return }
      report(.reviewSurveyed(opened.reviewedRows(under: ledger, seed: seed)))
      surveyLoop()
    }
  }
}
