extension Dataset {
  /// Calls `body` with the bytes of each of `rows`, which rise, as they stand in the unpacked file; with
  /// none for a row longer than Demur reads.
  ///
  /// - Complexity: One read of some hundred kilobytes for many rows that stand close together.
  public func visitBytes(
    of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void
  ) throws(DatasetReadError) {
    var buffer: [UInt8] = []
    /// The bytes of the part `windowPart` that `buffer` holds.
    var window = 0..<0
    var windowPart = -1
    for row in rows {
      let place = place(of: row)
      let part = parts[place.part]
      let span = part.layout.spans[place.row]
      guard span.count <= rowLimit else {
        body(row, buffer.span.extracting(0..<0))
        continue
      }
      let isThere =
        windowPart == place.part && window.lowerBound <= span.lowerBound
        && span.upperBound <= window.upperBound
      if !isThere {
        // Rows that stand close together come in one read; none is read for nothing.
        let last = rows.last.map { self.place(of: $0) } ?? place
        let end = part.layout.spans[last.part == place.part ? last.row : part.rowCount - 1]
          .upperBound
        let wanted = max(span.count, min(Self.chunkSize, end - span.lowerBound))
        if buffer.count < wanted { buffer = [UInt8](repeating: 0, count: wanted) }
        let count: Int
        do throws(SystemFailure) {
          count = try part.contents.read(at: span.lowerBound, into: &buffer, range: 0..<wanted)
        } catch {
          throw .system(error)
        }
        guard count >= span.count else { throw .changedWhileReading }
        window = span.lowerBound..<span.lowerBound + count
        windowPart = place.part
      }
      let start = span.lowerBound - window.lowerBound
      body(row, buffer.span.extracting(start..<start + span.count))
    }
  }
}
