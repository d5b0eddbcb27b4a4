import PreferenceData

/// One pass over the UTF-8 of a text: counts, style words and the tokens of the word block.
///
/// The buffers stay from text to text, so that nothing is allocated for a token.
struct TextScan {
  /// A token of the word block: a word character followed by word characters or `'`, in lower case;
  /// `?` and `!`; and each character of a script that is written without spaces.
  struct Token {
    var hash: UInt64
    /// Where it stands in the text's bytes.
    var range: Range<Int>
  }

  private(set) var counts = TextCounts()
  /// The hashes of the style words, in order.
  private(set) var words: [UInt64] = []
  private(set) var tokens: [Token] = []

  /// A hash of the text's tokens: equal for texts that differ only in letter case, spacing and
  /// punctuation. A text without tokens is known by its bytes.
  private(set) var key: UInt64 = 0

  private var wordLength = 0
  private var wordHash: UInt64 = 0
  private var wordTail: UInt64 = 0
  private var inToken = false
  private var tokenStart = 0
  private var tokenEnd = 0
  private var tokenHash: UInt64 = 0
  /// The hash of the token with the apostrophes behind it, which belong to it only if it goes on.
  private var openHash: UInt64 = 0
  private var afterWordCharacter = false
  private var afterTerminator = false
  private var line = LineStart.fresh
  private var asksBack = false
  /// Where the last match of each kind of phrase ended: matches do not overlap.
  private let phrases = StylePhrases.table
  private var phraseEnds = (refuse: 0, hedge: 0, polite: 0)

  /// Where a line stands: before its first mark, in a number that may be a bullet, or past both.
  private enum LineStart { case fresh, number, past }

