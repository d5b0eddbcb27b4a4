public import PreferenceData
import Foundation

/// Works out the style features (`StyleFeature`) of responses to a prompt.
///
/// One value serves any number of texts and keeps its buffers: nothing is allocated for a word.
public struct StyleFeatures {
  private(set) var scan = TextScan()
  /// The words of the prompt without stop words; those of the last user turn are marked.
  private var promptWords = WordSet()
  private var lastWordCount = 0
  /// The direction of the prompt that was set last.
  private(set) var promptSketch = PromptSketch()
  private var responseWords = WordSet()
  private var bigrams = WordSet()
  private let stopWords = StopWords.hashes

  public init() {}

  /// Takes `context` as the prompt of the responses that follow, with `lastRequest` in it; gives the
  /// key of the whole prompt.
  @discardableResult
  public mutating func setPrompt(_ context: [Turn], lastRequest: String) -> UInt64 {
    promptWords.removeAll()
    promptSketch = PromptSketch()
    lastWordCount = 0
    var key: UInt64 = 0
    // The last request is mostly a turn of the context, and read as such.
    let lastTurn = context.lastIndex { $0.text == lastRequest }
    if lastTurn == nil {
      read(lastRequest)
      markWords()
    }
    for (number, turn) in context.enumerated() {
      read(turn.text)
      if number == lastTurn {
        markWords()
      } else {
        for word in scan.words where !stopWords.contains(word) && promptWords.insert(word) {
          promptSketch.add(word)
        }
      }
      key = WordHash.pair(key, scan.key)
    }
    return key
  }

  /// Takes the words of the text that was read last as those of the last request.
  private mutating func markWords() {
    for word in scan.words where !stopWords.contains(word) {
      let mark = promptWords.mark(of: word)
      guard mark != true else { continue }
      if mark == nil { promptSketch.add(word) }
      promptWords.mark(word)
      lastWordCount += 1
    }
  }

  /// The features of `response`, by the column of `StyleFeature`.
  /// - Complexity: O(bytes).
  public mutating func values(of response: String) -> [Double] {
    read(response)
    return values()
  }

  mutating func read(_ text: String) {
    var text = text
    text.makeContiguousUTF8()
    scan.read(text.utf8.span)
  }

  /// The features of the text that was read last.
  mutating func values() -> [Double] {
    let counts = scan.counts
    let scalars = Double(counts.scalars)
    let wordCount = Double(scan.words.count) + 1e-9
    let sentences = Double(max(counts.sentences, 1))
    let length = log1p(scalars)
    let overlap = compareWords()
    let bigramCount = max(scan.words.count - 1, 0)
    var values = [Double](repeating: 0, count: StyleFeature.count)
    func set(_ feature: StyleFeature, _ value: Double) { values[feature.rawValue] = value }
    func logarithm(_ count: Int) -> Double { log1p(Double(count)) }
    set(.loglen, length)
    set(.logwords, log1p(wordCount))
    set(.sents, log1p(sentences))
    set(.lines, logarithm(counts.newlines))
    set(.q, Double(min(counts.questions, 5)))
    set(.excl, Double(min(counts.exclamations, 5)))
    set(.digits, logarithm(counts.digits))
    set(.bullets, logarithm(counts.bullets))
    set(.quotes, log1p(Double(counts.quotes) / 2))
    set(.paren, logarithm(counts.parentheses))
    set(.caps, Double(counts.capitals) / (scalars + 1))
    set(.ttr, Double(overlap.different) / wordCount)
    set(.wlen, Double(counts.wordLengths) / wordCount)
    set(.refuse, Double(min(counts.refusals, 3)))
    set(.hedge, logarithm(counts.hedges))
    set(.clarify, Double(min(counts.clarifications, 3)))
    set(.polite, logarithm(counts.politenesses))
    set(.I, Double(counts.wordsI) / wordCount)
    set(.you, Double(counts.wordsYou) / wordCount)
    set(.neg, Double(counts.negations) / wordCount)
    set(.endq, counts.lastByte == UInt8(ascii: "?") ? 1 : 0)
    set(.endpunct, Self.closes(counts.lastByte) ? 1 : 0)
    set(.short1, counts.scalars < 40 ? 1 : 0)
    set(.short2, counts.scalars < 100 ? 1 : 0)
    set(.long1, counts.scalars > 400 ? 1 : 0)
    set(.long2, counts.scalars > 900 ? 1 : 0)
    let union = promptWords.count + overlap.content - overlap.shared
    set(.jac, Double(overlap.shared) / Double(union + 1))
    set(.contain, Double(overlap.sharedWithLast) / Double(lastWordCount + 1))
    set(.novel, logarithm(overlap.content - overlap.shared))
    set(.lastover, overlap.sharedWithLast > 0 ? 1 : 0)
    set(.rep, bigramCount == 0 ? 0 : 1 - Double(bigrams.count) / (Double(bigramCount) + 1e-9))
    set(.sqrtlen, scalars.squareRoot())
    set(.sentlen, log1p(wordCount / sentences))
    set(.url, counts.hasURL ? 1 : 0)
    set(.comma, logarithm(counts.commas))
    set(.colon, logarithm(counts.colons))
    set(.loglen2, length * length)
    return values
  }

  /// How many different words there are, how many of them carry content, and how many of those the
  /// prompt and its last turn share.
  private struct Overlap {
    var different = 0
    var content = 0
    var shared = 0
    var sharedWithLast = 0
  }

  private mutating func compareWords() -> Overlap {
    var overlap = Overlap()
    responseWords.removeAll()
    bigrams.removeAll()
    var previous: UInt64?
    for word in scan.words {
      if let previous { _ = bigrams.insert(WordHash.pair(previous, word)) }
      previous = word
      guard responseWords.insert(word), !stopWords.contains(word) else { continue }
      overlap.content += 1
      guard let isInLast = promptWords.mark(of: word) else { continue }
      overlap.shared += 1
      if isInLast { overlap.sharedWithLast += 1 }
    }
    overlap.different = responseWords.count
    return overlap
  }

  private static func closes(_ byte: UInt8?) -> Bool {
    switch byte {
    case nil, UInt8(ascii: "."), UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: ")"):
      true
    default: false
    }
  }
}
