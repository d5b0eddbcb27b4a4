import Foundation
import PreferenceData
import ReviewStore
import Testing

@Suite("Session lock")
struct SessionLockTests {
  @Test("a second process is told who holds the review, and gets it once it is let go")
  func twoOpeners() throws {
    let folder = try TemporaryFolder()
    let holder = LockHolder(
      annotator: try GeneratedReview.annotator(2), host: "büro", processID: 4711,
      sinceMillisecondsSince1970: 1_800_000_000_123)
    var first: SessionLock? = try SessionLock.acquire(in: folder.session, holder: holder)
    #expect(first != nil)
    #expect(throws: SessionLockError.heldBy(holder)) { try SessionLock.acquire(in: folder.session) }
    first = nil
    let second = try SessionLock.acquire(in: folder.session)
    defer { withExtendedLifetime(second) {} }
    #expect(throws: SessionLockError.self) { try SessionLock.acquire(in: folder.session) }
  }

  @Test("letting go lets go at once, even while a process that is being started has a copy of it")
  func copiedDescriptor() throws {
    let folder = try TemporaryFolder()
    var lock: SessionLock? = try SessionLock.acquire(in: folder.session)
    let files = FileManager.default
    let held = try files.contentsOfDirectory(atPath: "/proc/self/fd").first {
      // A descriptor may be closed by another test between the listing and the look.
      let target = try? files.destinationOfSymbolicLink(atPath: "/proc/self/fd/\($0)")
      return target == folder.path + "/session.lock"
    }
    let copy = dup(try #require(held.flatMap { Int32($0) }))
    defer { close(copy) }
    #expect(lock != nil)
    lock = nil
    lock = try SessionLock.acquire(in: folder.session)
    #expect(lock != nil)
  }

  @Test("the journal keeps the lock for as long as it is open")
  func journalHoldsLock() throws {
    let folder = try TemporaryFolder()
    try {
      let journal = try ReviewJournal.openForWriting(folder.session)
      #expect(throws: SessionLockError.self) { try SessionLock.acquire(in: folder.session) }
      try journal.setFingerprint("x")
    }()
    _ = try SessionLock.acquire(in: folder.session)
  }

  @Test("what an earlier holder wrote, or anything else in the file, locks nobody out")
  func staleContent() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/session.lock"
    let contents = [
      "", "{", #"{"annotator":"ada","host":"h","process":1,"since":"2026-11-22T06:50:00Z"}"#,
      String(repeating: "x", count: 5000),
    ]
    for content in contents {
      try folder.write(content, to: "session.lock")
      let lock = try SessionLock.acquire(in: folder.session)
      try withExtendedLifetime(lock) {
        let written = try #require(FileManager.default.contents(atPath: path))
        #expect(
          String(decoding: written, as: UTF8.self)
            == #"{"annotator":"ada","host":"here","process":4711,"#
            + #""since":"2027-01-15T08:00:00.123Z"}"# + "\n")
      }
    }
  }

  @Test("a holder that has not said who it is holds the lock all the same")
  func unnamedHolder() throws {
    let folder = try TemporaryFolder()
    let lock = try SessionLock.acquire(in: folder.session)
    defer { withExtendedLifetime(lock) {} }
    try folder.write("{", to: "session.lock")
    #expect(throws: SessionLockError.heldBy(nil)) { try SessionLock.acquire(in: folder.session) }
  }

  @Test("a folder that is not there gives the system's error")
  func noFolder() {
    #expect(throws: SessionLockError.unavailable(code: 2)) {
      try SessionLock.acquire(in: SessionFolder(path: "/nonexistent/demur"))
    }
  }
}
