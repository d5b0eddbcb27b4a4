/// Why a text is no query, and where.
public struct QueryError: Error, Hashable, Sendable {
  /// The byte of the text at which reading it failed.
  public var offset: Int
  public var reason: Reason

  public enum Reason: Hashable, Sendable {
    case expected(Expectation)
    case unknownField(String, nearest: String?)
    case unknownText(String, nearest: String?)
    /// The field has a few values, and this is none of them.
    case unknownValue(String, field: String, nearest: String?)
    /// A field of words is compared as a number.
    case noNumber(field: String)
    /// Only `time` is compared with a day, and with nothing else.
    case dayAndNumber
    case notSortable(field: String)
    /// A regular expression is none, in the words of PCRE2.
    case badPattern(String)
    /// The field, or its value, would show which side is the chosen one.
    case tellsLabel(String)
    case tooLong(limit: Int)
    case tooDeep(limit: Int)
  }

  /// What should have stood there.
  public enum Expectation: Hashable, Sendable {
    case term, comparison, number, value, text, field, end
    case closingParenthesis, closingQuote, closingSlash
    /// Behind what can be counted of a text.
    case measuredText(of: String)
    /// Behind a field of words.
    case colon(field: String)
    /// Behind a text.
    case colonOrTilde(text: String)
  }
}
