import CurationEngine
import DatasetFiles
import PreferenceData
import PreferenceScoring
import ReviewStore

/// A data set with the review that belongs to it, as a command without a screen uses them.
struct OpenedReview {
  let opened: IndexedDataset
  let review: Review
  let ledger: ReviewLedger

  /// Opens both to read the review, with what `rewards` names beside the texts. Makes nothing on
  /// disk.
  init(reading options: FileOptions, with rewards: RewardOptions? = nil) throws {
    opened = try options.openIndexed(with: rewards)
    (review, ledger) = try Self.reading(options, of: opened.dataset)
  }

  /// A data set whose rows no decision had to find so far.
  init(indexing dataset: Dataset, _ review: Review, _ ledger: ReviewLedger, options: FileOptions)
    throws
  {
    opened = try options.indexed(dataset)
    self.review = review
    self.ledger = ledger
  }

  /// The review that belongs to `dataset`, to read it. Makes nothing on disk.
  static func reading(
    _ options: FileOptions, of dataset: Dataset
  ) throws -> (Review, ReviewLedger) {
    let request = try options.reviewRequest(for: dataset)
    return try review(at: request) { try .read(request) }
  }

  /// Opens both to add to the review, or fails where that cannot be.
  init(editing options: FileOptions) throws {
    opened = try options.openIndexed()
    let request = try options.reviewRequest(for: opened.dataset)
    (review, ledger) = try Self.review(at: request) { try .edit(request) }
    if let hindrance = review.hindrance { throw Failure(hindrance) }
  }

  /// The seed of the review.
  func seed() throws -> UInt64 {
    do {
      return try review.journal.seed() ?? 0
    } catch {
      throw Failure(error, path: review.folder.path)
    }
  }

  private static func review(
    at request: ReviewRequest, _ open: () throws -> Review
  ) throws -> (Review, ReviewLedger) {
    do {
      let review = try open()
      return (review, try review.journal.ledger())
    } catch let error as JournalError {
      throw Failure(error, path: request.places.candidates[0].path)
    } catch let error as SessionFolderError {
      throw Failure(error)
    } catch let error as SessionLockError {
      throw Failure(error)
    }
  }

  /// Puts `content` into the journal; it is on disk when this returns.
  func append(_ content: ReviewEvent.Content) throws -> ReviewEvent {
    try append([content], annotators: [review.annotator])[0]
  }

  /// Puts `contents` into the journal under their annotators, all or none.
  func append(
    _ contents: [ReviewEvent.Content], annotators: [AnnotatorName], at times: [Int64]? = nil
  ) throws -> [ReviewEvent] {
    let now = WallClock.millisecondsSince1970
    let events = contents.indices.map {
      ReviewEvent(
        millisecondsSince1970: times?[$0] ?? now, annotator: annotators[$0], content: contents[$0])
    }
    do {
      return try review.journal.append(events)
    } catch {
      throw Failure(error, path: review.folder.path)
    }
  }

  /// What the standing decision of this annotator does to the row at `position`; nil where there is
  /// none.
  func outcome(at position: Int) -> Outcome? {
    guard let id = opened.index.ids[position],
      let standing = ledger.standing(on: id, by: review.annotator),
      case .success(let row) = opened.dataset.row(at: position)
    else { return nil }
    return standing.decision.outcome(sides: row.sides.map(\.id), label: row.label)
  }

  /// The row that `name` names.
  func position(named name: String) throws -> Int {
    switch opened.position(named: name) {
    case .found(let position): return position
    case .unknown:
      throw Failure(
        .no, what: "there is no row \(name) in \(opened.dataset.name)",
        remedy: "name it by its id, or as row:N counted from 0")
    case .ambiguous(let positions):
      let names = positions.map { "row:\($0)" }
      throw Failure(
        .usage, what: "\(name) names several rows", why: names.joined(separator: ", "),
        remedy: "name one of them")
    }
  }

  /// The pair at `position`, or why there is none.
  func pair(at position: Int) throws -> PreferenceRow {
    switch opened.row(at: position) {
    case .success(let row): return row
    case .failure(let problem):
      throw Failure(
        .badData, what: "row \(position) cannot be read", why: problem.text,
        remedy: "it is exported as it is")
    }
  }
}
