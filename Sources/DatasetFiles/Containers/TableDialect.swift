/// How a table of delimited text is written.
struct TableDialect: Hashable, Sendable {
  var delimiter: DatasetContainer.Delimiter
  /// Whether a cell that begins with a quotation mark ends with one, so that delimiters and line
  /// feeds may stand in it (RFC 4180). Where not, a quotation mark is a letter like others.
  var isQuoted: Bool

  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
}

/// The cells of one record, as they stand in the file.
struct TableRecord {
  /// The bytes of each cell, quotation marks included.
  private(set) var cells: [Range<Int>] = []
  /// Whether every quoted cell is closed.
  private(set) var isClosed = true
  /// Whether nothing stands between a closing quotation mark and the end of its cell.
  private(set) var isClean = true
  /// Whether some cell is quoted.
  private(set) var hasQuotes = false

  /// Cuts the bytes of a record, from which the line feed at its end is already cut off; a carriage
  /// return there belongs to no cell.
  ///
  /// - Complexity: O(bytes).
  init(_ record: Span<UInt8>, _ dialect: TableDialect) {
    let delimiter = dialect.delimiter.byte
    var end = record.count
    if end > 0, record[end - 1] == TableDialect.carriageReturn { end -= 1 }
    var start = 0
    while true {
      var at = start
      if dialect.isQuoted, at < end, record[at] == TableDialect.quote {
        hasQuotes = true
        guard let closing = Self.closingQuote(record, from: at + 1) else {
          isClosed = false
          cells.append(start..<record.count)
          return
        }
        at = closing + 1
        if at < end, record[at] != delimiter { isClean = false }
      }
      let stop = record.firstIndex(of: delimiter, from: at) ?? end
      cells.append(start..<min(stop, end))
      guard stop < end else { return }
      start = stop + 1
    }
  }

  /// The quotation mark that ends a cell whose text begins at `start`: the first that is not
  /// doubled.
  private static func closingQuote(_ record: Span<UInt8>, from start: Int) -> Int? {
    var at = start
    while let quote = record.firstIndex(of: TableDialect.quote, from: at) {
      guard quote + 1 < record.count, record[quote + 1] == TableDialect.quote else { return quote }
      at = quote + 2
    }
    return nil
  }
}

extension TableDialect {
  /// Adds the text of `cell` to `texts`: what its quotation marks enclose, doubled ones once.
  func appendText(of cell: Range<Int>, in record: Span<UInt8>, to texts: inout [UInt8]) {
    guard isQuoted, !cell.isEmpty, record[cell.lowerBound] == Self.quote else {
      return Self.append(record, cell, to: &texts)
    }
    let record = record.extracting(0..<cell.upperBound)
    var at = cell.lowerBound + 1
    while let quote = record.firstIndex(of: Self.quote, from: at) {
      guard quote + 1 < record.count, record[quote + 1] == Self.quote else {
        Self.append(record, at..<quote, to: &texts)
        at = quote + 1
        break
      }
      Self.append(record, at..<(quote + 1), to: &texts)
      at = quote + 2
    }
    Self.append(record, at..<record.count, to: &texts)
  }

  private static func append(_ bytes: Span<UInt8>, _ range: Range<Int>, to texts: inout [UInt8]) {
    unsafe bytes.extracting(range).withUnsafeBufferPointer { unsafe texts.append(contentsOf: $0) }
  }

  /// `text` as a cell, in quotation marks where it needs them or its place had them; nil where this
  /// dialect has no way to write it.
  func cell(_ text: [UInt8], inPlaceOf old: ArraySlice<UInt8>) -> [UInt8]? {
    let breaks = [delimiter.byte, Self.lineFeed, Self.carriageReturn]
    let isPlain = !text.contains(where: breaks.contains)
    guard isQuoted else { return isPlain ? text : nil }
    if isPlain, text.first != Self.quote, old.first != Self.quote { return text }
    return [Self.quote] + text.flatMap { $0 == Self.quote ? [$0, $0] : [$0] } + [Self.quote]
  }
}
