import PreferenceData
import Synchronization

/// Reads and parses rows for any number of threads at once.
///
/// Each slot has a parser and a window of the file. A thread that reads on in file order finds its
/// rows in the window of one slot; a thread that jumps about reads just its row.
struct RowReaders: Sendable {
  private let slots: [Slot]

  private final class Slot: Sendable {
    let reader = Mutex(RowReader())
  }

  init(count: Int = 16) {
    slots = (0..<count).map { _ in Slot() }
  }

  /// The result of `body` with a reader that nobody else has, preferably the one that was near
  /// `offset` before.
  func withReader<Value: Sendable>(
    near offset: Int, _ body: (inout RowReader) throws(DatasetReadError) -> Value
  ) throws(DatasetReadError) -> Value {
    let home = (offset / RowReader.windowSize) % slots.count
    for step in 0..<slots.count {
      let slot = slots[(home + step) % slots.count]
      let value = try slot.reader.withLockIfAvailable { (reader) throws(DatasetReadError) in
        try body(&reader)
      }
      if let value { return value }
    }
    return try slots[home].reader.withLock { (reader) throws(DatasetReadError) in
      try body(&reader)
    }
  }
}

/// A JSON parser and a window of a file.
struct RowReader: ~Copyable {
  static let windowSize = 1 << 18

  private let parser = SIMDParser()
  private var buffer: [UInt8] = []
  /// The bytes of `file` that `buffer` holds.
  private var window = 0..<0
  private var file: OpenFile?
  /// The part of the file, in windows, in which the last row stood.
  private var lastPart = -1

  /// The row in `span` of `file`, as JSON or as a record of `table`; or why and where it is none.
  mutating func document(
    in span: Range<Int>, of file: OpenFile, table: TableShape?
  ) throws(DatasetReadError) -> Result<JSONDocument, RowSyntaxError> {
    try load(span, of: file)
    let start = span.lowerBound - window.lowerBound
    let range = start..<(start + span.count)
    if let table {
      return table.document(buffer.span.extracting(range)).mapError { RowSyntaxError(reason: $0) }
    }
    if let document = parser.parse(buffer, range) { return .success(document) }
    return Result { () throws(JSONSyntaxError) in
      try JSONDocument(lenient: buffer.span.extracting(range))
    }.mapError(RowSyntaxError.init)
  }

  /// The bytes in `span` of `file`.
  mutating func bytes(
    in span: Range<Int>, of file: OpenFile
  ) throws(DatasetReadError) -> [UInt8] {
    try load(span, of: file)
    let start = span.lowerBound - window.lowerBound
    return Array(buffer[start..<(start + span.count)])
  }

  /// Makes `window` contain `span`.
  private mutating func load(_ span: Range<Int>, of file: OpenFile) throws(DatasetReadError) {
    let part = span.lowerBound / Self.windowSize
    defer { lastPart = part }
    if file !== self.file {
      self.file = file
      window = 0..<0
    }
    if window.lowerBound <= span.lowerBound, span.upperBound <= window.upperBound { return }
    // Reading ahead pays only for those who read on.
    let wanted = part == lastPart ? max(span.count, Self.windowSize) : span.count
    fitBuffer(to: wanted)
    window = 0..<0
    let count: Int
    do throws(SystemFailure) {
      count = try file.read(at: span.lowerBound, into: &buffer, range: 0..<wanted)
    } catch {
      throw .system(error)
    }
    guard count >= span.count else { throw .changedWhileReading }
    window = span.lowerBound..<(span.lowerBound + count)
  }

  /// One very long row does not hold its memory for ever.
  private mutating func fitBuffer(to count: Int) {
    let wanted = max(count, Self.windowSize) + SIMDParser.padding
    if buffer.count < wanted || buffer.count > 8 * wanted {
      buffer = [UInt8](repeating: 0, count: wanted)
    }
  }
}

/// Why bytes are no row, and where.
struct RowSyntaxError: Error {
  var reason: RowProblem.Reason
  /// The byte in the row, from 1, where reading failed; nil where the whole row is meant.
  var column: Int?
}

extension RowSyntaxError {
  init(_ error: JSONSyntaxError) {
    reason = error.found.map { .malformed($0) } ?? .truncated
    column = error.offset + 1
  }
}
