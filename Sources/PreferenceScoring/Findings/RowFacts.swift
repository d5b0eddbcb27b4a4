import PreferenceData

/// What the findings of a row need of its texts: some at once, and what tells its copies.
struct RowFacts: Sendable, Equatable {
  /// What the row shows by itself.
  var findings: RowFindings = []
  /// Of a pair with a preference: what tells its copies.
  var copy: CopyKey?

  /// Who a pair's copies are, and in which of its forms the pair stands here.
  struct CopyKey: Sendable, Equatable {
    /// The context and the *unordered* sides: to the byte, and as `PairKeys` has them.
    var exact: UInt64
    var near: UInt64
    /// Which of the two sides is preferred, by the order of their hashes, to the byte; and which is
    /// shown first.
    var prefersFirst: Bool
    var showsFirst: Bool
    /// The same by the order of the near keys; nil where these are equal.
    var prefersFirstNearly: Bool?
  }

  /// - Parameters:
  ///   - row: A row that could be read.
  ///   - keys: Its near keys, where it is a pair with a preference and two different sides.
  ///   - entry: Its identity, where that is known already.
  /// - Complexity: O(bytes).
  init(_ row: PreferenceRow, keys: PairKeys?, entry: RowIndexEntry? = nil) {
    for defect in row.defects {
      switch defect {
      case .identicalSides: findings.insert(RowFindings(.identicalSides))
      case .emptySide: findings.insert(RowFindings(.emptySide))
      case .unlabelled, .tied: break
      }
    }
    if row.sides.contains(where: { $0.turns.count > 1 }) {
      findings.insert(RowFindings(.earlyParting))
    }
    guard let keys, let (chosen, rejected) = row.chosenAndRejected else { return }
    if keys.chosen == keys.rejected {
      findings.insert(RowFindings(.nearIdenticalSides))
    } else if Self.isContained(row.sides[0].text, row.sides[1].text) {
      findings.insert(RowFindings(.containedSide))
    }
    let hashes = entry?.sides.map(\.hash.low) ?? row.sides.map { Self.hash($0.turns) }
    let sides = WordHash.pair(min(hashes[0], hashes[1]), max(hashes[0], hashes[1]))
    copy = CopyKey(
      exact: entry?.pair.hash.low ?? WordHash.pair(Self.hash(row.context), sides), near: keys.pair,
      prefersFirst: hashes[chosen] < hashes[rejected], showsFirst: hashes[0] < hashes[1],
      prefersFirstNearly: keys.chosen == keys.rejected ? nil : keys.chosen < keys.rejected)
  }

  private static func hash(_ turns: [Turn]) -> UInt64 {
    turns.reduce(0) { hash, turn in
      let role = StableHash(turn.role.name).low
      return WordHash.pair(hash, StableHash(turn.text, seed: role).low)
    }
  }

  /// Whether the shorter of two texts, without the white space around it, stands in the other as a run
  /// of whole words. An empty one does not.
  static func isContained(_ first: String, _ second: String) -> Bool {
    var (first, second) = (first, second)
    first.makeContiguousUTF8()
    second.makeContiguousUTF8()
    let (one, other) = (first.utf8.span, second.utf8.span)
    let (a, b) = (one.extracting(one.trimmedRange), other.extracting(other.trimmedRange))
    return a.count < b.count ? b.containsWords(a) : a.containsWords(b)
  }
}

extension Span<UInt8> {
  /// Where the text stands without the white space around it.
  fileprivate var trimmedRange: Range<Int> {
    var (start, end) = (0, count)
    while start < end, self[start].isSpace { start += 1 }
    while start < end, self[end - 1].isSpace { end -= 1 }
    return start..<end
  }

  /// Whether `words` stands here, with no letter or digit of ASCII right before or behind it where it
  /// begins or ends with one itself.
  ///
  /// - Complexity: O(both lengths), whatever the texts: a data set may be made to be slow.
  /// - Source: Knuth, Morris and Pratt, 1977, doi:10.1137/0206024.
  fileprivate func containsWords(_ words: Span<UInt8>) -> Bool {
    guard words.count > 0, words.count <= count else { return false }
    let (first, last) = (words[0], words[words.count - 1])
    // By place, the length of the longest proper start of `words` that also ends there; only as far as
    // a match has come, since few come far.
    var borders: [Int] = []
    var matched = 0
    for end in 0..<count {
      let byte = self[end]
      while matched > 0, matched == words.count || words[matched] != byte {
        matched = borders[matched - 1]
      }
      if words[matched] == byte {
        words.appendBorder(to: &borders, ifMissingAt: matched)
        matched += 1
      }
      guard matched == words.count else { continue }
      let start = end + 1 - matched
      let cutsWord =
        start > 0 && first.isWord && self[start - 1].isWord
        || end + 1 < count && last.isWord && self[end + 1].isWord
      if !cutsWord { return true }
    }
    return false
  }

  /// Adds the border at `place`, the next one, unless it is there.
  private func appendBorder(to borders: inout [Int], ifMissingAt place: Int) {
    guard place == borders.count else { return }
    var length = borders.last ?? 0
    while length > 0, self[place] != self[length] { length = borders[length - 1] }
    borders.append(place > 0 && self[place] == self[length] ? length + 1 : 0)
  }
}

extension UInt8 {
  fileprivate var isSpace: Bool { self == 0x20 || (0x09...0x0d).contains(self) }

  fileprivate var isWord: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
    default: false
    }
  }
}
