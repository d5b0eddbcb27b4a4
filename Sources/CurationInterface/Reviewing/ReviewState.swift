import PreferenceData
import TerminalSurface

/// The review as this session knows it: what is decided, what is on its way to the disk, and whether
/// anything may be decided at all.
struct ReviewState: Sendable {
  var ledger = ReviewLedger()
  /// nil until the journal is open.
  var access: ReviewAccess?
  /// The event that the journal has not answered yet. While there is one, keys wait.
  var pending: ReviewEvent?
  var heldKeys: [(key: KeyPress, milliseconds: Int64?)] = []
  /// Why the last event is not on disk; cleared by the next one that is.
  var failure: ProblemText?
  /// Notes, tags and criteria given to a row before its decision.
  var drafts: [RowID: Draft] = [:]
  /// The rows whose label the person asked to see before deciding.
  var revealed: Set<RowID> = []
  /// The rows whose label, or evidence, this session has had on screen.
  var labelsSeen: Set<RowID> = []
  var evidenceSeen: Set<RowID> = []
  /// Decisions that the copies of a row decided just now may share.
  var copyOffer: CopyOffer?
  /// The row whose note or tags the pending event changes; its decision stays, and so does the view.
  var editedRow: RowID?
  /// Whether the next pair waits until that event is on disk.
  var isGoingOn = false
  /// Where the person was when the review was closed, until it has been gone back to.
  var place: RowID?
  /// The tags that can be completed to; nil until they are first asked for.
  var knownTags: [String]?
  /// How many rows of the data set this annotator has decided.
  var decidedCount = 0

  /// The other rows of a decided pair that are not decided alike.
  struct CopyOffer: Hashable, Sendable {
    var positions: [Int]
    var decision: Decision
  }

  struct Draft: Hashable, Sendable {
    var note: String
    var tags: [String]
    var ratings: [CriterionRating] = []
    var isEmpty: Bool { note.isEmpty && tags.isEmpty && ratings.isEmpty }
  }

  /// Takes in an event that is on disk, and keeps the count of decided rows right.
  mutating func append(_ event: ReviewEvent, annotator: AnnotatorName) {
    let rows = Set(decidedRows(of: event, annotator: annotator))
    let before = rows.count { ledger.standing(on: $0, by: annotator) != nil }
    ledger.append(event)
    decidedCount += rows.count { ledger.standing(on: $0, by: annotator) != nil } - before
  }

  /// The rows that `event` decides, takes back or brings back.
  func decidedRows(of event: ReviewEvent, annotator: AnnotatorName) -> [RowID] {
    decisions(of: event, annotator: annotator).map(\.row)
  }

  /// The decisions that `event` makes, takes back or brings back.
  func decisions(of event: ReviewEvent, annotator: AnnotatorName) -> [RowDecision] {
    let step: ReviewEvent? =
      switch event.content {
      case .decided: event
      case .undone: ledger.nextUndo(of: annotator)
      case .redone: ledger.nextRedo(of: annotator)
      }
    guard case .decided(let decisions) = step?.content else { return [] }
    return decisions
  }
}
