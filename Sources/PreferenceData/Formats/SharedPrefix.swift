/// Where the shared beginning of two texts ends and their own parts begin.
enum SharedPrefix {
  /// What trainers' chat templates write before an answer.
  private static let answerMarks: [[UInt8]] = [
    "\n\nAssistant:", "\nAssistant:", "<|assistant|>\n", "<|im_start|>assistant\n", "[/INST]",
    "### Response:\n", "<start_of_turn>model\n",
    "<|start_header_id|>assistant<|end_header_id|>\n\n",
  ].map { Array($0.utf8) }

  private static let sentenceEnds: [[UInt8]] = ["。", "？", "！"].map { Array($0.utf8) }

  /// How many bytes `first` and `second` have in common at their beginning.
  static func length(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
    let limit = min(first.count, second.count)
    let (a, b) = (first.span, second.span)
    var length = 0
    while length < limit, a[length] == b[length] { length += 1 }
    return length
  }

  /// Where to cut two texts that hold their prompt inside.
  ///
  /// Two answers may begin alike, so the last equal byte says little. The cut is, within the common
  /// part, behind the last mark of an answer; else behind the last line break; else behind the last
  /// sentence; else behind the last word. Neither side is cut to nothing, except behind a mark.
  static func cut(_ first: ArraySlice<UInt8>, _ second: ArraySlice<UInt8>) -> Int {
    let common = length(first, second)
    let shared = first.prefix(common)
    if let mark = answerMarks.compactMap({ shared.endOfLast($0) }).max() { return mark }
    // With one text within the other, the whole of it is shared: leave its last part as its own.
    let limit = min(common, min(first.count, second.count) - 1)
    guard limit > 0 else { return 0 }
    let (line, sentence, word) = boundaries(in: first.prefix(limit), followedBy: first)
    return [line, sentence, word].first { $0 > 0 } ?? 0
  }

  /// The last places in `text` behind a line break, a sentence and a word; 0 for none. Sentence and
  /// word end before the blank, as a completion begins with it.
  private static func boundaries(
    in text: ArraySlice<UInt8>, followedBy whole: ArraySlice<UInt8>
  ) -> (line: Int, sentence: Int, word: Int) {
    var found = (line: 0, sentence: 0, word: 0)
    for sentenceEnd in sentenceEnds {
      found.sentence = max(found.sentence, text.endOfLast(sentenceEnd) ?? 0)
    }
    let ends: [UInt8] = [UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!")]
    for place in 0..<text.count {
      switch text[text.startIndex + place] {
      case UInt8(ascii: "\n"): found.line = place + 1
      case UInt8(ascii: " "):
        found.word = place
        if place > 0, ends.contains(text[text.startIndex + place - 1]) {
          found.sentence = max(found.sentence, place)
        }
      default: break
      }
    }
    return found
  }
}

extension ArraySlice<UInt8> {
  /// The distance from the start to the end of the last occurrence of `pattern`.
  func endOfLast(_ pattern: [UInt8]) -> Int? {
    var end = count
    while end >= pattern.count {
      let start = startIndex + end - pattern.count
      if self[start] == pattern[0], self[start..<(start + pattern.count)].elementsEqual(pattern) {
        return end
      }
      end -= 1
    }
    return nil
  }
}
