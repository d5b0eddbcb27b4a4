import Foundation
import GRDB

/// How safely a connection writes.
public struct JournalDurability: Hashable, Sendable {
  /// `wal`, or `delete` where the log cannot be shared.
  public var journalMode: String
  /// 2 is FULL: synchronised at every commit.
  public var synchronous: Int
  /// `normal` or `exclusive`.
  public var lockingMode: String

  init(readFrom database: Database) throws {
    func pragma<Value: DatabaseValueConvertible>(_ name: String) throws -> Value {
      guard let value = try Value.fetchOne(database, sql: "PRAGMA \(name)") else {
        throw UnreadableColumn(name: name)
      }
      return value
    }
    journalMode = try pragma("journal_mode")
    synchronous = try pragma("synchronous")
    lockingMode = try pragma("locking_mode")
  }
}

/// One value of the review as a whole.
enum Setting: String {
  case seed, fingerprint, queries

  func value(in database: Database) throws -> String? {
    try String.fetchOne(
      database, sql: "SELECT value FROM setting WHERE name = ?", arguments: [rawValue])
  }

  func set(_ value: String, in database: Database) throws {
    try database.execute(
      sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
      arguments: [rawValue, value])
  }
}

/// Opening `review.sqlite`, and what is set on a connection before anything is trusted to it.
enum JournalConnection {
  /// How long to wait for another connection: readers lock for milliseconds only.
  private static let patience: TimeInterval = 2

  /// The journal for its one writer, made where it is missing, its schema brought up to date.
  ///
  /// `isShared` says that the folder is on a network file system: no write-ahead log there, but a
  /// rollback journal under a lock that is never let go.
  static func forWriting(
    folder: SessionFolder, isShared: Bool, newSeed: UInt64
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "review journal"
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      // Before the first access, or SQLite would map shared memory for an existing log.
      if isShared { try database.execute(sql: "PRAGMA locking_mode = EXCLUSIVE") }
    }
    let isNew = !FileSystem.exists(folder.journalPath)
    let queue = try DatabaseQueue(path: folder.journalPath, configuration: configuration)
    try queue.read(refuseNewerSchema)
    try queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA journal_mode = \(isShared ? "DELETE" : "WAL")")
      // Behind the journal mode: connections that open pools or logs are free to lower it there.
      try database.execute(sql: "PRAGMA synchronous = FULL")
    }
    try JournalSchema.migrator.migrate(queue)
    try queue.write { database in
      if try Setting.seed.value(in: database) == nil {
        try Setting.seed.set(String(newSeed), in: database)
      }
    }
    if isNew { try FileSystem.synchronizeFolder(at: folder.path) }
    return queue
  }

  /// The journal as it is, or nil where there is none, or none that has been begun.
  static func forReading(folder: SessionFolder) throws -> DatabaseQueue? {
    guard FileSystem.exists(folder.journalPath) else { return nil }
    var configuration = Configuration()
    configuration.label = "review journal, reading"
    configuration.readonly = true
    configuration.busyMode = .timeout(patience)
    let queue = try DatabaseQueue(
      path: try address(forReading: folder), configuration: configuration)
    let isComplete = try queue.read { database in
      try refuseNewerSchema(database)
      return try JournalSchema.migrator.appliedIdentifiers(database)
        .contains(JournalSchema.firstReadable)
    }
    return isComplete ? queue : nil
  }

  /// What to open for reading.
  ///
  /// SQLite makes two files beside a database with a log, even to read it. Where the folder refuses
  /// that, and no log waits to be taken in, the file is read as one that nobody changes.
  private static func address(forReading folder: SessionFolder) throws -> String {
    do {
      try FileSystem.requireWritableFolder(at: folder.path)
    } catch {
      if !FileSystem.exists(folder.journalPath + "-wal") {
        var address = URLComponents()
        address.scheme = "file"
        address.path = folder.journalPath
        address.queryItems = [URLQueryItem(name: "immutable", value: "1")]
        if let text = address.string { return text }
      }
    }
    return folder.journalPath
  }

  private static func refuseNewerSchema(_ database: Database) throws {
    let migrator = JournalSchema.migrator
    let unknown = try migrator.appliedIdentifiers(database).subtracting(migrator.migrations)
    guard unknown.isEmpty else { throw JournalError.newerSchema(unknown: unknown.sorted()) }
  }
}
