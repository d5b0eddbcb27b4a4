import PreferenceData

/// The elements of one JSON array. Looks at quotes, brackets and commas only, so a broken element
/// is a row like any other.
struct ArrayScanner: RowScanner {
  private(set) var layout = RowLayout(.array)
  private var line = 1
  /// Open brackets: 0 before and behind the array, 1 between its elements.
  private var depth = 0
  private var isClosed = false
  private var isInString = false
  /// Whether the byte before was a backslash that is itself not escaped, inside a string.
  private var isEscaping = false
  /// The element that has begun: where, in which line, and where its last byte that is no blank
  /// ends.
  private var element: (start: Int, line: Int, end: Int)?

  mutating func scan(_ bytes: Span<UInt8>, at offset: Int) throws(DatasetReadError) {
    var at = 0
    while at < bytes.count {
      if isInString {
        at = scanString(bytes, from: at)
        element?.end = offset + at
        continue
      }
      let byte = bytes[at]
      let place = offset + at
      at += 1
      if byte.isJSONBlank {
        if byte == UInt8(ascii: "\n") { line += 1 }
        continue
      }
      guard !isClosed else { throw .contentBehindArray(line: line) }
      switch byte {
      case UInt8(ascii: "[") where depth == 0:
        depth = 1
        continue
      case UInt8(ascii: ",") where depth == 1:
        closeElement()
        continue
      case UInt8(ascii: "]") where depth == 1:
        closeElement()
        isClosed = true
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(1, depth - 1)
      case UInt8(ascii: "\""): isInString = true
      default: break
      }
      if element == nil { element = (place, line, place) }
      element?.end = place + 1
    }
  }

  mutating func finish(at end: Int) {
    closeElement()
  }

  private mutating func closeElement() {
    if let element { layout.append(element.start..<element.end, line: element.line) }
    element = nil
  }

  /// The place behind the string's closing quote, or the end of `bytes`.
  private mutating func scanString(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var at = start
    if isEscaping {
      isEscaping = false
      at += 1
    }
    while let quote = bytes.firstIndex(of: UInt8(ascii: "\""), from: at) {
      if backslashes(in: bytes, from: at, before: quote).isMultiple(of: 2) {
        isInString = false
        return quote + 1
      }
      at = quote + 1
    }
    isEscaping =
      at < bytes.count && !backslashes(in: bytes, from: at, before: bytes.count).isMultiple(of: 2)
    return bytes.count
  }

  /// How many backslashes stand in a row right before `end`, none of them before `start`.
  private func backslashes(in bytes: Span<UInt8>, from start: Int, before end: Int) -> Int {
    var first = end
    while first > start, bytes[first - 1] == UInt8(ascii: "\\") { first -= 1 }
    return end - first
  }
}
