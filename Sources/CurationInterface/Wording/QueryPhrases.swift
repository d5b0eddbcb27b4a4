public import PreferenceScoring

extension QueryError {
  /// What is wrong, in a few words.
  public var phrase: String {
    switch reason {
    case .expected(let what): "\(what.phrase) should stand here"
    case .unknownField(let name, let nearest):
      "there is no field \(name)" + Self.suggestion(nearest)
    case .unknownText(let name, let nearest):
      "there is no text \(name.isEmpty ? "of that name" : name)" + Self.suggestion(nearest)
    case .unknownValue(let value, let field, let nearest):
      "\(field) is never \(value)" + Self.suggestion(nearest)
    case .noNumber(let field): "\(field) is no number: write \(field):value"
    case .dayAndNumber: "time is compared with a day, and nothing else is: time>=2026-11-22"
    case .notSortable(let field): "\(field) is no number to sort by"
    case .badPattern(let message): "in the expression: \(message)"
    case .tellsLabel(let what):
      "\(what) would tell which side is chosen: leave blind mode to ask for it"
    case .tooLong(let limit): "a query has at most \(Numbers.grouped(limit)) bytes"
    case .tooDeep(let limit): "parentheses nest at most \(Numbers.grouped(limit)) deep"
    }
  }

  private static func suggestion(_ nearest: String?) -> String {
    nearest.map { ": did you mean \($0)?" } ?? ""
  }
}

extension QueryError.Expectation {
  fileprivate var phrase: String {
    switch self {
    case .term: "a field, a word or a text in quotes"
    case .comparison: "one of > < >= <= = !="
    case .number: "a number"
    case .value: "a value"
    case .text: "a text"
    case .field: "the field to sort by"
    case .end: "nothing more"
    case .closingParenthesis: "a closing parenthesis"
    case .closingQuote: "a text that ends with a quotation mark"
    case .closingSlash: "a regular expression that ends with a slash"
    case .measuredText(let name): "(a), (b) or another text: \(name)(prompt)"
    case .colon(let field): "\(field): and a value"
    case .colonOrTilde(let text): "\(text):word, \(text):\"a text\" or \(text)~/an expression/"
    }
  }
}
