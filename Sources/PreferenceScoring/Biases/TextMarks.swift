/// What one pass over the bytes of a response counts for the bias table beside its style features.
struct TextMarks: Equatable {
  /// Runs of two or more `*`: one opens a stretch in bold, one closes it.
  private(set) var boldMarks = 0
  /// Lines that begin with one to six `#` and a blank.
  private(set) var headings = 0
  /// Runs of three or more backticks: one opens a block of code, one closes it.
  private(set) var codeFences = 0
  /// Links (`http://`, `https://`, `www.`), one to three digits in brackets, and years from 1900 to 2099
  /// that end a parenthesis.
  private(set) var citations = 0
  /// Characters of the blocks from U+2600 to U+27BF and from U+1F000 to U+1FFFF, skin tones left out.
  private(set) var pictographs = 0
  /// Apostrophes between two ASCII letters, straight or typographic.
  private(set) var innerApostrophes = 0

  /// - Complexity: O(bytes).
  init(_ bytes: Span<UInt8>) {
    var offset = 0
    var isLineStart = true
    while offset < bytes.count {
      let byte = bytes[offset]
      var length = 1
      switch byte {
      case UInt8(ascii: "*"):
        length = bytes.run(of: byte, at: offset)
        if length > 1 { boldMarks += 1 }
      case UInt8(ascii: "`"):
        length = bytes.run(of: byte, at: offset)
        if length > 2 { codeFences += 1 }
      case UInt8(ascii: "#"):
        length = bytes.run(of: byte, at: offset)
        if isLineStart, length < 7, bytes.holds(" ", at: offset + length) { headings += 1 }
      case UInt8(ascii: "["):
        let digits = bytes.digits(at: offset + 1)
        if (1...3).contains(digits), bytes.holds("]", at: offset + 1 + digits) { citations += 1 }
      case UInt8(ascii: ")"): if bytes.endsYear(before: offset) { citations += 1 }
      case UInt8(ascii: "h"), UInt8(ascii: "w"):
        length = bytes.linkStart(at: offset)
        if length > 1 { citations += 1 }
      case UInt8(ascii: "'"):
        if bytes.isLetter(at: offset - 1), bytes.isLetter(at: offset + 1) { innerApostrophes += 1 }
      case 0xE2:
        if bytes.holds(Self.apostrophe, at: offset) {
          length = 3
          if bytes.isLetter(at: offset - 1), bytes.isLetter(at: offset + 3) {
            innerApostrophes += 1
          }
        } else if offset + 2 < bytes.count, (0x98...0x9E).contains(bytes[offset + 1]) {
          pictographs += 1
        }
      case 0xF0:
        if offset + 3 < bytes.count, bytes[offset + 1] == 0x9F,
          !(bytes[offset + 2] == 0x8F && bytes[offset + 3] >= 0xBB)
        {
          pictographs += 1
        }
      default: break
      }
      isLineStart = byte == 0x0A
      offset += length
    }
  }

  fileprivate static let apostrophe = Array("\u{2019}".utf8)
  fileprivate static let schemes = ["http://", "https://"].map { Array($0.utf8) }
  fileprivate static let web = Array("www.".utf8)
  fileprivate static let centuries = ["19", "20"].map { Array($0.utf8) }
}

extension Span<UInt8> {
  fileprivate func run(of byte: UInt8, at offset: Int) -> Int {
    var end = offset
    while end < count, self[end] == byte { end += 1 }
    return end - offset
  }

  fileprivate func holds(_ text: [UInt8], at offset: Int) -> Bool {
    guard offset >= 0, offset + text.count <= count else { return false }
    return text.indices.allSatisfy { self[offset + $0] == text[$0] }
  }

  fileprivate func holds(_ character: Unicode.Scalar, at offset: Int) -> Bool {
    indices.contains(offset) && UInt32(self[offset]) == character.value
  }

  fileprivate func isLetter(at offset: Int) -> Bool {
    guard indices.contains(offset) else { return false }
    return (0x61...0x7A).contains(self[offset] | 0x20)
  }

  fileprivate func digits(at offset: Int) -> Int {
    var end = offset
    while end < count, (0x30...0x39).contains(self[end]) { end += 1 }
    return end - offset
  }

  /// How many bytes of a link begin here: its scheme, or `www.` where no scheme stands before it.
  fileprivate func linkStart(at offset: Int) -> Int {
    for scheme in TextMarks.schemes where holds(scheme, at: offset) {
      let end = offset + scheme.count
      return holds(TextMarks.web, at: end) ? scheme.count + TextMarks.web.count : scheme.count
    }
    return holds(TextMarks.web, at: offset) && !isLetter(at: offset - 1) ? TextMarks.web.count : 1
  }

  /// Whether a year of the 20th or 21st century stands before `offset`.
  fileprivate func endsYear(before offset: Int) -> Bool {
    let start = offset - 4
    guard start >= 0, digits(at: start) == 4,
      TextMarks.centuries.contains(where: { holds($0, at: start) })
    else { return false }
    return start == 0 || !(0x30...0x39).contains(self[start - 1])
  }
}
