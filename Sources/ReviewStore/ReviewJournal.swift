public import PreferenceData

import GRDB

/// The review of one data set on disk: every event, in order, from the first decision on.
///
/// An event is durable when `append` returns: one transaction, synchronised to the disk before the
/// person sees it as saved. Entries are never changed or removed.
///
/// One writer at a time, which the session lock sees to. Calls from several threads queue up behind
/// one connection; a thread that reads much opens a journal of its own.
public final class ReviewJournal: Sendable {
  public enum Access: Sendable {
    /// Beside a writer or without one.
    case read
    /// Takes the lock along, so that it is held for as long as the journal is open.
    case write(SessionLock)
  }

  /// Nil for a review that has not been begun.
  private let database: DatabaseQueue?
  private let access: Access

  private init(database: DatabaseQueue?, access: Access) {
    self.database = database
    self.access = access
  }

  /// Opens the journal in `folder`.
  ///
  /// Writing makes it where it is missing. Reading makes nothing: a review that has not been begun
  /// reads as one without events.
  ///
  /// - Parameters:
  ///   - folder: The folder of the review.
  ///   - access: Whether to append, with the lock that allows it.
  ///   - newSeed: The seed of the review, should it begin now.
  /// - Returns: The open journal; it closes when the last reference to it goes.
  /// - Throws: What stands in the way of reading, or of writing where that was asked for.
  public static func open(
    folder: SessionFolder, access: Access,
    newSeed: UInt64 = .random(in: .min ... .max)
  ) throws(JournalError) -> ReviewJournal {
    do {
      switch access {
      case .write:
        let isShared = try FileSystem.isNetwork(folder.path)
        let database = try JournalConnection.forWriting(
          folder: folder, isShared: isShared, newSeed: newSeed)
        return ReviewJournal(database: database, access: access)
      case .read:
        let database = try JournalConnection.forReading(folder: folder)
        return ReviewJournal(database: database, access: access)
      }
    } catch {
      throw JournalError(error)
    }
  }

  /// Writes `event` behind the last one.
  /// - Returns: The event with its sequence number; it is on disk.
  /// - Throws: Why nothing was written.
  public func append(_ event: ReviewEvent) throws(JournalError) -> ReviewEvent {
    try write { try event.insert(into: $0) }
  }

  /// Writes `events` in their order, all or none of them.
  /// - Returns: The events with their sequence numbers; they are on disk.
  /// - Throws: Why nothing was written.
  public func append(_ events: [ReviewEvent]) throws(JournalError) -> [ReviewEvent] {
    try write { database in try events.map { try $0.insert(into: database) } }
  }

  /// The events with a sequence number above `sequence`, in order.
  public func events(after sequence: Int64 = 0) throws(JournalError) -> [ReviewEvent] {
    try read(absent: []) { try ReviewEvent.fetch(from: $0, after: sequence) }
  }

  /// The present state: all events, folded.
  public func ledger() throws(JournalError) -> ReviewLedger {
    ReviewLedger(events: try events())
  }

  /// What decides all that is random in this review, the same for as long as it lives; nil before
  /// it has been begun.
  public func seed() throws(JournalError) -> UInt64? {
    try read(absent: nil) { database in
      guard let text = try Setting.seed.value(in: database) else { return nil }
      guard let seed = UInt64(text) else { throw UnreadableColumn(name: "value") }
      return seed
    }
  }

  /// What the data set's bytes looked like when the review was last open, in the caller's words.
  public func fingerprint() throws(JournalError) -> String? {
    try read(absent: nil) { try Setting.fingerprint.value(in: $0) }
  }

  public func setFingerprint(_ fingerprint: String) throws(JournalError) {
    try write { try Setting.fingerprint.set(fingerprint, in: $0) }
  }

  /// The queries that were used in this review, in the caller's words.
  public func queries() throws(JournalError) -> String? {
    try read(absent: nil) { try Setting.queries.value(in: $0) }
  }

  public func setQueries(_ text: String) throws(JournalError) {
    try write { try Setting.queries.set(text, in: $0) }
  }

  /// The row at which `annotator` was last.
  public func place(of annotator: AnnotatorName) throws(JournalError) -> RowID? {
    try read(absent: nil) { database in
      try Row.fetchOne(
        database, sql: "SELECT pair, occurrence FROM place WHERE annotator = ?",
        arguments: [annotator.text])?.rowID()
    }
  }

  public func setPlace(of annotator: AnnotatorName, to row: RowID) throws(JournalError) {
    try write { database in
      try database.execute(
        sql: "INSERT OR REPLACE INTO place (annotator, pair, occurrence) VALUES (?, ?, ?)",
        arguments: [annotator.text, row.pair.description, row.occurrence])
    }
  }

  /// How safely this connection writes, read back from it; nil for a review not yet begun.
  public func durability() throws(JournalError) -> JournalDurability? {
    try read(absent: nil) { try JournalDurability(readFrom: $0) }
  }

  private func read<Value>(
    absent: Value, _ body: (Database) throws -> Value
  ) throws(JournalError) -> Value {
    guard let database else { return absent }
    do {
      return try database.read(body)
    } catch {
      throw JournalError(error)
    }
  }

  private func write<Value>(_ body: (Database) throws -> Value) throws(JournalError) -> Value {
    guard case .write = access, let database else { throw .readOnly }
    do {
      return try database.write(body)
    } catch {
      throw JournalError(error)
    }
  }
}
