/// The reasoning that models write before they answer, between tags: `<think>...</think>`.
enum Reasoning {
  private static let tags = ["think", "thinking", "reasoning"].map {
    (opening: Array("<\($0)>".utf8), closing: Array("</\($0)>".utf8))
  }

  /// `text` with each block of reasoning folded to one line that says how much there is.
  ///
  /// A block whose end is missing stays, since the answer then has none either; so does one that holds
  /// what is searched for, and one that says nothing.
  /// - Complexity: O(length).
  static func folded(
    _ text: String, _ rendering: PairRendering
  ) -> (text: String, edits: [OffsetMap.Edit]) {
    guard let key = rendering.unfoldingKey, text.utf8.contains(UInt8(ascii: "<")) else {
      return (text, [])
    }
    let bytes = Array(text.utf8)
    var folded: [UInt8] = []
    var edits: [OffsetMap.Edit] = []
    var start = 0
    for block in blocks(in: bytes) {
      let words = String(decoding: bytes[block.inside], as: UTF8.self)
      let count = LoadedRow.wordCount(words)
      if count == 0 { continue }
      if let text = rendering.highlight, !words.ranges(ofIgnoringCase: text).isEmpty { continue }
      let line = Array("[reasoning: \(Numbers.counted(count, "word")), \(key) unfolds]".utf8)
      folded += bytes[start..<block.whole.lowerBound] + line
      edits.append(OffsetMap.Edit(source: block.whole, count: line.count))
      start = block.whole.upperBound
    }
    guard !edits.isEmpty else { return (text, []) }
    return (String(decoding: folded + bytes[start...], as: UTF8.self), edits)
  }

  private static func blocks(
    in bytes: [UInt8]
  ) -> [(whole: Range<Int>, inside: Range<Int>)] {
    var blocks: [(whole: Range<Int>, inside: Range<Int>)] = []
    var place = 0
    // A closing tag that is not there is looked for once.
    var unclosed: Set<Int> = []
    while let start = bytes[place...].firstIndex(of: UInt8(ascii: "<")) {
      place = start + 1
      for (number, tag) in tags.enumerated()
      where !unclosed.contains(number) && bytes[start...].starts(with: tag.opening) {
        let inside = start + tag.opening.count
        guard let end = bytes[inside...].firstStart(of: tag.closing) else {
          unclosed.insert(number)
          continue
        }
        place = end + tag.closing.count
        blocks.append((start..<place, inside..<end))
      }
    }
    return blocks
  }
}

extension ArraySlice<UInt8> {
  fileprivate func firstStart(of pattern: [UInt8]) -> Int? {
    var place = startIndex
    while let next = self[place...].firstIndex(of: pattern[0]) {
      if self[next...].starts(with: pattern) { return next }
      place = next + 1
    }
    return nil
  }
}
