public import PreferenceData
public import ReviewStore

/// Who wants to review what, and where the process runs: all that opening a review depends on.
public struct ReviewRequest: Sendable {
  public var places: SessionPlaces
  public var holder: LockHolder

  public init(places: SessionPlaces, holder: LockHolder) {
    self.places = places
    self.holder = holder
  }

  public var annotator: AnnotatorName { holder.annotator }

  /// Where scores are kept between runs; nil where no folder can be written, which costs a scan at
  /// each start and nothing else.
  public var scoreCache: ScoreCache? {
    guard let folder = try? places.writable() else { return nil }
    return ScoreCache.open(folder: folder)
  }

  /// Where earlier runs have kept scores; nil where none has.
  public var existingScoreCache: ScoreCache? {
    places.candidates.first(where: \.holdsScores).map { ScoreCache.open(folder: $0) }
  }
}

/// The review of a data set as this process has it open.
public struct Review: Sendable {
  /// Why this process may only read.
  public enum Hindrance: Hashable, Sendable {
    /// It asked for no more.
    case notWanted
    /// Another process edits; nil where it has not said who it is.
    case held(LockHolder?)
    /// There is a review, but this process may not write where it lies.
    case notWritable(path: String)
  }

  public let annotator: AnnotatorName
  /// Where the review lies, or would lie.
  public let folder: SessionFolder
  public let journal: ReviewJournal
  /// Nil where this process may add to the review.
  public let hindrance: Hindrance?

  /// Opens the review to read it. Makes nothing on disk.
  public static func read(_ request: ReviewRequest) throws -> Review {
    let folder = request.places.existing ?? request.places.candidates[0]
    return Review(
      annotator: request.annotator, folder: folder,
      journal: try .open(folder: folder, access: .read), hindrance: .notWanted)
  }

  /// Opens the review to add to it, and makes it where it is not there yet.
  ///
  /// Where another process has it, or its folder cannot be written, it is opened to read, and
  /// `hindrance` says why.
  public static func edit(_ request: ReviewRequest) throws -> Review {
    let existing = request.places.existing
    let folder: SessionFolder
    do {
      folder = try request.places.writable()
    } catch {
      guard let existing else { throw error }
      return try readOnly(request, existing, .notWritable(path: existing.path))
    }
    if let existing, existing != folder {
      return try readOnly(request, existing, .notWritable(path: existing.path))
    }
    let lock: SessionLock
    do {
      lock = try SessionLock.acquire(in: folder, holder: request.holder)
    } catch .heldBy(let holder) {
      return try readOnly(request, folder, .held(holder))
    }
    return Review(
      annotator: request.annotator, folder: folder,
      journal: try .open(folder: folder, access: .write(lock)), hindrance: nil)
  }

  private static func readOnly(
    _ request: ReviewRequest, _ folder: SessionFolder, _ hindrance: Hindrance
  ) throws -> Review {
    Review(
      annotator: request.annotator, folder: folder,
      journal: try .open(folder: folder, access: .read), hindrance: hindrance)
  }
}
