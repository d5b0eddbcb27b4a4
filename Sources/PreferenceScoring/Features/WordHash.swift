import PreferenceData

/// A 64-bit hash of a word that can be fed byte by byte: FNV-1a (Fowler, Noll and Vo), with
/// `StableHash`'s final mix where its bits are used apart.
enum WordHash {
  static let start: UInt64 = 0xcbf2_9ce4_8422_2325

  @inline(__always)
  static func fed(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// The hash of two in this order.
  @inline(__always)
  static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 {
    StableHash.finalMix((first &* 0x9e37_79b9_7f4a_7c15) ^ second)
  }

  static func of(_ bytes: some Sequence<UInt8>) -> UInt64 { bytes.reduce(start, fed) }
}

/// A set of hashes that is emptied without touching its memory, so that one serves every text.
struct WordSet: Sendable {
  private var keys: [UInt64]
  private var stamps: [UInt32]
  private var marks: [Bool]
  private var stamp: UInt32 = 1
  private(set) var count = 0

  init(capacity: Int = 1024) {
    keys = Array(repeating: 0, count: capacity)
    stamps = Array(repeating: 0, count: capacity)
    marks = Array(repeating: false, count: capacity)
  }

  mutating func removeAll() {
    count = 0
    if stamp == .max {
      for slot in stamps.indices { stamps[slot] = 0 }
      stamp = 0
    }
    stamp += 1
  }

  /// Adds `key`; whether it was not there.
  mutating func insert(_ key: UInt64) -> Bool {
    let slot = slot(of: key)
    guard stamps[slot] != stamp else { return false }
    stamps[slot] = stamp
    keys[slot] = key
    marks[slot] = false
    count += 1
    if 2 * count > keys.count { grow() }
    return true
  }

  /// Marks the member `key`, adding it where it is not there.
  mutating func mark(_ key: UInt64) {
    _ = insert(key)
    marks[slot(of: key)] = true
  }

  func contains(_ key: UInt64) -> Bool { stamps[slot(of: key)] == stamp }

  /// Whether `key` is a member, and whether it is marked; nil where it is none.
  func mark(of key: UInt64) -> Bool? {
    let slot = slot(of: key)
    return stamps[slot] == stamp ? marks[slot] : nil
  }

  private func slot(of key: UInt64) -> Int {
    let mask = keys.count - 1
    var slot = Int(truncatingIfNeeded: StableHash.finalMix(key)) & mask
    while stamps[slot] == stamp && keys[slot] != key { slot = (slot + 1) & mask }
    return slot
  }

  private mutating func grow() {
    var larger = WordSet(capacity: 2 * keys.count)
    for slot in keys.indices where stamps[slot] == stamp {
      if marks[slot] { larger.mark(keys[slot]) } else { _ = larger.insert(keys[slot]) }
    }
    self = larger
  }
}
