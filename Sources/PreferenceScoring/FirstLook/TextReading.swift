import PreferenceData

/// One pass over the UTF-8 of a text: what a first look needs of it.
///
/// The key is that of `TextScan`, which does far more and takes five times as long. Letters and troubles
/// add up from text to text until `begin`; nothing is allocated for a word.
struct TextReading: Sendable {
  /// Equal for texts that differ only in letter case, spacing and punctuation; exactly `TextScan.key`.
  private(set) var key: UInt64 = 0
  /// How many characters (Unicode scalars) the text has.
  private(set) var length = 0
  /// The hashes of its words in order, where they are kept.
  private(set) var words: [UInt64] = []
  private(set) var troubles: EncodingTroubles = []
  /// By place of the script.
  private(set) var letters = [Int](repeating: 0, count: WritingScript.allCases.count)

  private let keepsWords: Bool
  private var mojibake = Mojibake()
  private var tokenCount = 0
  private var inToken = false
  private var tokenHash: UInt64 = 0
  /// The hash of the token with the apostrophes behind it, which belong to it only if it goes on.
  private var openHash: UInt64 = 0

  init(keepsWords: Bool) { self.keepsWords = keepsWords }

  /// Forgets letters and troubles.
  mutating func begin() {
    troubles = []
    for place in letters.indices { letters[place] = 0 }
  }

  /// The script of most letters since `begin`; of equals, the one named first; nil without letters.
  var mainScript: WritingScript? {
    guard let most = letters.max(), most > 0, let place = letters.firstIndex(of: most) else {
      return nil
    }
    return WritingScript.allCases[place]
  }

  mutating func read(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    read(text.utf8.span)
  }

  /// Reads `bytes`; key, length and words are those of this text alone.
  /// - Complexity: O(bytes).
  mutating func read(_ bytes: Span<UInt8>) {
    key = 0
    tokenCount = 0
    inToken = false
    words.removeAll(keepingCapacity: true)
    mojibake.begin()
    var length = 0
    var latinLetters = 0
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      length += 1
      switch byte {
      case 0x61...0x7a, 0x41...0x5a, 0x30...0x39, 0x5f:
        // Most bytes of most texts are read here: the run of word characters at once.
        var hash = inToken ? openHash : WordHash.start
        let start = offset
        var next = byte
        repeat {
          let lower = next | 0x20
          if lower.isLowerLetter {
            latinLetters += 1
            hash = WordHash.fed(hash, lower)
          } else {
            hash = WordHash.fed(hash, next)
          }
          offset += 1
          next = offset < bytes.count ? bytes[offset] : 0
        } while next.isWordByte
        offset -= 1
        length += offset - start
        inToken = true
        openHash = hash
        tokenHash = hash
      case 0x20: endToken()
      case 0x27: if inToken { openHash = WordHash.fed(openHash, byte) }
      case 0x21, 0x3f:
        endToken()
        add(WordHash.fed(WordHash.start, byte))
      case 0x00...0x08, 0x0b...0x0c, 0x0e...0x1f, 0x7f:
        endToken()
        troubles.insert(EncodingTroubles(.control))
      case 0x80...0xff:
        let (scalar, size) = bytes.scalar(at: offset)
        read(scalar, at: offset..<offset + size)
        offset += size - 1
      default: endToken()
      }
      offset += 1
    }
    endToken()
    if tokenCount == 0 { key = StableHash(bytes: bytes).low }
    self.length = length
    letters[WritingScript.latin.place] += latinLetters
    if mojibake.isFound { troubles.insert(EncodingTroubles(.mojibake)) }
  }

  /// A character beyond ASCII.
  private mutating func read(_ scalar: Unicode.Scalar, at range: Range<Int>) {
    mojibake.take(scalar, at: range)
    troubles.formUnion(EncodingTroubles(scalar))
    // General punctuation has neither letters nor marks.
    if (0x2000...0x206f).contains(scalar.value) { return endToken() }
    if let script = WritingScript(scalar) { letters[script.place] += 1 }
    if scalar.isWrittenWithoutSpaces {
      endToken()
      let hash = scalar.utf8.reduce(WordHash.start, WordHash.fed)
      add(hash)
      if keepsWords { words.append(hash) }
      return
    }
    let properties = scalar.properties
    if properties.isWhitespace {
      endToken()
    } else if properties.changesWhenLowercased {
      for lower in properties.lowercaseMapping.unicodeScalars { addLetter(lower) }
    } else {
      addLetter(scalar)
    }
  }

  private mutating func addLetter(_ scalar: Unicode.Scalar) {
    if scalar.isWordCharacter || inToken && scalar.isMark {
      for byte in scalar.utf8 { addToToken(byte) }
    } else {
      endToken()
    }
  }

  @inline(__always)
  private mutating func addToToken(_ byte: UInt8) {
    if !inToken {
      inToken = true
      openHash = WordHash.start
    }
    openHash = WordHash.fed(openHash, byte)
    tokenHash = openHash
  }

  @inline(__always)
  private mutating func endToken() {
    guard inToken else { return }
    inToken = false
    add(tokenHash)
    if keepsWords { words.append(tokenHash) }
  }

  @inline(__always)
  private mutating func add(_ hash: UInt64) {
    key = WordHash.pair(key, hash)
    tokenCount += 1
  }
}

extension UInt8 {
  @inline(__always)
  fileprivate var isLowerLetter: Bool { self &- 0x61 < 26 }

  /// Whether this is a letter or digit of ASCII, or `_`.
  @inline(__always)
  fileprivate var isWordByte: Bool {
    (self | 0x20).isLowerLetter || self &- 0x30 < 10 || self == 0x5f
  }
}
