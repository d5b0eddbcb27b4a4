/// A 128-bit hash that is the same in every process, on every machine, for ever.
///
/// Swift's own `Hasher` is seeded anew in each process, so nothing that is stored or that orders
/// an output may depend on it. This is MurmurHash3 x64 128 (Austin Appleby, 2011, public domain):
/// fast and well mixed, but not cryptographic. A forged collision makes two rows look like copies
/// of each other; rows are still told apart by their occurrence number, so no decision moves.
public struct StableHash: Hashable, Sendable {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// The hash of the UTF-8 bytes of `text`.
  /// - Complexity: O(bytes).
  public init(_ text: String, seed: UInt64 = 0) {
    var text = text
    text.makeContiguousUTF8()
    self.init(bytes: text.utf8.span, seed: seed)
  }

  /// The hash of `bytes`.
  /// - Complexity: O(bytes); allocates nothing.
  public init(bytes: Span<UInt8>, seed: UInt64 = 0) {
    let c1: UInt64 = 0x87c3_7b91_1142_53d5
    let c2: UInt64 = 0x4cf5_ad43_2745_937f
    var h1 = seed
    var h2 = seed
    var offset = 0
    while offset + 16 <= bytes.count {
      h1 ^= Self.scramble(bytes.littleEndianWord(at: offset, count: 8), c1, 31, c2)
      h1 = (Self.rotate(h1, 27) &+ h2) &* 5 &+ 0x52dc_e729
      h2 ^= Self.scramble(bytes.littleEndianWord(at: offset + 8, count: 8), c2, 33, c1)
      h2 = (Self.rotate(h2, 31) &+ h1) &* 5 &+ 0x3849_5ab5
      offset += 16
    }
    let rest = bytes.count - offset
    if rest > 8 {
      h2 ^= Self.scramble(bytes.littleEndianWord(at: offset + 8, count: rest - 8), c2, 33, c1)
    }
    if rest > 0 {
      h1 ^= Self.scramble(bytes.littleEndianWord(at: offset, count: min(rest, 8)), c1, 31, c2)
    }
    h1 ^= UInt64(bytes.count)
    h2 ^= UInt64(bytes.count)
    h1 = h1 &+ h2
    h2 = h2 &+ h1
    h1 = Self.finalMix(h1)
    h2 = Self.finalMix(h2)
    h1 = h1 &+ h2
    h2 = h2 &+ h1
    self.init(high: h1, low: h2)
  }

  /// A well-mixed word of `value`: a bijection on 64 bits.
  public static func finalMix(_ value: UInt64) -> UInt64 {
    var k = value
    k ^= k >> 33
    k = k &* 0xff51_afd7_ed55_8ccd
    k ^= k >> 33
    k = k &* 0xc4ce_b9fe_1a85_ec53
    return k ^ (k >> 33)
  }

  /// This hash and `other` folded into one, where the order of the two matters.
  public func combined(with other: StableHash) -> StableHash {
    let first = Self.finalMix(high ^ Self.rotate(other.high, 17) &+ 0x9e37_79b9_7f4a_7c15)
    let second = Self.finalMix(low ^ Self.rotate(other.low, 29) &+ first)
    return StableHash(high: first ^ Self.rotate(second, 32), low: second &+ other.high)
  }

  private static func rotate(_ value: UInt64, _ bits: UInt64) -> UInt64 {
    (value << bits) | (value >> (64 - bits))
  }

  private static func scramble(
    _ word: UInt64, _ first: UInt64, _ turn: UInt64, _ second: UInt64
  ) -> UInt64 {
    rotate(word &* first, turn) &* second
  }
}

extension StableHash: Comparable {
  public static func < (left: StableHash, right: StableHash) -> Bool {
    (left.high, left.low) < (right.high, right.low)
  }
}

extension StableHash: CustomStringConvertible {
  /// 32 lower-case hexadecimal digits.
  public var description: String { Self.hexadecimal(high) + Self.hexadecimal(low) }

  /// The hash that `description` wrote, or nil where `text` is not 32 hexadecimal digits.
  public init?(hexadecimal text: some StringProtocol) {
    self.init(digits: Substring(text).utf8)
  }

  /// Not generic: a journal reads three hashes a decision.
  private init?(digits: Substring.UTF8View) {
    var words: (high: UInt64, low: UInt64) = (0, 0)
    var count = 0
    for byte in digits {
      guard let digit = byte.hexadecimalValue, count < 32 else { return nil }
      words.high = words.high << 4 | words.low >> 60
      words.low = words.low << 4 | UInt64(digit)
      count += 1
    }
    guard count == 32 else { return nil }
    self.init(high: words.high, low: words.low)
  }

  private static func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

extension UInt8 {
  fileprivate var hexadecimalValue: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}

extension Span<UInt8> {
  fileprivate func littleEndianWord(at offset: Int, count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count {
      word |= UInt64(self[offset + index]) << UInt64(8 * index)
    }
    return word
  }
}
