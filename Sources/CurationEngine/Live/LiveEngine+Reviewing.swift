public import PreferenceData

import ReviewStore
import Synchronization

extension LiveEngine {
  /// Saves `event`; it is reported once it is on disk, or once it is known that it is not.
  public func record(_ event: ReviewEvent) {
    guard let review = state.withLock({ $0.review }) else {
      preconditionFailure("recorded before the review was open")
    }
    journalThread.submit { [self] in
      do {
        report(.recorded(try review.journal.append(event)))
      } catch {
        report(.recordFailed(error))
      }
    }
  }

  /// Remembers the row to come back to.
  public func savePlace(_ row: RowID) {
    guard let review = state.withLock({ $0.review }), review.hindrance == nil else { return }
    journalThread.submit {
      // A place that is not kept costs a jump at the next start; decisions report their failures.
      try? review.journal.setPlace(of: review.annotator, to: row)
    }
  }
}
