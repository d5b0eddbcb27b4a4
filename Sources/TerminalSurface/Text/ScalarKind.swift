import CUTF8Proc

/// What the surface does with one scalar.
enum ScalarKind: Equatable {
  /// It is drawn, and takes this many columns: 1 or 2.
  case drawn(columns: Int)
  /// It is drawn on the scalar before it and takes no column.
  case combining
  /// ZWJ or ZWNJ: left out where a script or an emoji sequence needs it, else shown as a mark.
  case joiner
  /// The text or emoji selector: left out behind a scalar that has both forms, else a mark.
  case presentation
  /// Left out behind an emoji that takes one, else drawn as itself.
  case skinTone
  /// Half a flag.
  case regional
  /// Never drawn: a control, a format, an invisible letter, or of doubtful width.
  case hidden
}

extension ScalarKind {
  /// The kind of `scalar`, where `doubtful` are the scalars on whose width the C library differs.
  init(_ scalar: Unicode.Scalar, doubtful: ScalarRanges) {
    switch scalar.value {
    case 0x20..<0x7F: self = .drawn(columns: 1)
    case 0x200C, 0x200D: self = .joiner
    case 0xFE0E, 0xFE0F: self = .presentation
    case 0x1F1E6...0x1F1FF: self = .regional
    case _ where doubtful.contains(scalar): self = .hidden
    case 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0x3041...0x3096, 0x30A1...0x30FA:
      self = .drawn(columns: 2)
    case 0x1F3FB...0x1F3FF: self = .skinTone
    default:
      guard !scalar.properties.isDefaultIgnorableCodePoint else {
        self = .hidden
        return
      }
      switch scalar_columns(scalar.value) {
      case 0: self = .combining
      case 1: self = .drawn(columns: 1)
      case 2: self = .drawn(columns: 2)
      default: self = .hidden
      }
    }
  }
}

extension Unicode.Scalar {
  /// The visible mark that stands for a scalar that is never drawn: `^[` for ESC, `<U+202E>`.
  var visibleMark: String {
    switch value {
    case 0..<0x20:
      return "^" + String(Unicode.Scalar(UInt8(value) + 0x40))
    case 0x7F: return "^?"
    default:
      let digits = String(value, radix: 16, uppercase: true)
      return "<U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ">"
    }
  }

  /// The precomposed syllable of conjoining jamo, so that decomposed Korean is drawn like any other
  /// (The Unicode Standard, section 3.12, Hangul Syllable Composition).
  static func syllable(leading: UInt32, vowel: UInt32, trailing: UInt32?) -> Unicode.Scalar? {
    guard (0x1100...0x1112).contains(leading), (0x1161...0x1175).contains(vowel) else { return nil }
    let tail = trailing.map { (0x11A8...0x11C2).contains($0) ? $0 - 0x11A7 : 0 } ?? 0
    return Unicode.Scalar(0xAC00 + ((leading - 0x1100) * 21 + vowel - 0x1161) * 28 + tail)
  }
}
