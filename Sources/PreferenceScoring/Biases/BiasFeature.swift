/// What a response can have more or less of, in terms that a person can check by reading it.
///
/// Of a response with L characters and n words (`StyleFeature` says what a word is); ln1(x) = ln(1 + x).
/// The choice follows studies of what sways labels: length, lists, bold, links, exclamations and emoji
/// (arXiv:2409.11704); refusals, hedges, questions and formality (arXiv:2510.26202), of whose marks word
/// length and contractions need no parser (Pavlick and Tetreault, 2016, doi:10.1162/tacl_a_00083).
public enum BiasFeature: String, CaseIterable, Sendable {
  /// ln1(L).
  case length
  /// ln1(number of lines that start like a list item).
  case lists
  /// ln1(number of stretches in bold and of headings, in Markdown).
  case markup
  /// ln1(number of code fences).
  case code
  /// ln1(number of links, of numbers in brackets, and of years that end a parenthesis).
  case citations
  /// ln1(number of emoji and other pictographs).
  case emoji
  /// min(number of `!`, 5).
  case exclamations
  /// min(number of `?`, 5).
  case questions
  /// min(count, 3) of questions that ask back.
  case askingBack = "asking-back"
  /// min(count, 3) of phrases that refuse or warn.
  case refusal
  /// ln1(count) of phrases that hedge.
  case hedging
  /// ln1(count) of polite phrases.
  case politeness
  /// Words equal to `i` / n.
  case firstPerson = "first-person"
  /// Mean length of a word.
  case formality
  /// Words with an apostrophe inside / n.
  case contractions
  /// 1 - different neighbouring word pairs / word pairs.
  case repetition

  /// Its number among all.
  var column: Int { Self.columns[self] ?? 0 }

  private static let columns = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

  /// The column of the style block that says the same, or nil where none does.
  var style: StyleFeature? {
    switch self {
    case .length: .loglen
    case .lists: .bullets
    case .markup, .code, .citations, .emoji, .contractions: nil
    case .exclamations: .excl
    case .questions: .q
    case .askingBack: .clarify
    case .refusal: .refuse
    case .hedging: .hedge
    case .politeness: .polite
    case .firstPerson: .I
    case .formality: .wlen
    case .repetition: .rep
    }
  }
}
