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
  private static let stopWords: [[UInt8]] = [
    "the", "be", "to", "of", "and", "that", "have", "with",
  ].map { Array($0.utf8) }

  private var words = 0
  private var wordCharacters = 0
  private var wordsWithLetter = 0
  private var symbols = 0
  private var lines = 0
  private var bulletLines = 0
  private var ellipsisLines = 0
  private var stopWordsSeen: UInt8 = 0

  /// The share of the rules that the text of `turns` keeps.
  static func share(of turns: [Turn]) -> Double? {
    var quality = PromptQuality()
    for turn in turns {
      for line in Array(turn.text.utf8).split(separator: 0x0a) { quality.read(line) }
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

  private mutating func read(_ line: ArraySlice<UInt8>) {
    var isFirst = true
    var endsInEllipsis = false
    for word in line.split(whereSeparator: { $0 == 0x20 || (0x09...0x0d).contains($0) }) {
      if isFirst { bulletLines += Self.isBullet(word) ? 1 : 0 }
      isFirst = false
      words += 1
      // Bytes that begin a character.
      wordCharacters += word.count { $0 & 0xc0 != 0x80 }
      if word.contains(where: Self.isLetter) { wordsWithLetter += 1 }
      endsInEllipsis = word.ends(with: "...") || word.ends(with: "…")
      symbols += word.count { $0 == UInt8(ascii: "#") } + (endsInEllipsis ? 1 : 0)
      if let place = Self.stopWords.firstIndex(where: { Self.isSame(word, $0) }) {
        stopWordsSeen |= 1 << UInt8(place)
      }
    }
    guard !isFirst else { return }
    lines += 1
    if endsInEllipsis { ellipsisLines += 1 }
  }

  /// Letters beyond ASCII count as such; so do the signs there, of which there are few.
  private static func isLetter(_ byte: UInt8) -> Bool {
    byte >= 0x80 || (0x61...0x7a).contains(byte | 0x20)
  }

  private static func isBullet(_ word: ArraySlice<UInt8>) -> Bool {
    word.elementsEqual([UInt8(ascii: "-")]) || word.elementsEqual([UInt8(ascii: "*")])
      || word.starts(with: "•".utf8)
  }

  private static func isSame(_ word: ArraySlice<UInt8>, _ other: [UInt8]) -> Bool {
    word.count == other.count && zip(word, other).allSatisfy { $0 | 0x20 == $1 }
  }
}

extension ArraySlice<UInt8> {
  fileprivate func ends(with text: String) -> Bool {
    suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
