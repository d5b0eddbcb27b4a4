import Foundation
import Glibc
import PreferenceData
import Testing

@testable import ReviewStore

/// Disks that are full and folders that may not be written.
@Suite("Writing refused")
struct RefusedWritingTests {
  @Test("a folder that may not be written can be read, and nothing is made in it")
  func readOnlyFolder() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path
    let review = path + "/a.jsonl.demur"
    let places = SessionPlaces(of: .file(path: path + "/a.jsonl"), environment: [:], home: path)
    var generated = GeneratedReview(seed: 21)
    let events = try generated.events(5)
    try {
      _ = try ReviewJournal.openForWriting(try places.writable()).append(events)
    }()
    let names = try FileManager.default.contentsOfDirectory(atPath: review).sorted()
    for closed in [review, path] {
      try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
    }
    await #expect(processExitsWith: .success) { [path = path as String] in
      // Permissions mean nothing to root.
      if geteuid() == 0 { try #require(setgid(65534) == 0 && setuid(65534) == 0) }
      let data = ReviewedData.file(path: path + "/a.jsonl")
      let places = SessionPlaces(of: data, environment: [:], home: path)
      let beside = try #require(places.candidates.first)
      #expect(places.existing == beside)
      let journal = try ReviewJournal.open(folder: beside, access: .read)
      #expect(try journal.events().count == 5)
      #expect(try journal.seed() == 7)
      #expect(throws: SessionLockError.unavailable(code: EACCES)) {
        try SessionLock.acquire(in: SessionFolder(path: path))
      }
      #expect(throws: SessionFolderError.self) { try places.writable() }
      // With a state folder, a new review can go there, and the old one is still found.
      let state = NSTemporaryDirectory() + "demur-state-" + UUID().uuidString
      defer { try? FileManager.default.removeItem(atPath: state) }
      let others = SessionPlaces(of: data, environment: ["XDG_STATE_HOME": state], home: path)
      #expect(try others.writable().place == .stateHome)
      #expect(others.existing == beside)
      guard case .unavailable = ScoreCache.open(folder: beside).condition else {
        Issue.record("a cache in a folder that may not be written")
        return
      }
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: review).sorted() == names)
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: review)
  }

  @Test("a limit on the size of files is an error, and nothing that was saved is lost")
  func sizeLimit() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .success) { [path = folder.path as String] in
      signal(SIGXFSZ, SIG_IGN)
      try FullDisk(folder: SessionFolder(path: path)).check(
        expecting: .writeFailed(code: 778), fill: { setLimit(300_000) },
        makeRoom: { setLimit(nil) })
    }
  }

  @Test("a full disk is an error, and nothing that was saved is lost")
  func fullDisk() async throws {
    let folder = try TemporaryFolder()
    let mount = ["-t", "tmpfs", "-o", "size=400k", "tmpfs", folder.path]
    guard geteuid() == 0, try run("/bin/mount", mount) == 0 else {
      try Test.cancel("a small file system can be mounted by root only")
    }
    defer { #expect(throws: Never.self) { try run("/bin/umount", ["-l", folder.path]) } }
    let filler = folder.path + "/filler"
    try FullDisk(folder: folder.session).check(
      expecting: .diskFull,
      fill: { try Data(count: 100_000).write(to: URL(fileURLWithPath: filler)) },
      makeRoom: { try FileManager.default.removeItem(atPath: filler) })
  }

  private func run(_ program: String, _ arguments: [String]) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardError = nil
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }
}

/// Sets how large a file may grow in this process.
private func setLimit(_ bytes: UInt?) {
  var limit = rlimit()
  unsafe getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  limit.rlim_cur = bytes ?? limit.rlim_max
  unsafe setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
}

private struct FullDisk {
  let folder: SessionFolder

  /// Appends until the file system refuses, then asks what is left, and goes on with room again.
  func check(
    expecting expected: JournalError, fill: () throws -> Void, makeRoom: () throws -> Void
  ) throws {
    var review = GeneratedReview(seed: 22)
    let journal = try ReviewJournal.openForWriting(folder)
    try fill()
    var saved: [ReviewEvent] = []
    var refusals = 0
    while refusals < 3 {
      let step = try review.bulkStep()
      do throws(JournalError) {
        saved.append(try journal.append(step))
      } catch {
        #expect(error == expected)
        refusals += 1
      }
      try #require(saved.count < 10_000)
    }
    #expect(try journal.events() == saved)
    try makeRoom()
    saved.append(try journal.append(review.bulkStep()))
    #expect(saved.last?.sequence == Int64(saved.count))
    #expect(try journal.events() == saved)
    let reader = try ReviewJournal.open(folder: folder, access: .read)
    #expect(try reader.events() == saved)
  }
}
