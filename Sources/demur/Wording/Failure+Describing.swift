import CurationInterface
import DatasetFiles
import PreferenceData
import ReviewStore

extension Failure {
  /// The sentence for whatever a command or the engine failed with.
  ///
  /// - Parameters:
  ///   - error: The failure.
  ///   - file: The data set or file that was worked on.
  ///   - folder: The folder of the review.
  init(describing error: any Error, file: String, folder: String) {
    switch error {
    case let error as Failure: self = error
    case let error as DatasetReadError: self.init(error, file: file)
    case let error as ScoreProblem: self.init(error, scores: "--scores")
    case let error as ExportError: self.init(error, path: "the export")
    case let error as JournalError: self.init(error, path: folder)
    case let error as SessionFolderError: self.init(error)
    case let error as SessionLockError: self.init(error)
    default:
      self.init(
        .bug, what: "something failed that should not", why: "\(type(of: error))",
        remedy: "please report it; decisions that were shown as saved are on disk")
    }
  }
}
