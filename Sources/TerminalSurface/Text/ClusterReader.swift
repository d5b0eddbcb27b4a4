/// Reads UTF-8 as pieces that a terminal can draw, without making strings of them.
///
/// The bytes come from a `String`, so they are valid; the reader relies on it.
struct ClusterReader {
  struct Piece {
    enum Form {
      case space
      case plain
      /// Drawn from the bytes without the scalars that are left out.
      case stripped
      case composed(Unicode.Scalar)
      case tab
      case newline
      case mark(String)
    }

    /// Where the piece stands in the source, in bytes.
    var range: Range<Int>
    var columns: Int
    var form: Form

    /// Whether a line may end here.
    var isBlank: Bool {
      switch form {
      case .space, .tab: true
      default: false
      }
    }

    /// Whether it is one character of two columns, as in scripts that do without blanks.
    var isWide: Bool {
      if case .mark = form { return false }
      return columns == 2
    }
  }

  /// ncurses keeps five scalars a cell (`CCHARW_MAX`): the base and four on it.
  static let combiningLimit = 4
  static let tabStop = 4

  let bytes: [UInt8]
  let doubtful: ScalarRanges
  private(set) var index: Int
  /// The column of the next piece, from which a tab knows its width.
  private(set) var column = 0

  init(_ bytes: [UInt8], from index: Int = 0, doubtful: ScalarRanges) {
    self.bytes = bytes
    self.index = index
    self.doubtful = doubtful
  }

  /// The next piece, or nil at the end. After a newline the column is 0 again.
  mutating func next() -> Piece? {
    guard index < bytes.count else { return nil }
    let byte = bytes[index]
    let isAlone = index + 1 == bytes.count || bytes[index + 1] < 0x80
    if byte >= 0x20, byte < 0x7F, isAlone {
      return take(1, columns: 1, byte == 0x20 ? .space : .plain)
    }
    if byte < 0x20 || byte == 0x7F { return control(byte) }
    return cluster()
  }

  private mutating func control(_ byte: UInt8) -> Piece {
    switch byte {
    case 0x0A: return newline(length: 1)
    case 0x0D where index + 1 < bytes.count && bytes[index + 1] == 0x0A: return newline(length: 2)
    case 0x09: return take(1, columns: Self.tabStop - column % Self.tabStop, .tab)
    default: return mark(Unicode.Scalar(byte).visibleMark, length: 1)
    }
  }

  private mutating func cluster() -> Piece {
    let (scalar, length) = decode(at: index)
    switch ScalarKind(scalar, doubtful: doubtful) {
    case .regional: return flag(scalar, length: length)
    case .combining: return strayCombining(scalar, length: length)
    case .hidden, .joiner, .presentation: return mark(scalar.visibleMark, length: length)
    case .skinTone: return take(length, columns: 2, .plain)
    case .drawn(let columns):
      return syllable(leading: scalar, length: length)
        ?? base(scalar, length: length, columns: columns)
    }
  }

  /// A drawn scalar with what combines with it; what only chooses its looks is left out.
  private mutating func base(_ base: Unicode.Scalar, length: Int, columns: Int) -> Piece {
    var end = index + length
    var combining = 0
    var isStripped = false
    var hasPresentation = false
    scan: while end < bytes.count, bytes[end] >= 0x80 {
      let (scalar, length) = decode(at: end)
      switch ScalarKind(scalar, doubtful: doubtful) {
      case .combining where combining < Self.combiningLimit: combining += 1
      case .joiner where base.value >= 0x590: isStripped = true
      case .presentation where !hasPresentation && base.properties.isEmoji:
        hasPresentation = true
        isStripped = true
      case .skinTone where base.properties.isEmojiModifierBase: isStripped = true
      default: break scan
      }
      end += length
    }
    let isSpace = base == " " && combining == 0
    return take(
      end - index, columns: columns, isSpace ? .space : isStripped ? .stripped : .plain)
  }

