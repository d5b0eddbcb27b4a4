import DatasetFiles
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Works out the bias table, after a scan that runs; from the second time on it is there at once.
  public func surveyBiases() {
    guard let opened = state.withLock({ $0.opened }) else { return }
    let flag = surveying.begin()
    background.submit { [self] in
      defer { surveying.end(flag) }
      if let table = state.withLock({ $0.biases }) { return report(.biasesSurveyed(table)) }
      var survey = BiasSurvey(
        source: opened.scanSource, pairs: opened.scannedPairs, jobs: jobs)
      var throttle = Throttle()
      while !flag.isCancelled {
        survey.advance()
        if let table = survey.table {
          state.withLock { $0.biases = table }
          return report(.biasesSurveyed(table))
        }
        if throttle.isDue() { report(.surveyingBiases(share: survey.share)) }
      }
    }
  }

  public func cancelBiasSurvey() { surveying.cancel() }
}
