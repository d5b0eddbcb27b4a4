/// The phrases that the style features count, as lower-case ASCII, found at word boundaries without
/// regard to letter case.
enum StylePhrases {
  enum Kind: Sendable {
    case refuse, hedge, clarify, polite
  }

  /// The phrases in flat tables: those that start with letter number l are `firsts[l]` up to
  /// `firsts[l + 1]`; phrase number k is `bytes[starts[k]..<starts[k + 1]]`, and begins with
  /// an `opening` of `openings[k]`.
  struct Table: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var starts: [Int] = [0]
    private(set) var kinds: [Kind] = []
    private(set) var openings: [UInt32] = []
    private(set) var firsts: [Int] = [0]
    /// By first letter: the second characters, a bit each by their last five digits. Most words are no
    /// phrase's beginning, and are told from one by two characters.
    private var seconds: [UInt32] = []

    fileprivate init(_ lists: [(kind: Kind, phrases: [String])]) {
      for letter in UInt8(ascii: "a")...UInt8(ascii: "z") {
        var seconds: UInt32 = 0
        for (kind, phrases) in lists {
          for phrase in phrases where phrase.utf8.first == letter {
            openings.append(StylePhrases.opening(of: phrase.utf8.span, at: 0))
            bytes += phrase.utf8
            seconds |= Self.bit(of: bytes[starts[kinds.count] + 1])
            starts.append(bytes.count)
            kinds.append(kind)
          }
        }
        firsts.append(kinds.count)
        self.seconds.append(seconds)
      }
    }

    /// Whether a phrase may begin with letter number `letter` and `second`, in either case.
    func mayBegin(letter: Int, second: UInt8) -> Bool {
      seconds[letter] & Self.bit(of: second) != 0
    }

    /// The same for both cases of a letter.
    private static func bit(of character: UInt8) -> UInt32 { 1 << UInt32(character & 0x1f) }
  }

  /// Every phrase has at least so many characters, which are compared as one number.
  static let openingLength = 4

  /// The characters of `bytes` from `offset` on as one number: the same for both cases of a letter, and
  /// for few other characters.
  static func opening(of bytes: Span<UInt8>, at offset: Int) -> UInt32 {
    var opening: UInt32 = 0
    for place in offset..<offset + openingLength {
      opening = opening << 8 | UInt32(bytes[place] | 0x20)
    }
    return opening
  }

  static let table = Table([
    (.refuse, refuse), (.hedge, hedge), (.clarify, clarify), (.polite, polite),
  ])

  private static let refuse = [
    "sorry", "i can't", "i cant", "i cannot", "i won't", "i wont", "i'm not able", "im not able",
    "unable to", "i don't think", "i don't know", "i don't understand", "i don't want",
    "i dont think", "i dont know", "i dont understand", "i dont want", "not sure",
    "not comfortable", "as an ai", "language model", "illegal", "against the law",
    "inappropriate", "harmful", "dangerous",
  ]
  private static let hedge = [
    "maybe", "perhaps", "might", "could", "possibly", "i think", "i believe", "probably", "seem",
    "seems", "likely",
  ]
  /// Each counts only where a `?` follows before any `.` or `!`.
  private static let clarify = [
    "what do", "what kind", "what type", "what are", "could you", "can you", "do you", "which",
    "would you", "tell me more", "clarify",
  ]
  private static let polite = [
    "please", "thank", "glad", "happy to", "of course", "sure", "great", "welcome", "hope",
  ]
}

/// The words that carry no content: left out where the words of prompt and response are compared.
enum StopWords {
  static let hashes: WordSet = {
    var set = WordSet(capacity: 256)
    let words = """
      the a an of to and in is it that for on you i with as are be this or at by from your my do can \
      have not but if so what how me we was they will would there
      """
    for word in words.split(separator: " ") { _ = set.insert(WordHash.of(word.utf8)) }
    return set
  }()
}
