/// Copies a data set from its beginning to its end, row by row, in runs as long as they come.
struct ExportWriter {
  private let dataset: Dataset
  private let file: AtomicFile
  private var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
  /// Everything before this byte is written or left out.
  private var copied = 0
  /// Whether the element before is left out, so that what stands between the two is open.
  private var isSkipping = false
  private var hasElement = false

  init(dataset: Dataset, file: AtomicFile) {
    self.dataset = dataset
    self.file = file
  }

  mutating func put(_ row: Int, _ disposition: RowDisposition) throws(ExportError) {
    let spans = dataset.layout.spans
    let span = spans[row]
    let preferred: Int?
    switch disposition {
    case .omit: return try skip(row)
    case .asIs: return resume(at: row)
    case .swap: preferred = nil
    case .prefer(let position): preferred = position
    }
    resume(at: row)
    try copy(upTo: span.lowerBound)
    let relabelled = try dataset.relabelledBytes(of: row, preferring: preferred)
    try file.write(relabelled.span)
    copied = span.upperBound
  }

  /// Writes what waits where it has become long; whether it has.
  mutating func flush(ifLongerThan limit: Int, before row: Int) throws(ExportError) -> Bool {
    let spans = dataset.layout.spans
    guard !isSkipping, row < spans.count, spans[row].lowerBound - copied > limit else {
      return false
    }
    try copy(upTo: spans[row - 1].upperBound)
    return true
  }

  /// Writes all that is left.
  mutating func finish() throws(ExportError) {
    if isSkipping, let last = dataset.layout.spans.last { copied = last.upperBound }
    try copy(upTo: dataset.layout.size)
  }

  /// Leaves out a line with its line feed, or an element with one of the commas beside it.
  private mutating func skip(_ row: Int) throws(ExportError) {
    let spans = dataset.layout.spans
    switch dataset.layout.arrangement {
    case .lines:
      try copy(upTo: spans[row].lowerBound)
      copied = min(spans[row].upperBound + 1, dataset.layout.size)
    case .array:
      guard !isSkipping else { return }
      try copy(upTo: row == 0 ? spans[0].lowerBound : spans[row - 1].upperBound)
      isSkipping = true
    }
  }

  /// Goes on copying at an element: with the comma before it, unless it is now the first one.
  private mutating func resume(at row: Int) {
    if isSkipping {
      let spans = dataset.layout.spans
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
        count = try dataset.contents.read(at: copied, into: &buffer, range: 0..<wanted)
      } catch {
        throw .reading(.system(error))
      }
      guard count == wanted else { throw .reading(.changedWhileReading) }
      try file.write(buffer.span.extracting(0..<count))
      copied += count
    }
  }
}
