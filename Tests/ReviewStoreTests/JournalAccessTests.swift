import Foundation
import GRDB
import PreferenceData
import Testing

@testable import ReviewStore

@Suite("Opening a journal")
struct JournalAccessTests {
  @Test("the writer synchronises every commit to a write-ahead log")
  func durabilityOnLocalDisk() throws {
    let folder = try TemporaryFolder()
    for _ in 0..<2 {
      let journal = try ReviewJournal.openForWriting(folder.session)
      let durability = try #require(try journal.durability())
      #expect(durability.journalMode == "wal")
      #expect(durability.synchronous == 2)
      #expect(durability.lockingMode == "normal")
    }
  }

  @Test("on a network file system there is no log, and the lock is never let go")
  func durabilityOnNetwork() throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 11)
    // A review that was begun on a local disk and moved there.
    try withOpenJournal(folder) { _ = try $0.append(try review.events(3)) }
    try {
      let queue = try JournalConnection.forWriting(
        folder: folder.session, isShared: true, newSeed: 1)
      let durability = try queue.read(JournalDurability.init(readFrom:))
      #expect(durability.journalMode == "delete")
      #expect(durability.synchronous == 2)
      #expect(durability.lockingMode == "exclusive")
      var event = try review.event(after: 0)
      event = try queue.write { try event.insert(into: $0) }
      #expect(event.sequence == 4)
      #expect(try !folder.names().contains("review.sqlite-wal"))
      #expect(throws: JournalError.busy) {
        try ReviewJournal.open(folder: folder.session, access: .read)
      }
    }()
    let journal = try ReviewJournal.open(folder: folder.session, access: .read)
    #expect(try journal.events().count == 4)
  }

  @Test("this test's own folder is not taken for a network")
  func localFolder() throws {
    let folder = try TemporaryFolder()
    #expect(try !FileSystem.isNetwork(folder.path))
    #expect(throws: SystemError(code: 2)) { try FileSystem.isNetwork(folder.path + "/none") }
  }

  @Test("reading a review that has not been begun finds nothing and makes nothing")
  func readingNothing() throws {
    let folder = try TemporaryFolder()
    for path in [folder.path, folder.path + "/none"] {
      let journal = try ReviewJournal.open(folder: SessionFolder(path: path), access: .read)
      #expect(try journal.ledger() == ReviewLedger())
      #expect(try journal.seed() == nil)
      #expect(try journal.place(of: try GeneratedReview.annotator(0)) == nil)
      #expect(try journal.durability() == nil)
      #expect(throws: JournalError.readOnly) { try journal.setFingerprint("") }
    }
    #expect(try folder.names().isEmpty)
  }

  @Test("an empty file, as a crash at the very beginning leaves it, is a review not yet begun")
  func emptyFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "review.sqlite")
    let reading = try ReviewJournal.open(folder: folder.session, access: .read)
    #expect(try reading.events().isEmpty)
    #expect(try ReviewJournal.openForWriting(folder.session, newSeed: 3).seed() == 3)
  }

  @Test("a reader beside the writer sees each event once it is committed, and cannot write")
  func readerBesideWriter() throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 12)
    let writer = try ReviewJournal.openForWriting(folder.session)
    let reader = try ReviewJournal.open(folder: folder.session, access: .read)
    for event in try review.events(20) {
      let stored = try writer.append(event)
      #expect(try reader.events(after: stored.sequence - 1) == [stored])
    }
    #expect(try reader.ledger() == writer.ledger())
    let event = try review.event(after: 1)
    #expect(throws: JournalError.readOnly) { try reader.append(event) }
  }

  @Test("readers on other threads see a prefix of what is being appended")
  func concurrentReaders() async throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 13)
    let events = try review.events(200)
    let writer = try ReviewJournal.openForWriting(folder.session)
    try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<2 {
        group.addTask {
          var counts: [Int] = []
          while counts.last != events.count {
            // A journal of its own, and the writer's.
            for journal in [try .open(folder: folder.session, access: .read), writer] {
              let seen = try journal.events()
              #expect(seen.map(\.content) == events.prefix(seen.count).map(\.content))
              counts.append(seen.count)
            }
          }
          return counts
        }
      }
      for event in events { _ = try writer.append(event) }
      for try await counts in group { #expect(counts == counts.sorted()) }
    }
  }

  @Test("a journal of a newer schema is refused by name, and left as it is")
  func newerSchema() throws {
    let folder = try TemporaryFolder()
    try withOpenJournal(folder) { (journal) throws in try journal.setFingerprint("x") }
    do {
      let queue = try DatabaseQueue(path: folder.session.journalPath)
      try queue.write {
        try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('9 dimensions')")
      }
    }
    let expected = JournalError.newerSchema(unknown: ["9 dimensions"])
    #expect(throws: expected) { try ReviewJournal.open(folder: folder.session, access: .read) }
    #expect(throws: expected) { try ReviewJournal.openForWriting(folder.session) }
  }

  @Test("a file that is no database, or a damaged one, is corrupt and not touched")
  func corruptFile() throws {
    let folder = try TemporaryFolder()
    let path = folder.session.journalPath
    let text = String(repeating: "no database at all\n", count: 400)
    try folder.write(text, to: "review.sqlite")
    #expect(throws: JournalError.corrupt) {
      try ReviewJournal.open(folder: folder.session, access: .read)
    }
    #expect(throws: JournalError.corrupt) { try ReviewJournal.openForWriting(folder.session) }
    #expect(FileManager.default.contents(atPath: path) == Data(text.utf8))
  }

  @Test("a damaged page is an error, never a wrong ledger or a trap", arguments: 0..<40)
  func damagedPages(seed: Int) throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: seed)
    let events = try withOpenJournal(folder) { try $0.append(try review.events(60)) }
    let path = folder.session.journalPath
    var data = try #require(FileManager.default.contents(atPath: path))
    for _ in 0..<(1 + seed % 8) { data[100 + review.below(data.count - 100)] ^= UInt8(1 + seed) }
    try data.write(to: URL(fileURLWithPath: path))
    do {
      let journal = try ReviewJournal.open(folder: folder.session, access: .read)
      let read = try journal.events()
      // Where the damage hit what nobody can check, such as a letter of a note, the events are
      // still whole ones in order.
      #expect(read.count <= events.count)
      #expect(read.map(\.sequence) == read.map(\.sequence).sorted())
    } catch {
      #expect(error != .busy && error != .diskFull)
    }
  }

  @Test("a word that this program does not write is corrupt, not a trap")
  func foreignWords() throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 14)
    let decided = ReviewEvent(
      millisecondsSince1970: 1, annotator: try GeneratedReview.annotator(0),
      content: .decided([review.decision()]))
    try withOpenJournal(folder) { _ = try $0.append(decided) }
    let damages = [
      "UPDATE event SET annotator = ''", "UPDATE event SET kind = 'dreamt'",
      "UPDATE decision SET pair = 'xyz'", "UPDATE decision SET occurrence = -1",
      "UPDATE decision SET verdict = 'maybe'", "UPDATE decision SET route = 'bus'",
      "UPDATE decision SET remarks = '{'", "UPDATE decision SET first_side = '12'",
      "UPDATE decision SET verdict = 'prefers', preferred = NULL",
    ]
    for damage in damages {
      let copy = try TemporaryFolder()
      try FileManager.default.copyItem(
        atPath: folder.session.journalPath, toPath: copy.session.journalPath)
      do {
        let queue = try DatabaseQueue(path: copy.session.journalPath)
        try queue.write {
          try $0.execute(sql: "PRAGMA ignore_check_constraints = ON; \(damage)")
        }
      }
      let journal = try ReviewJournal.open(folder: copy.session, access: .read)
      #expect(throws: JournalError.corrupt, "\(damage)") { try journal.events() }
    }
  }
}
