import PreferenceData

/// One row a line. Only a line feed ends a line (U+2028 does not); a blank line is no row.
struct LineScanner: RowScanner {
  private(set) var layout = RowLayout(.lines)
  private var lineStart: Int
  private var line = 1
  /// Whether this line has held something other than blanks.
  private var hasContent = false

  /// - Parameter start: Where the first line begins: behind a byte order mark.
  init(start: Int) { lineStart = start }

  mutating func scan(_ bytes: Span<UInt8>, at offset: Int) {
    var at = 0
    while at < bytes.count {
      let feed = bytes.firstIndex(of: UInt8(ascii: "\n"), from: at)
      let end = feed ?? bytes.count
      while !hasContent, at < end {
        hasContent = !bytes[at].isJSONBlank
        at += 1
      }
      guard feed != nil else { return }
      if hasContent { layout.append(lineStart..<(offset + end), line: line) }
      hasContent = false
      line += 1
      at = end + 1
      lineStart = offset + at
    }
  }

  mutating func finish(at end: Int) {
    if hasContent { layout.append(lineStart..<end, line: line) }
  }
}