  /// Reads `bytes`; what was read before is forgotten.
  /// - Complexity: O(bytes); allocates only where the text is longer than any before.
  mutating func read(_ bytes: Span<UInt8>) {
    begin()
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte < 0x80 {
        readASCII(byte, at: offset, in: bytes)
        offset += 1
      } else {
        let (scalar, length) = bytes.scalar(at: offset)
        read(scalar, at: offset..<offset + length)
        offset += length
      }
    }
    end(bytes)
  }

  private mutating func begin() {
    counts = TextCounts()
    words.removeAll(keepingCapacity: true)
    tokens.removeAll(keepingCapacity: true)
    wordLength = 0
    inToken = false
    afterWordCharacter = false
    afterTerminator = false
    line = .fresh
    asksBack = false
    phraseEnds = (0, 0, 0)
  }

  private mutating func end(_ bytes: Span<UInt8>) {
    endWord()
    endToken()
    if afterTerminator { counts.sentences += 1 }
    key =
      tokens.isEmpty
      ? StableHash(bytes: bytes).low : tokens.reduce(0) { WordHash.pair($0, $1.hash) }
    counts.lastByte = bytes.isEmpty ? nil : bytes[bytes.count - 1]
  }

  @inline(__always)
  private mutating func readASCII(_ byte: UInt8, at offset: Int, in bytes: Span<UInt8>) {
    counts.scalars += 1
    switch byte {
    case 0x61...0x7a:
      readWordCharacter(byte, at: offset, in: bytes)
      if byte == 0x68 || byte == 0x77 { findURL(at: offset, in: bytes) }
    case 0x41...0x5a:
      counts.capitals += 1
      readWordCharacter(byte | 0x20, at: offset, in: bytes)
    case 0x30...0x39:
      counts.digits += 1
      let start = line
      readWordCharacter(byte, at: offset, in: bytes)
      if start != .past { line = .number }
    case 0x5f:
      endWord()
      addToToken(byte, at: offset, end: offset + 1)
      afterWordCharacter = true
      afterTerminator = false
      line = .past
    case 0x27:
      addToWord(byte)
      if inToken { openHash = WordHash.fed(openHash, byte) }
      afterWordCharacter = false
      afterTerminator = false
      line = .past
    case 0x20, 0x09...0x0d, 0x1c...0x1f:
      endWord()
      endToken()
      readSpace()
      if byte == 0x0a {
        counts.newlines += 1
        line = .fresh
      } else if line == .number {
        line = .past
      }
    default:
      endWord()
      endToken()
      afterWordCharacter = false
      readMark(byte, at: offset)
    }
  }

  /// A letter or digit, in lower case.
  @inline(__always)
  private mutating func readWordCharacter(_ byte: UInt8, at offset: Int, in bytes: Span<UInt8>) {
    addToWord(byte)
    addToToken(byte, at: offset, end: offset + 1)
    if !afterWordCharacter {
      findPhrase(first: byte, at: offset, in: bytes)
      afterWordCharacter = true
    }
    afterTerminator = false
    line = .past
  }

  private mutating func readSpace() {
    if afterTerminator {
      counts.sentences += 1
      afterTerminator = false
    }
    afterWordCharacter = false
  }

  /// An ASCII character that is neither part of a word nor white space.
  private mutating func readMark(_ byte: UInt8, at offset: Int) {
    let start = line
    line = .past
    afterTerminator = false
    switch byte {
    case UInt8(ascii: "?"):
      counts.questions += 1
      if asksBack { counts.clarifications += 1 }
      asksBack = false
      afterTerminator = true
      addMark(byte, at: offset)
    case UInt8(ascii: "!"):
      counts.exclamations += 1
      asksBack = false
      afterTerminator = true
      addMark(byte, at: offset)
    case UInt8(ascii: "."):
      asksBack = false
      afterTerminator = true
      if start == .number { counts.bullets += 1 }
    case UInt8(ascii: ")"):
      if start == .number { counts.bullets += 1 }
    case UInt8(ascii: "-"), UInt8(ascii: "*"):
      if start == .fresh { counts.bullets += 1 }
    case UInt8(ascii: "\""): counts.quotes += 1
    case UInt8(ascii: "("): counts.parentheses += 1
    case UInt8(ascii: ","): counts.commas += 1
    case UInt8(ascii: ":"): counts.colons += 1
    default: break
    }
  }

  /// A character beyond ASCII.
  private mutating func read(_ scalar: Unicode.Scalar, at range: Range<Int>) {
    counts.scalars += 1
    let properties = scalar.properties
    let start = line
    if properties.isWhitespace {
      endWord()
      endToken()
      readSpace()
      if line == .number { line = .past }
      return
    }
    line = .past
    afterTerminator = false
    if properties.isUppercase { counts.capitals += 1 }
    if let kind = properties.numericType, kind != .numeric {
      counts.digits += 1
      if kind == .decimal, start != .past { line = .number }
    }
    if scalar == "•", start == .fresh { counts.bullets += 1 }
    if scalar.isWrittenWithoutSpaces {
      endWord()
      endToken()
      tokens.append(Token(hash: scalar.utf8.reduce(WordHash.start, WordHash.fed), range: range))
      afterWordCharacter = true
    } else if properties.changesWhenLowercased {
      for lower in properties.lowercaseMapping.unicodeScalars { addLetter(lower, at: range) }
      afterWordCharacter = true
    } else {
      addLetter(scalar, at: range)
      afterWordCharacter = scalar.isWordCharacter
    }
  }

  /// A character beyond ASCII in lower case, which may be ASCII then (the Kelvin sign).
  private mutating func addLetter(_ scalar: Unicode.Scalar, at range: Range<Int>) {
    if scalar.isASCII {
      addToWord(UInt8(scalar.value))
    } else {
      endWord()
    }
    if scalar.isWordCharacter || inToken && scalar.isMark {
      for byte in scalar.utf8 { addToToken(byte, at: range.lowerBound, end: range.upperBound) }
    } else {
      endToken()
    }
  }

  @inline(__always)
  private mutating func addToWord(_ byte: UInt8) {
    if wordLength == 0 {
      wordHash = WordHash.start
      wordTail = 0
    }
    wordHash = WordHash.fed(wordHash, byte)
    wordTail = wordTail << 8 | UInt64(byte)
    wordLength += 1
  }

  @inline(__always)
  private mutating func endWord() {
    guard wordLength > 0 else { return }
    words.append(wordHash)
    counts.wordLengths += wordLength
    switch wordTail {
    case Tail.i: counts.wordsI += 1
    case Tail.you, Tail.your: counts.wordsYou += 1
    case Tail.no, Tail.not, Tail.never: counts.negations += 1
    default: if wordTail & 0xff_ffff == Tail.contraction { counts.negations += 1 }
    }
    wordLength = 0
  }

  /// Words as `wordTail` has them: their last eight bytes as one number, so that a word of up to
  /// eight bytes is known by it alone.
  private enum Tail {
    static let i: UInt64 = 0x69
    static let you: UInt64 = 0x79_6f75
    static let your: UInt64 = 0x796f_7572
    static let no: UInt64 = 0x6e6f
    static let not: UInt64 = 0x6e_6f74
    static let never: UInt64 = 0x6e_6576_6572
    /// `n't`, at the end of a word of any length.
    static let contraction: UInt64 = 0x6e_2774
  }

  @inline(__always)
  private mutating func addToToken(_ byte: UInt8, at start: Int, end: Int) {
    if !inToken {
      inToken = true
      tokenStart = start
      openHash = WordHash.start
    }
    openHash = WordHash.fed(openHash, byte)
    tokenHash = openHash
    tokenEnd = end
  }

  @inline(__always)
  private mutating func endToken() {
    guard inToken else { return }
    tokens.append(Token(hash: tokenHash, range: tokenStart..<tokenEnd))
    inToken = false
  }

  private mutating func addMark(_ byte: UInt8, at offset: Int) {
    tokens.append(Token(hash: WordHash.fed(WordHash.start, byte), range: offset..<offset + 1))
  }

  private mutating func findURL(at offset: Int, in bytes: Span<UInt8>) {
    guard !counts.hasURL, offset + 4 <= bytes.count else { return }
    let next = (bytes[offset], bytes[offset + 1], bytes[offset + 2], bytes[offset + 3])
    counts.hasURL = next == (0x68, 0x74, 0x74, 0x70) || next == (0x77, 0x77, 0x77, 0x2e)
  }

  /// Looks for a phrase that starts here, at the start of a word. At most one ends at a boundary.
  private mutating func findPhrase(first: UInt8, at offset: Int, in bytes: Span<UInt8>) {
    guard first >= UInt8(ascii: "a"), offset + StylePhrases.openingLength <= bytes.count else {
      return
    }
    let letter = Int(first - UInt8(ascii: "a"))
    guard phrases.mayBegin(letter: letter, second: bytes[offset + 1]) else { return }
    let opening = StylePhrases.opening(of: bytes, at: offset)
    for phrase in phrases.firsts[letter]..<phrases.firsts[letter + 1]
    where phrases.openings[phrase] == opening {
      let start = phrases.starts[phrase]
      let length = phrases.starts[phrase + 1] - start
      let end = offset + length
      guard end <= bytes.count else { continue }
      var matched = 1
      while matched < length,
        bytes[offset + matched].asciiLowercased == phrases.bytes[start + matched]
      {
        matched += 1
      }
      guard matched == length, !bytes.hasWordCharacter(at: end) else { continue }
      switch phrases.kinds[phrase] {
      case .refuse where offset >= phraseEnds.refuse:
        counts.refusals += 1
        phraseEnds.refuse = end
      case .hedge where offset >= phraseEnds.hedge:
        counts.hedges += 1
        phraseEnds.hedge = end
      case .polite where offset >= phraseEnds.polite:
        counts.politenesses += 1
        phraseEnds.polite = end
      case .clarify: asksBack = true
      default: break
      }
    }
  }
}
