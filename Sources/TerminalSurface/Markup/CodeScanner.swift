/// Finds the keywords, strings, comments and numbers of program text.
struct CodeScanner {
  private let bytes: [UInt8]
  private let language: CodeLanguage
  private let quotes: [UInt8]
  private let longQuotes: [[UInt8]]
  private let lineComments: [[UInt8]]
  private let blockComment: (opening: [UInt8], closing: [UInt8])?

  init(_ bytes: [UInt8], _ language: CodeLanguage) {
    self.bytes = bytes
    self.language = language
    quotes = Array(language.quotes.utf8)
    longQuotes = language.longQuotes.map { Array($0.utf8) }
    lineComments = language.lineComments.map { Array($0.utf8) }
    blockComment = language.blockComment.map { (Array($0.opening.utf8), Array($0.closing.utf8)) }
  }

  /// What `range` consists of, without a gap.
  ///
  /// - Complexity: O(length of `range`).
  func spans(in range: Range<Int>) -> [MarkupSpan] {
    var spans: [MarkupSpan] = []
    var plainStart = range.lowerBound
    var place = range.lowerBound
    var isInTag = false
    func add(_ found: Range<Int>, _ role: ThemeRole) {
      if plainStart < found.lowerBound {
        spans.append(MarkupSpan(plainStart..<found.lowerBound, .code))
      }
      spans.append(MarkupSpan(found, role))
      plainStart = found.upperBound
    }
    while place < range.upperBound {
      let start = place
      if let end = endOfComment(at: place, in: range) {
        add(start..<end, .codeComment)
        place = end
      } else if !language.isTagged || isInTag, let end = endOfString(at: place, in: range) {
        add(start..<end, .codeString)
        place = end
      } else if language.isTagged {
        place += 1
        if bytes[start] == UInt8(ascii: ">") { isInTag = false }
        guard bytes[start] == UInt8(ascii: "<") else { continue }
        if place < range.upperBound, bytes[place] == UInt8(ascii: "/") { place += 1 }
        let end = endOfWord(at: place, in: range)
        if end > place { add(place..<end, .codeKeyword) }
        isInTag = end > place
        place = end
      } else if bytes[place].isWordByte {
        let isNumber = bytes[place].isDigit
        place = isNumber ? endOfNumber(at: place, in: range) : endOfWord(at: place, in: range)
        if isNumber, !language.quotes.isEmpty {
          add(start..<place, .codeNumber)
        } else if !isNumber, isKeyword(start..<place) {
          add(start..<place, .codeKeyword)
        }
      } else {
        place += 1
      }
    }
    add(range.upperBound..<range.upperBound, .code)
    spans.removeLast()
    return spans
  }

  private func isKeyword(_ range: Range<Int>) -> Bool {
    // No keyword is longer.
    guard range.count <= 16, !language.keywords.isEmpty else { return false }
    let word = String(decoding: bytes[range], as: UTF8.self)
    return language.keywords.contains(language.ignoresCase ? word.lowercased() : word)
  }

  private func endOfWord(at place: Int, in range: Range<Int>) -> Int {
    bytes[place..<range.upperBound].firstIndex { !$0.isWordByte } ?? range.upperBound
  }

  private func endOfNumber(at place: Int, in range: Range<Int>) -> Int {
    bytes[place..<range.upperBound].firstIndex { !$0.isWordByte && $0 != UInt8(ascii: ".") }
      ?? range.upperBound
  }

  private func starts(with pattern: [UInt8], at place: Int, in range: Range<Int>) -> Bool {
    place + pattern.count <= range.upperBound && bytes[place] == pattern[0]
      && bytes[place..<(place + pattern.count)].elementsEqual(pattern)
  }

  private func endOfComment(at place: Int, in range: Range<Int>) -> Int? {
    for mark in lineComments where starts(with: mark, at: place, in: range) {
      let isFree =
        place == range.lowerBound || bytes[place - 1].isBlank || bytes[place - 1] == 0x0A
      if isFree || !language.commentsStandFree {
        return bytes[place..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      }
    }
    if let blockComment, starts(with: blockComment.opening, at: place, in: range) {
      let inside = (place + blockComment.opening.count)..<range.upperBound
      return bytes.firstRange(of: blockComment.closing, in: inside)?.upperBound
        ?? range.upperBound
    }
    return nil
  }

  /// The end of the string that begins at `place`: a short one ends on its line at the latest.
  private func endOfString(at place: Int, in range: Range<Int>) -> Int? {
    for mark in longQuotes where starts(with: mark, at: place, in: range) {
      let inside = (place + mark.count)..<range.upperBound
      return bytes.firstRange(of: mark, in: inside)?.upperBound ?? range.upperBound
    }
    guard quotes.contains(bytes[place]) else { return nil }
    var end = place + 1
    while end < range.upperBound, bytes[end] != 0x0A {
      if bytes[end] == bytes[place] { return end + 1 }
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(end, range.upperBound)
  }
}
