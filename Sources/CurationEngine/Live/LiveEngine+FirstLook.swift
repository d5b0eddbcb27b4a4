import DatasetFiles
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// Takes a first look at the file, after a scan that runs; from the second time on it is there at once.
  public func surveyFile() {
    guard let opened = state.withLock({ $0.opened }) else { return }
    let flag = looking.begin()
    background.submit { [self] in
      defer { looking.end(flag) }
      if let look = state.withLock({ $0.firstLook }) { return report(.fileSurveyed(look)) }
      var survey = FirstLookSurvey(source: opened.dataset, jobs: jobs)
      var throttle = Throttle()
      while !flag.isCancelled {
        survey.advance()
        if let look = survey.look {
          state.withLock { $0.firstLook = look }
          return report(.fileSurveyed(look))
        }
        if throttle.isDue() { report(.surveyingFile(share: survey.share)) }
      }
    }
  }

  public func cancelFileSurvey() { looking.cancel() }
}
