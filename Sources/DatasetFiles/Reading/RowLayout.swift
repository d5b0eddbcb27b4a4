/// Where the rows of one file of a data set stand in its unpacked bytes.
struct RowLayout: Sendable {
  let arrangement: DatasetContainer.Arrangement
  /// The columns, where the rows are records of a table.
  var table: TableShape?
  /// The bytes of each row: an element of an array, or a line or record without its line feed. A
  /// carriage return before it stays, since JSON takes it for a blank.
  private(set) var spans: [Range<Int>] = []
  /// All bytes of the file, in the file or spool in which they stand.
  var bytes = 0..<0
  /// The rows whose line is not the one after the row before.
  private var jumps: [(row: Int, line: Int)] = []
  private var nextLine = 1
  /// The row without bytes that stands for whatever was lost where the compressed data is damaged.
  private(set) var damagedRow: Int?

  init(_ arrangement: DatasetContainer.Arrangement) {
    self.arrangement = arrangement
  }

  mutating func append(_ span: Range<Int>, line: Int) {
    if line != nextLine || spans.isEmpty { jumps.append((spans.count, line)) }
    spans.append(span)
    nextLine = line + 1
  }

  /// Takes note that there was more behind the last row, which cannot be read.
  mutating func markDamage() {
    damagedRow = spans.count
    append(bytes.upperBound..<bytes.upperBound, line: nextLine)
  }

  /// The line, from 1, in which a row begins.
  /// - Complexity: O(log rows).
  func line(of row: Int) -> Int {
    var low = 0
    var high = jumps.count
    while low < high {
      let middle = (low + high) / 2
      if jumps[middle].row <= row { low = middle + 1 } else { high = middle }
    }
    let jump = jumps[low - 1]
    return jump.line + row - jump.row
  }
}

/// Finds rows in bytes that come in parts, without parsing them.
protocol RowScanner {
  var layout: RowLayout { get }

  /// Takes the next bytes, which stand at `offset`.
  mutating func scan(_ bytes: Span<UInt8>, at offset: Int) throws(DatasetReadError)

  /// Takes note that there is nothing behind `end`: a row that has begun ends there.
  mutating func finish(at end: Int)
}
