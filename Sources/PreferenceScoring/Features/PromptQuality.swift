import PreferenceData

/// How far a prompt reads like prose: the share of six simple rules that its text keeps.
///
/// Meaning: words are runs of anything but white space, lines are not empty. The rules: mean word length
/// from 3 to 10 characters; at most one `#` or ellipsis in ten words; at most 90 % of the lines start
/// with a bullet; at most 30 % end with an ellipsis; at least 80 % of the words have a letter; two or
/// more of the words *the be to of and that have with*.
///
/// - Range: [0, 1]; 1 = keeps all. nil for a prompt without a word.
/// - Complexity: O(bytes).
/// - Limits: knows nothing of what is asked. The last rule is of English: in another language it lowers
///   all prompts alike, which no ranking notices.
/// - Source: Rae et al., 2021, arXiv:2112.11446 (Gopher), the quality filter of MassiveText without its
///   rule on document length.
struct PromptQuality {
  private var words = 0
  private var wordCharacters = 0
  private var wordsWithLetter = 0
  private var symbols = 0
  private var lines = 0
  private var bulletLines = 0
  private var ellipsisLines = 0
  private var stopWordsSeen: UInt8 = 0
  private var lineHasWords = false
  private var lineEndsInEllipsis = false

  /// What is known of a word.
  private struct Word {
    var length = 0
    var characters = 0
    var hashSigns = 0
    var hasLetter = false
    /// Whether it begins with `•`.
    var startsWithBullet = false
    /// Its last bytes.
    var bytes: UInt32 = 0

    /// The same with the bit of lower case set.
    var lowered: UInt32 { bytes | 0x2020_2020 >> UInt32(8 * max(0, 4 - length)) }
  }

  /// The share of the rules that the text of `turns` keeps.
  static func share(of turns: [Turn]) -> Double? {
    var quality = PromptQuality()
    for turn in turns {
      var text = turn.text
      text.makeContiguousUTF8()
      quality.read(text.utf8.span)
    }
    return quality.share
  }

  private var share: Double? {
    guard words > 0 else { return nil }
    let kept = [
      3 * words <= wordCharacters && wordCharacters <= 10 * words, 10 * symbols <= words,
      10 * bulletLines <= 9 * lines, 10 * ellipsisLines <= 3 * lines,
      5 * wordsWithLetter >= 4 * words, stopWordsSeen.nonzeroBitCount >= 2,
    ]
    return Double(kept.count { $0 }) / Double(kept.count)
  }

  private mutating func read(_ bytes: Span<UInt8>) {
    var offset = 0
    while offset < bytes.count {
      if Self.isSpace(bytes[offset]) {
        if bytes[offset] == 0x0a { endLine() }
        offset += 1
      } else {
        take(Self.word(in: bytes, at: &offset))
      }
    }
    endLine()
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0d).contains(byte)
  }

  /// The word that begins at `offset`, which is moved behind it.
  private static func word(in bytes: Span<UInt8>, at offset: inout Int) -> Word {
    var word = Word()
    while offset < bytes.count, !isSpace(bytes[offset]) {
      let byte = bytes[offset]
      offset += 1
      word.length += 1
      // Bytes that begin a character.
      if byte & 0xc0 != 0x80 { word.characters += 1 }
      // Letters beyond ASCII count as such; so do the signs there, of which there are few.
      if byte >= 0x80 || (0x61...0x7a).contains(byte | 0x20) { word.hasLetter = true }
      if byte == UInt8(ascii: "#") { word.hashSigns += 1 }
      word.bytes = word.bytes << 8 | UInt32(byte)
      if word.length == 3, word.bytes == bullet { word.startsWithBullet = true }
    }
    return word
  }

  private mutating func take(_ word: Word) {
    words += 1
    wordCharacters += word.characters
    if word.hasLetter { wordsWithLetter += 1 }
    lineEndsInEllipsis =
      word.length >= 3 && Self.isEllipsis(word.bytes & 0xff_ffff)
    symbols += word.hashSigns + (lineEndsInEllipsis ? 1 : 0)
    if word.length <= 4, let place = Self.stopWord(word.lowered) { stopWordsSeen |= 1 << place }
    if !lineHasWords, Self.isBullet(word) { bulletLines += 1 }
    lineHasWords = true
  }

  private mutating func endLine() {
    guard lineHasWords else { return }
    lines += 1
    if lineEndsInEllipsis { ellipsisLines += 1 }
    lineHasWords = false
  }

  private static let dots: UInt32 = 0x2e_2e2e
  /// `•` and `…` in UTF-8.
  private static let bullet: UInt32 = 0xe2_80a2
  private static let ellipsis: UInt32 = 0xe2_80a6

  private static func isEllipsis(_ bytes: UInt32) -> Bool { bytes == dots || bytes == ellipsis }

  private static func isBullet(_ word: Word) -> Bool {
    switch word.length {
    case 1: word.bytes == 0x2d || word.bytes == 0x2a
    default: word.startsWithBullet
    }
  }

  /// The number of a stop word, its bytes read as a number.
  private static func stopWord(_ lowered: UInt32) -> UInt8? {
    switch lowered {
    case 0x7468_65: 0  // the
    case 0x6265: 1  // be
    case 0x746f: 2  // to
    case 0x6f66: 3  // of
    case 0x616e_64: 4  // and
    case 0x7468_6174: 5  // that
    case 0x6861_7665: 6  // have
    case 0x7769_7468: 7  // with
    default: nil
    }
  }
}
