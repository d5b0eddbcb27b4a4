import CurationEngine
import CurationInterface
import PreferenceData

// What a conversion comes to, in sentences.

extension ExportForm {
  /// Why rows could not be written in this form, and what is not measured.
  func lines(of conversion: ConversionSummary?) -> [String] {
    var lines: [String] = []
    if let conversion, conversion.inexpressibleCount > 0 {
      lines.append("rows that cannot be written as \(name) are left out:")
      for (reason, count) in conversion.reasons {
        lines.append("  \(Numbers.grouped(count)): \(reason.text)")
      }
    }
    if additions.contains(.labelRight), remainingNoise == nil {
      lines.append(
        "p_label_right is null: no audit of random rows measured those that are undecided")
    }
    return lines
  }
}

extension Inexpressible {
  var text: String {
    switch self {
    case .unreadable: "the row cannot be read (demur check names it)"
    case .tokens: "numbers of tokens, which only their tokenizer turns into text"
    case .damagedText: "the text holds bytes that are no UTF-8"
    case .number: "a number that JSON does not have, such as NaN"
    case .noPreference: "the file prefers none of the sides"
    case .tie: "a tie, which this form has no place for (--ties both writes pairs in both orders)"
    case .singleResponse: "a single response, and the form compares two (kto takes it)"
    case .ranking: "a ranking says what is better, not what is good"
    case .noContext: "nothing is asked before the answers, and the form takes a prompt"
    case .severalTurns: "the context has several turns, and the form has one prompt text"
    case .severalAnswers: "a side has several turns, and the form takes one answer"
    case .turnOrder: "the turns do not follow one another as the form demands"
    case .systemPrompt: "a system prompt, which the form has no place for"
    case .role: "a speaker that the form does not know"
    case .tools: "tools or calls of them, which the form has no place for"
    case .reasoning: "reasoning beside the answer, which the form has no place for"
    case .media: "pictures or sound that the form cannot hold as they stand in the row"
    case .blocks: "content in several blocks, and the form takes one text"
    case .noBoundary: "no blank parts the prompt from the answers (hh marks who speaks)"
    case .readsOtherwise: "written in this form, the row would be read as another one"
    }
  }
}
