import PreferenceData

extension TableShape {
  /// How many bytes of a file are looked at to tell a table from other text.
  static let sampleSize = 1 << 16

  /// How many records of them are looked at, and which share of those has to have as many cells as
  /// the header.
  private static let recordLimit = 200
  private static let requiredShare = 0.5

  /// The table of which `beginning` is the beginning; nil where it is other text.
  ///
  /// Tried are tabs, commas, semicolons and bars. A delimiter fits where the header and at least
  /// half of the records have the same number of cells, two or more; the one that fits most records,
  /// then parts them into the most cells, is the table's. Tabs part plain cells unless some cell is
  /// quoted as a whole.
  ///
  /// - Parameters:
  ///   - beginning: The first bytes, without a byte order mark.
  ///   - isWhole: Whether there are no more.
  init?(detectedIn beginning: [UInt8], isWhole: Bool) {
    guard let opening = beginning.first(where: { !$0.isJSONBlank }),
      opening != UInt8(ascii: "["), opening != UInt8(ascii: "{")
    else { return nil }
    var best: (fit: Fit, shape: TableShape)?
    for dialect in TableDialect.candidates {
      guard let (fit, shape) = Self.fit(dialect, beginning, isWhole) else { continue }
      if best.map({ $0.fit < fit }) ?? true { best = (fit, shape) }
    }
    guard let best else { return nil }
    self = best.shape
  }

  /// How well a dialect explains a beginning; the greater, the better.
  private struct Fit: Comparable {
    var share: Double
    var columnCount: Int

    static func < (left: Fit, right: Fit) -> Bool {
      (left.share, left.columnCount) < (right.share, right.columnCount)
    }
  }

  private static func fit(
    _ dialect: TableDialect, _ beginning: [UInt8], _ isWhole: Bool
  ) -> (Fit, TableShape)? {
    let records = records(of: beginning, dialect, isWhole)
    guard let header = records.first else { return nil }
    let shape = TableShape(header: header.span, dialect: dialect)
    guard shape.columnCount >= 2, !shape.isUnnamed else { return nil }
    let rows = records.dropFirst().prefix(recordLimit)
    var fitting = 0
    var objects = 0
    var quoted = 0
    for row in rows {
      let cut = TableRecord(row.span, dialect)
      if cut.isClosed, cut.isClean, cut.cells.count == shape.columnCount { fitting += 1 }
      if cut.hasQuotes { quoted += 1 }
      if row.first == UInt8(ascii: "{") { objects += 1 }
    }
    // Lines of JSON behind a first one that is cut off.
    guard objects * 2 <= rows.count else { return nil }
    // Where no tab-separated cell is quoted, a later quotation mark is more likely a letter.
    if dialect.delimiter == .tab, dialect.isQuoted, quoted == 0 { return nil }
    let share = rows.isEmpty ? 1 : Double(fitting) / Double(rows.count)
    guard share >= requiredShare else { return nil }
    return (Fit(share: share, columnCount: shape.columnCount), shape)
  }

  /// The whole records at the beginning, the header first.
  private static func records(
    of beginning: [UInt8], _ dialect: TableDialect, _ isWhole: Bool
  ) -> [[UInt8]] {
    let none: [UInt8] = []
    let unknown = TableShape(header: none.span, dialect: dialect)
    var scanner = TableScanner(unknown, start: 0, hasHeader: false)
    scanner.scan(beginning.span, at: 0)
    if isWhole { scanner.finish(at: beginning.count) }
    return scanner.layout.spans.map { Array(beginning[$0]) }
  }
}

extension TableDialect {
  /// The dialects that are tried, the likeliest first among equals.
  fileprivate static let candidates = [
    TableDialect(delimiter: .tab, isQuoted: true),
    TableDialect(delimiter: .tab, isQuoted: false),
    TableDialect(delimiter: .comma, isQuoted: true),
    TableDialect(delimiter: .semicolon, isQuoted: true),
    TableDialect(delimiter: .bar, isQuoted: true),
  ]
}
