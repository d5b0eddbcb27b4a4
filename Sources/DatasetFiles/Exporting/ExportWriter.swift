/// Writes one file of a data set anew.
protocol PartWriter {
  /// Takes the next row, from the first on.
  mutating func put(_ row: Int, _ disposition: RowDisposition) throws(ExportError)

  /// Writes what waits where it has become long; whether it has.
  mutating func flush(ifLongerThan limit: Int, before row: Int) throws(ExportError) -> Bool

  /// Writes all that is left; with `endingLine`, and a line feed where the last line has none.
  /// `waiting` is called while nothing happens.
  mutating func finish(
    endingLine: Bool, waiting: () throws(ExportError) -> Void
  ) throws(ExportError)
}

/// Copies one file of a data set from its beginning to its end, row by row, in runs as long as they
/// come.
struct ExportWriter: PartWriter {
  private let part: DatasetPart
  private let file: AtomicFile
  /// Whether rows that stay as they are have other bytes all the same.
  private let isRewriting: Bool
  private let bytes: (Int, RowDisposition) throws(ExportError) -> [UInt8]
  private var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
  /// Everything before this byte is written or left out.
  private var copied: Int
  /// Whether the element before is left out, so that what stands between the two is open.
  private var isSkipping = false
  private var hasElement = false
  /// The last byte that was written.
  private var lastByte: UInt8?

  /// - Parameters:
  ///   - part: The file to copy.
  ///   - file: Where it goes.
  ///   - isContinuing: Whether other rows stand there: then this begins with its first row, without
  ///     a byte order mark or header.
  ///   - isRewriting: Whether `bytes` says of every row what becomes of it, not only of changed ones.
  ///   - bytes: What becomes of the bytes of a row of the part.
  init(
    _ part: DatasetPart, to file: AtomicFile, isContinuing: Bool, isRewriting: Bool,
    bytes: @escaping (Int, RowDisposition) throws(ExportError) -> [UInt8]
  ) {
    self.part = part
    self.file = file
    self.isRewriting = isRewriting
    self.bytes = bytes
    let range = part.layout.bytes
    let firstRow = part.layout.spans.first?.lowerBound ?? range.upperBound
    copied = isContinuing ? firstRow : range.lowerBound
  }

  mutating func put(_ row: Int, _ disposition: RowDisposition) throws(ExportError) {
    let spans = part.layout.spans
    let span = spans[row]
    switch disposition {
    case .omit: return try skip(row)
    case .asIs where !isRewriting: return resume(at: row)
    case .asIs, .swap, .prefer, .rank: break
    }
    resume(at: row)
    try copy(upTo: span.lowerBound)
    let relabelled = try bytes(row, disposition)
    try write(relabelled.span)
    copied = span.upperBound
  }

  mutating func flush(ifLongerThan limit: Int, before row: Int) throws(ExportError) -> Bool {
    let spans = part.layout.spans
    guard !isSkipping, row < spans.count, spans[row].lowerBound - copied > limit else {
      return false
    }
    try copy(upTo: spans[row - 1].upperBound)
    return true
  }

  mutating func finish(
    endingLine: Bool, waiting: () throws(ExportError) -> Void
  ) throws(ExportError) {
    if isSkipping, let last = part.layout.spans.last { copied = last.upperBound }
    try copy(upTo: part.layout.bytes.upperBound)
    let feed = UInt8(ascii: "\n")
    if endingLine, let lastByte, lastByte != feed { try write([feed].span) }
  }

  /// Leaves out a line with its line feed, or an element with one of the commas beside it.
  private mutating func skip(_ row: Int) throws(ExportError) {
    let spans = part.layout.spans
    switch part.layout.arrangement {
    case .lines, .table, .parquet, .arrow:
      try copy(upTo: spans[row].lowerBound)
      copied = min(spans[row].upperBound + 1, part.layout.bytes.upperBound)
    case .array:
      guard !isSkipping else { return }
      try copy(upTo: row == 0 ? spans[0].lowerBound : spans[row - 1].upperBound)
      isSkipping = true
    }
  }

  /// Goes on copying at an element: with the comma before it, unless it is now the first one.
  private mutating func resume(at row: Int) {
    if isSkipping {
      let spans = part.layout.spans
      copied = hasElement ? spans[row - 1].upperBound : spans[row].lowerBound
      isSkipping = false
    }
    hasElement = true
  }

  private mutating func copy(upTo end: Int) throws(ExportError) {
    while copied < end {
      let wanted = min(end - copied, buffer.count)
      let count: Int
      do throws(SystemFailure) {
        count = try part.contents.read(at: copied, into: &buffer, range: 0..<wanted)
      } catch {
        throw .reading(.system(error))
      }
      guard count == wanted else { throw .reading(.changedWhileReading) }
      let read = buffer
      try write(read.span.extracting(0..<count))
      copied += count
    }
  }

  private mutating func write(_ bytes: Span<UInt8>) throws(ExportError) {
    guard bytes.count > 0 else { return }
    try file.write(bytes)
    lastByte = bytes[bytes.count - 1]
  }
}
