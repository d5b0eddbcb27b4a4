/// A sign that a text went through the wrong decoder, or hides something from who reads it.
public enum EncodingTrouble: String, CaseIterable, Sendable {
  /// U+FFFD stands where something could not be decoded: in the file itself, or because Demur reads
  /// invalid UTF-8 and lone surrogates so.
  case replacement
  /// UTF-8 that was read as Windows-1252 or Latin-1 (`Mojibake`).
  case mojibake
  /// Control characters other than tab, line feed and carriage return.
  case control
  /// Embeddings, overrides and isolates that turn the direction of text.
  case bidirectional
  /// Zero-width spaces, byte order marks, soft hyphens, and tags: nothing of them is seen.
  case invisible
}

/// What troubles a row's texts have.
public struct EncodingTroubles: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public init(_ trouble: EncodingTrouble) {
    switch trouble {
    case .replacement: self.init(rawValue: 1)
    case .mojibake: self.init(rawValue: 2)
    case .control: self.init(rawValue: 4)
    case .bidirectional: self.init(rawValue: 8)
    case .invisible: self.init(rawValue: 16)
    }
  }

  /// The trouble that a single character beyond ASCII is.
  init(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x80...0x9f: self.init(.control)
    case 0xfffd: self.init(.replacement)
    case 0x202a...0x202e, 0x2066...0x2069: self.init(.bidirectional)
    case 0xad, 0x200b, 0x2060, 0xfeff, 0xe_0000...0xe_007f: self.init(.invisible)
    default: self.init()
    }
  }
}

/// Looks for UTF-8 that was read as Windows-1252 or Latin-1: characters whose bytes there are again one
/// of UTF-8's sequences of several bytes.
///
/// One such sequence tells where it is what everyday text becomes: U+0080 to U+00FF (`Ã©`), general
/// punctuation and currency signs (`â€™`), pictographs (`ðŸ˜€`). Any other tells only where a second one
/// follows at once (`Ð¿Ñ€`), since correct text has a few alone: `é»…` ends a French quotation.
/// - Limits: misses text whose undefined bytes were dropped, and all other pairs of encodings.
/// - Source: the idea is that of ftfy (Speer 2019, doi:10.5281/zenodo.2591652); byte values from the
///   WHATWG Encoding Standard, index windows-1252.
struct Mojibake: Sendable {
  private(set) var isFound = false
  /// Where the next character has to stand to go on with the sequence.
  private var end = -1
  private var lead: UInt8 = 0
  private var missing = 0
  private var isTelling = false
  /// How many sequences have followed one another.
  private var completeCount = 0

  /// Takes the character `scalar` beyond ASCII, which stands in `range`.
  mutating func take(_ scalar: Unicode.Scalar, at range: Range<Int>) {
    if range.lowerBound != end {
      missing = 0
      completeCount = 0
    }
    end = range.upperBound
    switch Self.byte(of: scalar) {
    case let byte? where missing > 0 && (0x80...0xbf).contains(byte):
      if lead == 0xe2, missing == 2, byte <= 0x84 { isTelling = true }
      if lead == 0xf0, missing == 3, byte == 0x9f { isTelling = true }
      missing -= 1
      guard missing == 0 else { return }
      completeCount += 1
      if isTelling || completeCount > 1 { isFound = true }
    case let byte? where (0xc2...0xf4).contains(byte):
      if missing > 0 { completeCount = 0 }
      lead = byte
      missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3
      isTelling = byte <= 0xc3
    default:
      missing = 0
      completeCount = 0
    }
  }

  mutating func begin() { self = Mojibake() }

  /// The byte that Windows-1252 has for `scalar`, or Latin-1 for a control character.
  static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0x80...0xff: UInt8(scalar.value)
    case 0x20ac: 0x80
    case 0x201a: 0x82
    case 0x0192: 0x83
    case 0x201e: 0x84
    case 0x2026: 0x85
    case 0x2020: 0x86
    case 0x2021: 0x87
    case 0x02c6: 0x88
    case 0x2030: 0x89
    case 0x0160: 0x8a
    case 0x2039: 0x8b
    case 0x0152: 0x8c
    case 0x017d: 0x8e
    case 0x2018: 0x91
    case 0x2019: 0x92
    case 0x201c: 0x93
    case 0x201d: 0x94
    case 0x2022: 0x95
    case 0x2013: 0x96
    case 0x2014: 0x97
    case 0x02dc: 0x98
    case 0x2122: 0x99
    case 0x0161: 0x9a
    case 0x203a: 0x9b
    case 0x0153: 0x9c
    case 0x017e: 0x9e
    case 0x0178: 0x9f
    default: nil
    }
  }
}
