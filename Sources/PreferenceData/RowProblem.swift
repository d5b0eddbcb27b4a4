/// A row that cannot be read as a preference pair: where it stands, and why.
///
/// A bad row is a value. It is shown, counted, and exported as it was; it never stops a load.
public struct RowProblem: Hashable, Sendable, Error {
  /// The row, from 0, over the data rows.
  public var row: Int
  /// The file in which the row stands, where the data set is a folder of them.
  public var file: String?
  /// The line of the file, from 1, where the row begins; nil where the container has no lines.
  public var line: Int?
  /// The byte in the row, from 1, where reading failed; nil where the whole row is meant.
  public var column: Int?
  public var reason: Reason

  public init(
    row: Int, file: String? = nil, line: Int?, column: Int? = nil, reason: Reason
  ) {
    self.row = row
    self.file = file
    self.line = line
    self.column = column
    self.reason = reason
  }

  /// Why a row cannot be read. Carries the names of fields, never their text.
  public enum Reason: Hashable, Sendable, Error {
    /// The bytes are not JSON; the parser's word for what is wrong.
    case malformed(String)
    /// The document ends before it is complete.
    case truncated
    case notAnObject
    case missingField(String)
    case wrongType(field: String, expected: String)
    case duplicateField(String)
    case emptyConversation(field: String)
    /// Fewer than two sides, or none that differs from the context.
    case noSides
    /// A label field holds a value of which nobody has said what it means.
    case unknownLabel(field: String)
    /// The row is longer than Demur reads.
    case tooLong(bytes: Int)
    /// A record of a table has another number of cells than its header.
    case raggedRecord(cells: Int, expected: Int)
    /// A cell of a table begins with a quotation mark and never ends with one: all that stands
    /// behind it is in this row.
    case unclosedQuote
    /// The compressed file is damaged or cut off here: what stood behind is lost.
    case damaged
  }
}

/// Something about a readable row that keeps it from being scored, or makes its label doubtful
/// without any model.
public enum RowDefect: Hashable, Sendable, CaseIterable {
  case identicalSides
  case emptySide
  case unlabelled
  /// The file itself prefers none of the sides.
  case tied
}

extension RowDefect {
  /// Whether the defect is one of the label, and not of the texts.
  public var isAboutLabel: Bool { self == .unlabelled || self == .tied }
}

extension PreferenceRow {
  /// The defects of this row, in the order in which they are declared.
  public var defects: [RowDefect] {
    var found: [RowDefect] = []
    let texts = sides.map(\.text)
    if texts.count >= 2, texts.dropFirst().contains(texts[0]) { found.append(.identicalSides) }
    if texts.contains(where: { $0.allSatisfy(\.isWhitespace) }) { found.append(.emptySide) }
    switch label {
    case .none: found.append(.unlabelled)
    case .tie, .bothBad: found.append(.tied)
    case .prefers, .ranks, .desirable, .undesirable: break
    }
    return found
  }
}
