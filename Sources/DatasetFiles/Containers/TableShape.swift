import PreferenceData

/// The columns of a table of delimited text, and how its records become rows.
///
/// A record is read as a JSON object is: each column's name is a key, and a value's span is the
/// cell as it stands in the file, so that edits of a label move and replace whole cells.
struct TableShape: Sendable {
  /// What the cells of a column are read as.
  enum ColumnKind {
    /// A cell is a string, whatever it spells.
    case text
    /// A cell that spells a JSON number is one, and an empty one is null.
    case number
    /// A cell that spells `true` or `false` in letters of either case is one, and an empty one is
    /// null.
    case flag
  }

  let dialect: TableDialect
  /// How the columns are read, which takes a look at their cells.
  var kinds: [ColumnKind]
  /// The names of all columns one after another, and where each stands in them.
  private let names: [UInt8]
  private let nameRanges: [Range<Int>]

  /// - Parameters:
  ///   - header: The record that names the columns.
  ///   - dialect: How the table is written.
  init(header: Span<UInt8>, dialect: TableDialect) {
    self.dialect = dialect
    var names: [UInt8] = []
    var ranges: [Range<Int>] = []
    for cell in TableRecord(header, dialect).cells {
      let start = names.count
      dialect.appendText(of: cell, in: header, to: &names)
      ranges.append(start..<names.count)
    }
    self.names = names
    nameRanges = ranges
    kinds = ranges.map { _ in .text }
  }

  var columnCount: Int { nameRanges.count }
  /// Whether some column is read as something other than text.
  var isTyped: Bool { kinds.contains { $0 != .text } }
  /// Whether the header holds nothing but delimiters.
  var isUnnamed: Bool { names.isEmpty }

  /// Whether records of one table can stand below the header of the other.
  func isWritten(like other: TableShape?) -> Bool {
    dialect == other?.dialect && names == other?.names && nameRanges == other?.nameRanges
  }

  /// The row that `record` holds, or why it holds none.
  func document(_ record: Span<UInt8>) -> Result<JSONDocument, RowProblem.Reason> {
    let cut = TableRecord(record, dialect)
    guard cut.isClosed else { return .failure(.unclosedQuote) }
    guard cut.cells.count == columnCount else {
      return .failure(.raggedRecord(cells: cut.cells.count, expected: columnCount))
    }
    var texts = names
    var nodes = [
      JSONDocument.Node(
        kind: .object, span: 0..<record.count, text: 0..<0, key: 0..<0, next: columnCount + 1)
    ]
    nodes.reserveCapacity(columnCount + 1)
    for (column, cell) in cut.cells.enumerated() {
      let start = texts.count
      dialect.appendText(of: cell, in: record, to: &texts)
      let kind = kinds[column].kind(of: texts[start...])
      let hasText = kind == .string || kind == .number
      if !hasText { texts.removeLast(texts.count - start) }
      nodes.append(
        .init(
          kind: kind, span: cell, text: start..<texts.count, key: nameRanges[column],
          next: column + 2))
    }
    return .success(JSONDocument(nodes: nodes, texts: texts))
  }

  /// Learns from some of the table's rows what its columns hold: numbers or flags where no cell is
  /// anything else.
  mutating func learnKinds(from rows: [[UInt8]]) {
    var seen = kinds.map { _ in Set<ColumnKind>() }
    for row in rows {
      let cut = TableRecord(row.span, dialect)
      guard cut.isClosed, cut.cells.count == columnCount else { continue }
      for (column, cell) in cut.cells.enumerated() where !seen[column].contains(.text) {
        var text: [UInt8] = []
        dialect.appendText(of: cell, in: row.span, to: &text)
        if !text.isEmpty { seen[column].insert(ColumnKind(of: text)) }
      }
    }
    kinds = seen.map { $0.count == 1 ? ($0.first ?? .text) : .text }
  }

  /// `edits` of the JSON values of a row as edits of its cells; nil where a value cannot be written.
  func cellEdits(_ edits: [LabelEdit], in row: [UInt8]) -> [LabelEdit]? {
    var result: [LabelEdit] = []
    for edit in edits {
      guard case .replace(let span, let value) = edit else {
        result.append(edit)
        continue
      }
      guard let cell = cell(of: value, inPlaceOf: row[span]) else { return nil }
      result.append(.replace(span, with: cell))
    }
    return result
  }

  /// A JSON value as a cell, spelled in the manner of the cell whose place it takes.
  private func cell(of value: [UInt8], inPlaceOf old: ArraySlice<UInt8>) -> [UInt8]? {
    let root: JSONView
    do {
      root = try JSONDocument(lenient: value.span).root
    } catch {
      preconditionFailure("an edit replaces a value by a JSON value, not by \(error)")
    }
    var text =
      switch root.kind {
      case .null: [UInt8]()
      case .array, .object: value
      case .string, .number, .true, .false: Array((root.scalarText ?? "").utf8)
      }
    if root.bool != nil {
      // Python writes True, spreadsheets TRUE.
      let letters = old.filter { $0 != TableDialect.quote }
      if let first = letters.first, first.isUpperCase { text[0] -= 0x20 }
      if letters.count > 1, letters[1].isUpperCase { text = text.map { $0 & ~0x20 } }
    }
    return dialect.cell(text, inPlaceOf: old)
  }
}

extension TableShape.ColumnKind {
  /// What a text alone could be.
  fileprivate init(of text: [UInt8]) {
    if text.spellsJSONNumber {
      self = .number
    } else if text.flag != nil {
      self = .flag
    } else {
      self = .text
    }
  }

  fileprivate func kind(of text: ArraySlice<UInt8>) -> JSONDocument.Kind {
    switch self {
    case .text: .string
    case .number: text.isEmpty ? .null : text.spellsJSONNumber ? .number : .string
    case .flag: text.isEmpty ? .null : text.flag.map { $0 ? .true : .false } ?? .string
    }
  }
}

extension Collection<UInt8> {
  /// The truth value that these letters spell.
  fileprivate var flag: Bool? {
    switch map({ $0 | 0x20 }) {
    case Array("true".utf8): true
    case Array("false".utf8): false
    default: nil
    }
  }

  /// Whether these bytes are a number by RFC 8259, section 6.
  fileprivate var spellsJSONNumber: Bool {
    var rest = self[...]
    func takeDigits() -> Int {
      let digits = rest.prefix { ($0 ^ 0x30) < 10 }.count
      rest = rest.dropFirst(digits)
      return digits
    }
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let startsWithZero = rest.first == UInt8(ascii: "0")
    let digits = takeDigits()
    guard digits > 0, digits == 1 || !startsWithZero else { return false }
    if rest.first == UInt8(ascii: ".") {
      rest = rest.dropFirst()
      guard takeDigits() > 0 else { return false }
    }
    if let mark = rest.first, mark | 0x20 == UInt8(ascii: "e") {
      rest = rest.dropFirst()
      if let sign = rest.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
        rest = rest.dropFirst()
      }
      guard takeDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }
}

extension UInt8 {
  fileprivate var isUpperCase: Bool { (0x41...0x5A).contains(self) }
}
