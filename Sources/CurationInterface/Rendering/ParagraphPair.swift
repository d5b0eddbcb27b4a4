import TerminalSurface

/// A paragraph of each of two texts that say much the same: where each begins, in bytes.
struct ParagraphPair: Hashable, Sendable {
  let first: Int
  let second: Int

  /// The paragraphs (what stands between newlines) of `one` and `two` that belong together: at least
  /// half of the words of the longer one are matched with words of the other. In order in both texts.
  ///
  /// - Complexity: O(length of both).
  static func all(_ one: String, _ two: String, _ comparison: WordComparison) -> [ParagraphPair] {
    let first = Paragraphs(one)
    let second = Paragraphs(two)
    var pairs: [ParagraphPair] = []
    var last = (-1, -1)
    var current = (-1, -1)
    var count = 0
    func close() {
      guard count > 0, current.0 > last.0, current.1 > last.1,
        2 * count >= max(first.wordCounts[current.0], second.wordCounts[current.1])
      else { return }
      pairs.append(
        ParagraphPair(first: first.starts[current.0], second: second.starts[current.1]))
      last = current
    }
    for (one, two) in zip(comparison.commonInFirst, comparison.commonInSecond) {
      let place = (first.paragraph(at: one.lowerBound), second.paragraph(at: two.lowerBound))
      if place != current {
        close()
        current = place
        count = 0
      }
      count += 1
    }
    close()
    return pairs
  }
}

/// Where the paragraphs of a text begin, and how many words each has.
private struct Paragraphs {
  private(set) var starts = [0]
  private(set) var wordCounts = [0]

  init(_ text: String) {
    var isInside = false
    for (offset, byte) in text.utf8.enumerated() {
      let isBlank = byte == 0x20 || (0x09...0x0D).contains(byte)
      if !isBlank, !isInside { wordCounts[wordCounts.count - 1] += 1 }
      isInside = !isBlank
      if byte == 0x0A {
        starts.append(offset + 1)
        wordCounts.append(0)
      }
    }
  }

  func paragraph(at offset: Int) -> Int { starts.partitionPoint { $0 <= offset } - 1 }
}