  /// Two regional letters as `[DE]`: terminals do not agree on the width of a flag.
  private mutating func flag(_ first: Unicode.Scalar, length: Int) -> Piece {
    let following = index + length
    guard following < bytes.count, bytes[following] >= 0x80 else {
      return mark(first.visibleMark, length: length)
    }
    let (second, secondLength) = decode(at: following)
    guard ScalarKind(second, doubtful: doubtful) == .regional else {
      return mark(first.visibleMark, length: length)
    }
    let letters = [first, second].map { Character(Unicode.Scalar(UInt8($0.value - 0x1F1E6 + 65))) }
    return mark("[\(letters[0])\(letters[1])]", length: length + secondLength)
  }

  /// Combining scalars with nothing to stand on, or more of them than a cell holds.
  private mutating func strayCombining(_ first: Unicode.Scalar, length: Int) -> Piece {
    var end = index + length
    var count = 1
    while end < bytes.count, bytes[end] >= 0x80 {
      let (scalar, length) = decode(at: end)
      guard ScalarKind(scalar, doubtful: doubtful) == .combining else { break }
      end += length
      count += 1
    }
    return mark(count == 1 ? first.visibleMark : "<+\(count)>", length: end - index)
  }

  private mutating func syllable(leading: Unicode.Scalar, length: Int) -> Piece? {
    guard (0x1100...0x1112).contains(leading.value) else { return nil }
    let following = index + length
    guard following < bytes.count, bytes[following] >= 0x80 else { return nil }
    let (vowel, vowelLength) = decode(at: following)
    var end = following + vowelLength
    var trailing: UInt32?
    if end < bytes.count, bytes[end] >= 0x80 {
      let (scalar, trailingLength) = decode(at: end)
      if (0x11A8...0x11C2).contains(scalar.value) {
        trailing = scalar.value
        end += trailingLength
      }
    }
    guard
      let composed = Unicode.Scalar.syllable(
        leading: leading.value, vowel: vowel.value, trailing: trailing)
    else { return nil }
    return take(end - index, columns: 2, .composed(composed))
  }

  private mutating func newline(length: Int) -> Piece {
    defer { column = 0 }
    return take(length, columns: 0, .newline)
  }

  private mutating func mark(_ text: String, length: Int) -> Piece {
    take(length, columns: text.utf8.count, .mark(text))
  }

  private mutating func take(_ length: Int, columns: Int, _ form: Piece.Form) -> Piece {
    defer {
      index += length
      column += columns
    }
    return Piece(range: index..<(index + length), columns: columns, form: form)
  }

  private func decode(at index: Int) -> (scalar: Unicode.Scalar, length: Int) {
    let first = UInt32(bytes[index])
    let value: UInt32
    let length: Int
    switch first {
    case ..<0x80: (value, length) = (first, 1)
    case ..<0xE0: (value, length) = ((first & 0x1F) << 6 | rest(index + 1), 2)
    case ..<0xF0:
      (value, length) = ((first & 0x0F) << 12 | rest(index + 1) << 6 | rest(index + 2), 3)
    default:
      value =
        (first & 0x07) << 18 | rest(index + 1) << 12 | rest(index + 2) << 6 | rest(index + 3)
      length = 4
    }
    return (Unicode.Scalar(value) ?? "\u{FFFD}", length)
  }

  private func rest(_ index: Int) -> UInt32 { UInt32(bytes[index] & 0x3F) }

  /// The text of `piece` as it is drawn: clusters of known width, or ASCII.
  func text(of piece: Piece) -> String {
    switch piece.form {
    case .plain:
      if piece.range.count == 1 { return Self.ascii[Int(bytes[piece.range.lowerBound])] }
      return String(decoding: bytes[piece.range], as: UTF8.self)
    case .stripped:
      var kept = String.UnicodeScalarView()
      var index = piece.range.lowerBound
      while index < piece.range.upperBound {
        let (scalar, length) = decode(at: index)
        let kind = ScalarKind(scalar, doubtful: doubtful)
        if index == piece.range.lowerBound || kind == .combining { kept.append(scalar) }
        index += length
      }
      return String(kept)
    case .composed(let scalar): return String(scalar)
    case .space: return " "
    case .tab: return String(repeating: " ", count: piece.columns)
    case .newline: return ""
    case .mark(let text): return text
    }
  }

  private static let ascii: [String] = (0..<128).map { String(Unicode.Scalar(UInt8($0))) }
}
