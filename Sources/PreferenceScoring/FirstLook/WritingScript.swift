/// A script in which letters are written; no language: English and Vietnamese are both Latin.
///
/// - Source: the blocks of the Unicode Standard 15.0 (Blocks.txt), the rarer ones together.
public enum WritingScript: String, CaseIterable, Sendable {
  case latin, greek, cyrillic, armenian, hebrew, arabic, devanagari, bengali
  /// Gurmukhi to Sinhala: the scripts of India and Sri Lanka beside the two above.
  case otherIndic = "other_indic"
  case thai, hangul, kana, han
  case other

  /// The script of the letter `scalar`; nil for a digit, a mark of punctuation, a symbol.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5a, 0x61...0x7a, 0xaa, 0xba, 0xc0...0xd6, 0xd8...0xf6, 0xf8...0x2af,
      0x1e00...0x1eff, 0xff21...0xff3a, 0xff41...0xff5a:
      self = .latin
    case 0x370...0x3ff, 0x1f00...0x1fff: self = .greek
    case 0x400...0x52f, 0x1c80...0x1c8f, 0xa640...0xa69f: self = .cyrillic
    case 0x531...0x58f: self = .armenian
    case 0x5d0...0x5ff: self = .hebrew
    case 0x620...0x64a, 0x66e...0x6d3, 0x6d5...0x6ef, 0x6fa...0x6ff, 0x750...0x77f, 0x8a0...0x8ff,
      0xfb50...0xfdff, 0xfe70...0xfefc:
      self = .arabic
    case 0x900...0x963, 0x970...0x97f: self = .devanagari
    case 0x980...0x9e5, 0x9f0...0x9f1: self = .bengali
    case 0xa00...0xdff: self = .otherIndic
    case 0xe01...0xe4e: self = .thai
    case 0x1100...0x11ff, 0x3131...0x318f, 0xac00...0xd7ff: self = .hangul
    case 0x3041...0x30ff, 0x31f0...0x31ff, 0xff66...0xff9f: self = .kana
    case 0x3400...0x4dbf, 0x4e00...0x9fff, 0xf900...0xfaff, 0x2_0000...0x3_23af: self = .han
    case 0x700...0x74f, 0x780...0x89f, 0xe80...0x10ff, 0x1200...0x1c7f, 0xa4d0...0xa63f,
      0xa800...0xabff:
      self = .other
    default: return nil
    }
  }

  /// Its place in `allCases`.
  var place: Int {
    switch self {
    case .latin: 0
    case .greek: 1
    case .cyrillic: 2
    case .armenian: 3
    case .hebrew: 4
    case .arabic: 5
    case .devanagari: 6
    case .bengali: 7
    case .otherIndic: 8
    case .thai: 9
    case .hangul: 10
    case .kana: 11
    case .han: 12
    case .other: 13
    }
  }
}
