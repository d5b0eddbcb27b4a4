/// A stretch of a text and what it is.
public struct MarkupSpan: Hashable, Sendable {
  /// The bytes (UTF-8) of the text.
  public var range: Range<Int>
  public var role: ThemeRole

  public init(_ range: Range<Int>, _ role: ThemeRole) {
    self.range = range
    self.role = role
  }
}

/// What people and language models write into plain text to give it form: code blocks, headings,
/// lists, tables, emphasis, calls of tools.
///
/// The text stays as it is, marks included, since a person who judges it has to see what was written;
/// only its looks change. The rules are those of CommonMark (spec.commonmark.org, 0.31) as far as
/// responses use them, loosened where that reads better: a fence may be indented at will, and a mark
/// inside a line closes on the same line.
///
/// - Complexity: O(length); inside a line, a mark that is opened is looked for over a bounded
///   distance.
public struct Markup: Sendable {
  /// What is not plain text, in order, without overlaps.
  public let spans: [MarkupSpan]
  public let tables: [MarkupTable]

  /// Finds the markup of `text`.
  public init(_ text: String) {
    var scanner = MarkupScanner(Array(text.utf8))
    scanner.scan()
    spans = scanner.spans
    tables = scanner.tables
  }

  /// Takes all of `text` for JSON, as tools answer.
  public init(json text: String) {
    let bytes = Array(text.utf8)
    spans = CodeScanner(bytes, .json).spans(in: 0..<bytes.count)
    tables = []
  }
}
