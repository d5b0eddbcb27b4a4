import Foundation
import PreferenceScoring

/// Pairs of invented words, as long as those of assistants' dialogues: a prompt of two to four turns, 55
/// words a response (HH-RLHF: 310 characters), words as frequent as in any language.
struct GeneratedPairs {
  private var generator: SeededGenerator
  private let words: [String]
  private let isRecurring: Bool

  init(seed: UInt64, isRecurring: Bool) {
    var generator = SeededGenerator(seed: seed)
    self.isRecurring = isRecurring
    let syllables = ["ka", "ri", "to", "men", "sul", "ve", "da", "lo", "pin", "ar", "es", "un"]
    var words = ["the", "of", "I", "you", "to", "a", "and", "is", "it", "not", "what", "can", "do"]
    for _ in 0..<20_000 {
      words.append(
        (0...generator.below(3)).map { _ in syllables[generator.below(syllables.count)] }.joined())
    }
    self.words = words
    self.generator = generator
  }

  /// `count` rows as JSON lines; the chosen side tends to be the longer one.
  mutating func lines(_ count: Int) -> Data {
    var data = Data()
    let pool = isRecurring ? (0..<max(8, count / 12)).map { _ in text(about: 40) } : []
    let prompts = isRecurring ? (0..<max(1, pool.count / 33)).map { _ in text(about: 12) } : []
    for _ in 0..<count {
      var (prompt, first, second) = ("", "", "")
      if isRecurring {
        // A response belongs to one prompt; two of the same prompt meet.
        let topic = generator.below(prompts.count)
        let own = stride(from: topic, to: pool.count, by: prompts.count).map { $0 }
        let place = generator.below(own.count)
        let other = (place + 1 + generator.below(max(1, own.count - 1))) % own.count
        (prompt, first, second) = (prompts[topic], pool[own[place]], pool[own[other]])
      } else {
        for turn in 0...generator.below(3) {
          prompt += "\n\n\(turn.isMultiple(of: 2) ? "Human" : "Assistant"): \(text(about: 35))"
        }
        (first, second) = (text(about: 55), text(about: 55))
      }
      if generator.below(10) < 6, first.count < second.count { swap(&first, &second) }
      data.append(
        Data(
          #"{"prompt":"\#(escaped(prompt))","chosen":"\#(first)","rejected":"\#(second)"}"#.utf8))
      data.append(0x0A)
    }
    return data
  }

  private func escaped(_ text: String) -> String { text.replacing("\n", with: #"\n"#) }

  private mutating func text(about mean: Int) -> String {
    var text = ""
    for _ in 0..<(mean / 4 + generator.below(3 * mean / 2)) {
      // Rank n with a probability of about 1 / n.
      let rank = Int(exp(generator.unit() * log(Double(words.count))))
      text += words[min(rank, words.count) - 1]
      text += generator.below(9) == 0 ? ". " : generator.below(12) == 0 ? ", " : " "
    }
    return text + (generator.below(4) == 0 ? "?" : ".")
  }
}
