extension MarkupScanner {
  /// A mark that is opened is looked for no further than this, so that a text of many marks that are
  /// never closed still takes linear time.
  private static let reach = 1_000

  /// Notes the markup inside one line.
  mutating func scanInline(_ line: Range<Int>, isTableRow: Bool = false) {
    var place = line.lowerBound
    while place < line.upperBound {
      let end: Int?
      switch bytes[place] {
      case UInt8(ascii: "`"): end = scanCode(place, in: line)
      case UInt8(ascii: "*"): end = scanStrong(place, in: line)
      case UInt8(ascii: "["), UInt8(ascii: "!"): end = scanImage(place, in: line)
      case UInt8(ascii: "<"): end = scanTag(place, in: line)
      case UInt8(ascii: "\\"): end = place + 2
      case UInt8(ascii: "|") where isTableRow:
        add(place..<(place + 1), .markupMark)
        end = nil
      default: end = nil
      }
      place = end ?? place + 1
    }
  }

  private func reach(from place: Int, in line: Range<Int>) -> Range<Int> {
    place..<min(line.upperBound, place + Self.reach)
  }

  /// Code between runs of as many backticks.
  private mutating func scanCode(_ start: Int, in line: Range<Int>) -> Int {
    let mark = bytes[start]
    let count = bytes[start..<line.upperBound].prefix { $0 == mark }.count
    let range = reach(from: start + count, in: line)
    var place = range.lowerBound
    while let next = bytes[place..<range.upperBound].firstIndex(of: mark) {
      let marks = bytes[next..<line.upperBound].prefix { $0 == mark }.count
      if marks == count {
        add(start..<(next + marks), .code)
        return next + marks
      }
      place = min(next + marks, range.upperBound)
    }
    return start + count
  }

  private mutating func scanStrong(_ start: Int, in line: Range<Int>) -> Int {
    let mark = Array("**".utf8)
    let inside = start + mark.count
    guard inside < line.upperBound, bytes[start..<inside].elementsEqual(mark),
      !bytes[inside].isBlank, bytes[inside] != mark[0],
      let closing = bytes.firstRange(of: mark, in: reach(from: inside, in: line))
    else { return start + bytes[start..<line.upperBound].prefix { $0 == mark[0] }.count }
    add(start..<inside, .markupMark)
    add(inside..<closing.lowerBound, .markupStrong)
    add(closing, .markupMark)
    return closing.upperBound
  }

  /// `[image: photo.png]`, as blocks of a message are named, and Markdown's `![words](address)`.
  private mutating func scanImage(_ start: Int, in line: Range<Int>) -> Int? {
    let range = reach(from: start, in: line)
    let end: Int?
    if bytes[range].starts(with: Array("[image".utf8)) {
      end = bytes[range].firstIndex(of: UInt8(ascii: "]"))
    } else if bytes[range].starts(with: Array("![".utf8)),
      let middle = bytes.firstRange(of: Array("](".utf8), in: range)
    {
      end = bytes[middle.upperBound..<range.upperBound].firstIndex(of: UInt8(ascii: ")"))
    } else {
      end = nil
    }
    guard let end else { return nil }
    add(start..<(end + 1), .code)
    return end + 1
  }

  private mutating func scanTag(_ start: Int, in line: Range<Int>) -> Int? {
    for tag in ["<think>", "</think>"] where bytes[start..<line.upperBound].starts(with: tag.utf8) {
      add(start..<(start + tag.utf8.count), .markupMark)
      return start + tag.utf8.count
    }
    return nil
  }
}

extension UInt8 {
  /// A blank inside a line; the CR of a CRLF counts as one.
  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
  var isDigit: Bool { (0x30...0x39).contains(self) }
  /// A byte of a name in program text; beyond ASCII everything is.
  var isWordByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x80...: true
    default: false
    }
  }
}

extension [UInt8] {
  /// Where `pattern` occurs first inside `range`.
  func firstRange(of pattern: [UInt8], in range: Range<Int>) -> Range<Int>? {
    guard let first = pattern.first else { return nil }
    var place = range.lowerBound
    while place + pattern.count <= range.upperBound,
      let next = self[place..<(range.upperBound - pattern.count + 1)].firstIndex(of: first)
    {
      if self[next..<(next + pattern.count)].elementsEqual(pattern) {
        return next..<(next + pattern.count)
      }
      place = next + 1
    }
    return nil
  }
}
