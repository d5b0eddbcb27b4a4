import PreferenceData

/// Reads a data set through: unpacks it where it is compressed, keeps it where it has to be kept,
/// and finds its rows.
struct Intake {
  private var source: any PartSource
  private(set) var spool: Spool?

  init(_ source: any PartSource, spool: Spool?) {
    self.source = source
    self.spool = spool
  }

  /// Finds where the rows stand. `observe` is told after each part how many bytes were read and
  /// unpacked, and the rows so far.
  mutating func readThrough(
    observe: (Int, Int, RowLayout) throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> RowLayout {
    var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
    var scanner: (any RowScanner)?
    var size = 0
    while true {
      let count = try source.read(into: &buffer)
      guard count > 0 else { break }
      try spool?.append(buffer.span.extracting(0..<count))
      var start = 0
      if scanner == nil {
        let first = buffer[..<count]
        if let refusal = ContentKind(first.prefix(ContentKind.sampleSize)).refusal { throw refusal }
        start = first.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let opening = first.dropFirst(start).first { !$0.isJSONBlank }
        scanner = opening == UInt8(ascii: "[") ? ArrayScanner() : LineScanner(start: start)
      }
      try scanner?.scan(buffer.span.extracting(start..<count), at: size + start)
      size += count
      if let scanner { try observe(source.bytesRead, size, scanner.layout) }
    }
    let completeRows = scanner?.layout.spans.count ?? 0
    scanner?.finish(at: size)
    guard var layout = scanner?.layout else {
      if let intactBytes = source.intactBytes {
        throw .damagedCompression(unpackedBytes: intactBytes)
      }
      throw .empty
    }
    if let intactBytes = source.intactBytes {
      guard completeRows > 0 else { throw .damagedCompression(unpackedBytes: intactBytes) }
      layout.markDamage()
    }
    return layout
  }
}
