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
        let recorded = try review.journal.append(event)
        state.withLock { $0.ledger.append(recorded) }
        report(.recorded(recorded))
        followDecisions()
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

  /// Says so when the file is not the one that was reviewed last, and remembers this one.
  func compareWithLastReview(_ opened: IndexedDataset, digest: String) {
    guard let review = state.withLock({ $0.review }) else { return }
    journalThread.submit { [self] in
      do {
        if let known = try review.journal.fingerprint(), known != digest {
          let lost = opened.lostCount(in: try review.journal.ledger())
          report(.changedSinceReview(lostDecisions: lost))
        }
        if review.hindrance == nil { try review.journal.setFingerprint(digest) }
      } catch {
        report(.recordFailed(error))
      }
    }
  }
}
