import Foundation
import Glibc
import PreferenceData
import Testing

@testable import ReviewStore

/// A process that appends is killed at a moment that it cannot foresee. What it had reported as
/// saved must be there, once and whole, and the review must go on.
@Suite("Killed while appending")
struct JournalKillTests {
  @Test("kill -9 loses nothing that was shown as saved, and doubles nothing", arguments: 0..<60)
  func killed(seed: Int) async throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "reported")
    for life in 0..<2 {
      let moment = 2 * seed + life
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = folder.path as String, seed, moment = moment as Int] in
        try AppendingProcess(path: path, seed: seed).run(killedAt: moment)
      }
    }
    let process = AppendingProcess(path: folder.path, seed: seed)
    let journal = try ReviewJournal.openForWriting(folder.session)
    let events = try journal.events()
    let expected = try (0..<events.count).map { index in
      var event = try process.event(index)
      event.sequence = Int64(index + 1)
      return event
    }
    #expect(events == expected)
    #expect(events.count % process.blockSize == 0)
    let reported = try process.reported()
    #expect(reported == reported.sorted() && Set(reported).count == reported.count)
    #expect(reported.last ?? 0 <= events.count)
    let next = try journal.append(try process.event(events.count))
    #expect(next.sequence == Int64(events.count + 1))
  }

  @Test("the lock dies with the process that held it")
  func lockOfTheDead() async throws {
    let folder = try TemporaryFolder()
    await #expect(processExitsWith: .signal(SIGKILL)) {
      [path = folder.path as String] in
      let lock = try SessionLock.acquire(in: SessionFolder(path: path))
      withExtendedLifetime(lock) { _ = kill(getpid(), SIGKILL) }
    }
    _ = try SessionLock.acquire(in: folder.session)
  }
}

/// A process that appends events until it dies, and writes down the number of each once it is
/// saved.
private struct AppendingProcess {
  let path: String
  let seed: Int

  /// How many events each transaction holds.
  var blockSize: Int { seed % 2 == 0 ? 1 : 3 }

  private var reportPath: String { path + "/reported" }

  /// The event that stands at `index`, whichever process appends it.
  func event(_ index: Int) throws -> ReviewEvent {
    var review = GeneratedReview(seed: seed * 100_000 + index)
    return try review.event(after: Int64(index))
  }

  func run(killedAt moment: Int) throws {
    var random = GeneratedReview(seed: moment)
    // Some die while the journal is being made or taken in again, most while they append.
    let microseconds = UInt32(random.below(moment % 4 == 0 ? 12_000 : 60_000))
    Thread.detachNewThread {
      usleep(microseconds)
      kill(getpid(), SIGKILL)
    }
    let journal = try ReviewJournal.openForWriting(SessionFolder(path: path))
    let report = try #require(FileHandle(forWritingAtPath: reportPath))
    try report.seekToEnd()
    var index = try journal.events().count
    while true {
      let block = try (index..<index + blockSize).map(event)
      let saved = try block.count == 1 ? [journal.append(block[0])] : journal.append(block)
      for event in saved {
        try report.write(contentsOf: Data("\(event.sequence)\n".utf8))
      }
      index += block.count
    }
  }

  func reported() throws -> [Int] {
    guard let data = FileManager.default.contents(atPath: reportPath) else { return [] }
    return try String(decoding: data, as: UTF8.self).split(separator: "\n").map {
      try #require(Int($0))
    }
  }
}
