import PreferenceData

/// One row a record, behind a first record that names the columns. A line feed ends a record where
/// it does not stand in a quoted cell; a carriage return ends nothing. A blank line is no row.
struct TableScanner: RowScanner {
  private enum Place {
    case outside
    /// In a quoted cell.
    case quoted
    /// Behind a quotation mark in a quoted cell: its end, or the first of two that mean one.
    case behindQuote
  }

  private(set) var layout: RowLayout
  private let isQuoted: Bool
  private let delimiter: UInt8
  private var isHeaderDone: Bool
  private var recordStart: Int
  private var recordLine = 1
  private var line = 1
  private var place = Place.outside
  /// Whether this record has held something other than blanks.
  private var hasContent = false
  /// The byte before those that come next; a line feed before the first.
  private var previous = TableDialect.lineFeed

  /// - Parameters:
  ///   - shape: The table's dialect and columns.
  ///   - start: Where the first record begins: behind a byte order mark.
  ///   - hasHeader: Whether the first record names the columns and is no row.
  init(_ shape: TableShape, start: Int, hasHeader: Bool = true) {
    isHeaderDone = !hasHeader
    isQuoted = shape.dialect.isQuoted
    delimiter = shape.dialect.delimiter.byte
    recordStart = start
    layout = RowLayout(.table(shape.dialect.delimiter))
    layout.table = shape
  }

  mutating func scan(_ bytes: Span<UInt8>, at offset: Int) {
    var at = 0
    // The first line feed at or behind `at`, looked for once only.
    var feed = bytes.firstIndex(of: TableDialect.lineFeed, from: 0) ?? bytes.count
    while at < bytes.count {
      switch place {
      case .quoted:
        let quote = bytes.firstIndex(of: TableDialect.quote, from: at)
        let end = quote ?? bytes.count
        while feed < end {
          line += 1
          feed = bytes.firstIndex(of: TableDialect.lineFeed, from: feed + 1) ?? bytes.count
        }
        if quote != nil { place = .behindQuote }
        at = end + 1
      case .behindQuote:
        place = bytes[at] == TableDialect.quote ? .quoted : .outside
        if place == .quoted { at += 1 }
      case .outside:
        if let quote = openingQuote(in: bytes, from: at, before: feed) {
          hasContent = true
          place = .quoted
          at = quote + 1
          continue
        }
        noteContent(in: bytes, at..<feed)
        at = feed + 1
        guard feed < bytes.count else { break }
        line += 1
        closeRecord(at: offset + feed)
        recordStart = offset + at
        recordLine = line
        feed = bytes.firstIndex(of: TableDialect.lineFeed, from: at) ?? bytes.count
      }
    }
    if bytes.count > 0 { previous = bytes[bytes.count - 1] }
  }

  mutating func finish(at end: Int) {
    closeRecord(at: end)
  }

  private mutating func closeRecord(at end: Int) {
    if hasContent, isHeaderDone { layout.append(recordStart..<end, line: recordLine) }
    if hasContent { isHeaderDone = true }
    hasContent = false
  }

  /// The first quotation mark with which a cell begins.
  private func openingQuote(in bytes: Span<UInt8>, from start: Int, before end: Int) -> Int? {
    guard isQuoted, start < end else { return nil }
    let line = bytes.extracting(0..<end)
    var at = start
    while let quote = line.firstIndex(of: TableDialect.quote, from: at) {
      let before = quote > 0 ? line[quote - 1] : previous
      if before == delimiter || before == TableDialect.lineFeed { return quote }
      at = quote + 1
    }
    return nil
  }

  private mutating func noteContent(in bytes: Span<UInt8>, _ range: Range<Int>) {
    var at = range.lowerBound
    while !hasContent, at < range.upperBound {
      // A delimiter that is a blank elsewhere parts two empty cells.
      hasContent = !bytes[at].isJSONBlank || bytes[at] == delimiter
      at += 1
    }
  }
}
