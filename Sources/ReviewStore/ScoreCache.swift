import Foundation
import GRDB
import PreferenceData

/// Scores of earlier scans, kept so that opening a file again need not wait. Safe to delete.
///
/// In a file of its own: a scan that stores its scores never makes a decision wait. Nothing that
/// goes wrong here stops work; it is said, and the scores are computed anew.
public final class ScoreCache: Sendable {
  /// What was found on opening.
  public enum Condition: Hashable, Sendable {
    case ready
    /// The file was damaged or from another version: it was thrown away and begun anew.
    case remade
    /// Nothing can be kept, for this reason; every look-up finds nothing.
    case unavailable(JournalError)
  }

  /// How many entries are kept: the last scan, and what a change of settings or of the file can be
  /// taken back to.
  public static let capacity = 4

  public let condition: Condition
  private let database: DatabaseQueue?

  private init(database: DatabaseQueue?, condition: Condition) {
    self.database = database
    self.condition = condition
  }

  /// Opens the cache in `folder`, made where it is missing.
  public static func open(folder: SessionFolder) -> ScoreCache {
    do {
      return ScoreCache(database: try connect(folder.cachePath), condition: .ready)
    } catch {
      guard case .corrupt = JournalError(error) else {
        return ScoreCache(database: nil, condition: .unavailable(JournalError(error)))
      }
    }
    do {
      for suffix in ["", "-journal", "-wal", "-shm"] {
        try FileSystem.removeFile(folder.cachePath + suffix)
      }
      return ScoreCache(database: try connect(folder.cachePath), condition: .remade)
    } catch {
      return ScoreCache(database: nil, condition: .unavailable(JournalError(error)))
    }
  }

  /// What was last put under `key`, or nil where it is not there, or not as it was put.
  public func bytes(for key: String) -> [UInt8]? {
    // Whatever is wrong with the cache, what is in it can be computed.
    let found = try? database?.read { database -> (bytes: [UInt8], isWhole: Bool)? in
      guard
        let entry = try Row.fetchOne(
          database, sql: "SELECT number, hash FROM entry WHERE key = ?", arguments: [key])
      else { return nil }
      let parts = try Data.fetchCursor(
        database, sql: "SELECT bytes FROM part WHERE entry = ? ORDER BY place",
        arguments: [try entry.stored("number") as Int64])
      var bytes: [UInt8] = []
      var hash = PartsHash()
      while let part = try parts.next() {
        hash.add(part)
        bytes += part
      }
      return (bytes, try entry.stored("hash") == hash.description)
    }
    guard let found, found.isWhole else { return nil }
    return found.bytes
  }

  /// Keeps what `write` hands over under `key`, one piece after the other, and of the other entries the
  /// newest.
  /// - Returns: Why they could not be kept, or nil.
  public func put(
    for key: String,
    _ write: (_ take: (_ piece: [UInt8]) throws(JournalError) -> Void) throws(JournalError) -> Void
  ) -> JournalError? {
    guard let database else {
      guard case .unavailable(let error) = condition else { return nil }
      return error
    }
    do {
      try database.write { database in
        try database.execute(sql: "DELETE FROM entry WHERE key = ?", arguments: [key])
        try database.execute(
          sql: "INSERT INTO entry (key, hash) VALUES (?, '')", arguments: [key])
        let number = database.lastInsertedRowID
        let hash = try Self.insertParts(of: number, into: database, write)
        try database.execute(
          sql: "UPDATE entry SET hash = ? WHERE number = ?", arguments: [hash, number])
        try database.execute(
          sql: """
            DELETE FROM entry
            WHERE number NOT IN (SELECT number FROM entry ORDER BY number DESC LIMIT ?)
            """,
          arguments: [Self.capacity])
        try database.execute(
          sql: "DELETE FROM part WHERE entry NOT IN (SELECT number FROM entry)")
      }
      return nil
    } catch {
      return JournalError(error)
    }
  }

  /// An entry is kept in parts of this size at most: the database holds each of them several times over
  /// while it is written.
  private static let bytesInPart = 1 << 20

  /// Stores what `write` hands over as the parts of entry `number`.
  /// - Returns: The hash of them all.
  private static func insertParts(
    of number: Int64, into database: Database,
    _ write: (_ take: (_ piece: [UInt8]) throws(JournalError) -> Void) throws(JournalError) -> Void
  ) throws(JournalError) -> String {
    var hash = PartsHash()
    var place = 0
    try write { piece throws(JournalError) in
      for start in stride(from: 0, to: piece.count, by: bytesInPart) {
        let part = Data(piece[start..<min(start + bytesInPart, piece.count)])
        hash.add(part)
        do {
          try database.execute(
            sql: "INSERT INTO part (entry, place, bytes) VALUES (?, ?, ?)",
            arguments: [number, place, part])
        } catch {
          throw JournalError(error)
        }
        place += 1
      }
    }
    return hash.description
  }

  /// The hash of the parts of an entry, each hashed with that of those before it.
  private struct PartsHash: CustomStringConvertible {
    private var hash = StableHash("")

    mutating func add(_ part: Data) {
      hash = StableHash(bytes: Array(part).span, seed: hash.low)
    }

    var description: String { hash.description }
  }

  private static func connect(_ path: String) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "score cache"
    configuration.busyMode = .timeout(1)
    configuration.prepareDatabase { database in
      // Scores lost with the power are computed again; waiting for the disk would buy nothing.
      try database.execute(sql: "PRAGMA synchronous = OFF")
    }
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.write { database in
      try database.execute(
        sql: """
          CREATE TABLE IF NOT EXISTS entry (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            key TEXT NOT NULL UNIQUE,
            hash TEXT NOT NULL
          ) STRICT;
          CREATE TABLE IF NOT EXISTS part (
            entry INTEGER NOT NULL,
            place INTEGER NOT NULL,
            bytes BLOB NOT NULL,
            PRIMARY KEY (entry, place)
          ) STRICT
          """)
      let columns = try database.columns(in: "entry").map(\.name)
      let report = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
      guard columns == ["number", "key", "hash"], report == "ok" else {
        throw JournalError.corrupt
      }
    }
    return queue
  }
}
