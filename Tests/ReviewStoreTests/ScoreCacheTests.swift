import Foundation
import GRDB
import PreferenceData
import Testing

@testable import ReviewStore

extension ScoreCache {
  /// Keeps `bytes` in pieces of `pieceSize`.
  fileprivate func put(_ bytes: [UInt8], for key: String, pieceSize: Int = 7_000) -> JournalError? {
    put(for: key) { take throws(JournalError) in
      for start in stride(from: 0, to: bytes.count, by: pieceSize) {
        try take(Array(bytes[start..<min(start + pieceSize, bytes.count)]))
      }
    }
  }
}

@Suite("Score cache")
struct ScoreCacheTests {
  private func noise(_ count: Int, seed: UInt64) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: StableHash.finalMix(UInt64($0) &+ seed << 32)) }
  }

  @Test("what was put is got back, after reopening too, and replaced by a second put")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let sizes = [(0, 1), (1, 1), (4096, 100), (3_000_000, 70_000), (3_000_000, 2_500_000)]
    for (size, pieceSize) in sizes {
      let bytes = noise(size, seed: 1)
      #expect(ScoreCache.open(folder: folder.session).put([1, 2], for: "key") == nil)
      #expect(
        ScoreCache.open(folder: folder.session).put(bytes, for: "key", pieceSize: pieceSize) == nil)
      let cache = ScoreCache.open(folder: folder.session)
      #expect(cache.condition == .ready)
      #expect(cache.bytes(for: "key") == bytes)
      #expect(cache.bytes(for: "other") == nil)
    }
  }

  @Test("the newest entries are kept, the others dropped")
  func pruning() throws {
    let folder = try TemporaryFolder()
    let cache = ScoreCache.open(folder: folder.session)
    let keys = (0..<10).map { "key \($0)" }
    for key in keys { #expect(cache.put(Array(key.utf8), for: key) == nil) }
    // A second put makes an old entry the newest.
    #expect(cache.put([9], for: keys[10 - ScoreCache.capacity]) == nil)
    #expect(cache.put([9], for: "last") == nil)
    let kept = keys.filter { cache.bytes(for: $0) != nil }
    #expect(kept.count == ScoreCache.capacity - 1)
    #expect(kept.contains(keys[10 - ScoreCache.capacity]))
  }

  @Test("a damaged cache is thrown away, begun anew, and said to be", arguments: 0..<24)
  func damage(seed: Int) throws {
    let folder = try TemporaryFolder()
    let bytes = noise(50_000, seed: UInt64(seed))
    #expect(ScoreCache.open(folder: folder.session).put(bytes, for: "key") == nil)
    let path = folder.session.cachePath
    var data = try #require(FileManager.default.contents(atPath: path))
    switch seed % 4 {
    case 0: data = Data(noise(9000, seed: 3))
    case 1: data = data.prefix(data.count / 2)
    case 2: for index in 4096..<4200 { data[index] = 0xff }
    default: data[5000 + 1800 * seed] ^= 0x55
    }
    try data.write(to: URL(fileURLWithPath: path))
    let cache = ScoreCache.open(folder: folder.session)
    switch cache.condition {
    case .remade: #expect(cache.bytes(for: "key") == nil)
    // The damage is inside the bytes, where their hash finds it, or where nothing is stored.
    case .ready: #expect([nil, bytes].contains(cache.bytes(for: "key")))
    case .unavailable: Issue.record("a damaged cache must not be the end of caching")
    }
    #expect(cache.put(bytes, for: "key") == nil)
    #expect(cache.bytes(for: "key") == bytes)
  }

  @Test("an entry that could not be written whole is not there, and what was there before is")
  func cutShort() throws {
    let folder = try TemporaryFolder()
    let cache = ScoreCache.open(folder: folder.session)
    #expect(cache.put([1, 2, 3], for: "key") == nil)
    let error = cache.put(for: "key") { take throws(JournalError) in
      try take([4, 5])
      throw .busy
    }
    #expect(error == .busy)
    #expect(cache.bytes(for: "key") == [1, 2, 3])
  }

  @Test("a cache with other columns is another version's, and begun anew")
  func otherVersion() throws {
    let folder = try TemporaryFolder()
    do {
      let queue = try DatabaseQueue(path: folder.session.cachePath)
      try queue.write { try $0.execute(sql: "CREATE TABLE entry (key TEXT)") }
    }
    let cache = ScoreCache.open(folder: folder.session)
    #expect(cache.condition == .remade)
    #expect(cache.put([1], for: "k") == nil)
  }

  @Test("where nothing can be kept, look-ups find nothing and work goes on")
  func unavailable() {
    let cache = ScoreCache.open(folder: SessionFolder(path: "/nonexistent/demur"))
    guard case .unavailable(let error) = cache.condition else {
      Issue.record("a cache in no folder")
      return
    }
    #expect(cache.put([1], for: "k") == error)
    #expect(cache.bytes(for: "k") == nil)
  }
}
