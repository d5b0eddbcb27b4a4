/// Reads a text line by line and notes its markup.
struct MarkupScanner {
  let bytes: [UInt8]
  private(set) var spans: [MarkupSpan] = []
  private(set) var tables: [MarkupTable] = []
  /// The tags whose closing no longer comes: they are looked for once, not again on every line.
  private var unclosed: Set<Int> = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func scan() {
    var start = 0
    while start < bytes.count { start = scanBlock(line(from: start)) }
  }

  /// The bytes of the line that begins at `start`, without its newline.
  private func line(from start: Int) -> Range<Int> {
    start..<(bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count)
  }

  private func start(after line: Range<Int>) -> Int { min(line.upperBound + 1, bytes.count) }

  mutating func add(_ range: Range<Int>, _ role: ThemeRole) {
    if !range.isEmpty { spans.append(MarkupSpan(range, role)) }
  }

  /// Notes what begins on `line`, and gives the start of the line behind it.
  private mutating func scanBlock(_ line: Range<Int>) -> Int {
    let content = line.lowerBound + bytes[line].prefix { $0.isBlank }.count..<line.upperBound
    guard let first = bytes[content].first else { return start(after: line) }
    if let end = scanTable(line) { return end }
    switch first {
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let marks = bytes[content].prefix { $0 == first }.count
      if marks >= 3, !bytes[content].dropFirst(marks).contains(UInt8(ascii: "`")) {
        return scanFence(line, content, mark: first, count: marks)
      }
    case UInt8(ascii: "#"):
      let marks = bytes[content].prefix { $0 == first }.count
      let isHeading =
        marks <= 6 && (marks == content.count || bytes[content.lowerBound + marks].isBlank)
      if isHeading {
        add(content, .markupHeading)
        return start(after: line)
      }
    case UInt8(ascii: "<"):
      if let end = scanTagged(content) { return end }
    default:
      if scanCall(content) { return start(after: line) }
    }
    scanInline(markingStart(of: content))
    return start(after: line)
  }

  /// Notes the marks of a quotation, a list entry or a rule at the start of `content`, and gives what
  /// is left of it.
  private mutating func markingStart(of content: Range<Int>) -> Range<Int> {
    let first = bytes[content.lowerBound]
    var marks = 0
    switch first {
    case UInt8(ascii: ">"):
      marks = bytes[content].prefix { $0 == first || $0.isBlank }.count
    case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "_"):
      let isRule = bytes[content].allSatisfy { $0 == first || $0.isBlank }
      if isRule, bytes[content].count(where: { $0 == first }) >= 3 {
        marks = content.count
      } else if first != UInt8(ascii: "_"), content.count > 1,
        bytes[content.lowerBound + 1].isBlank
      {
        marks = 1
      }
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      let digits = bytes[content].prefix { $0.isDigit }.count
      let rest = bytes[content].dropFirst(digits)
      if digits <= 9, let mark = rest.first, [UInt8(ascii: "."), UInt8(ascii: ")")].contains(mark),
        rest.dropFirst().first?.isBlank ?? true
      {
        marks = digits + 1
      }
    default: break
    }
    let end = content.lowerBound + marks
    add(content.lowerBound..<end, .markupMark)
    return end..<content.upperBound
  }

  /// A block of code up to the fence that closes it, or to the end of the text.
  private mutating func scanFence(
    _ line: Range<Int>, _ content: Range<Int>, mark: UInt8, count: Int
  ) -> Int {
    add(content, .markupMark)
    let info = bytes[content].dropFirst(count).drop { $0.isBlank }
    let name = info.prefix { !$0.isBlank && $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: ",") }
    let language = CodeLanguage(named: String(decoding: name, as: UTF8.self))
    let bodyStart = start(after: line)
    var next = bodyStart
    var closing: Range<Int>?
    while next < bytes.count, closing == nil {
      let line = self.line(from: next)
      let content = bytes[line].drop { $0.isBlank }
      let marks = content.prefix { $0 == mark }.count
      if marks >= count, content.dropFirst(marks).allSatisfy(\.isBlank) {
        closing = content.startIndex..<line.upperBound
        break
      }
      next = start(after: line)
    }
    spans += CodeScanner(bytes, language).spans(in: bodyStart..<next)
    guard let closing else { return bytes.count }
    add(closing, .markupMark)
    return start(after: closing)
  }

  /// Tags around calls of tools, their results and reasoning, as chat templates write them.
  private static let tags: [(opening: [UInt8], closing: [UInt8], isJSON: Bool)] = [
    ("tool_call", true), ("tool_response", true), ("function_call", true), ("think", false),
    ("thinking", false), ("reasoning", false),
  ].map { (Array("<\($0.0)>".utf8), Array("</\($0.0)>".utf8), $0.1) }

  /// What stands between tags, where `content` begins with one; gives the start of the next line.
  private mutating func scanTagged(_ content: Range<Int>) -> Int? {
    for (number, tag) in Self.tags.enumerated() {
      for mark in [tag.opening, tag.closing] where bytes[content].starts(with: mark) {
        let bodyStart = content.lowerBound + mark.count
        add(content.lowerBound..<bodyStart, .markupMark)
        guard tag.isJSON, mark == tag.opening, !unclosed.contains(number),
          let end = bytes.firstRange(of: tag.closing, in: bodyStart..<bytes.count)?.lowerBound
        else {
          if tag.isJSON, mark == tag.opening { unclosed.insert(number) }
          scanInline(bodyStart..<content.upperBound)
          return start(after: content)
        }
        spans += CodeScanner(bytes, .json).spans(in: bodyStart..<end)
        let line = self.line(from: end)
        add(end..<(end + tag.closing.count), .markupMark)
        scanInline((end + tag.closing.count)..<line.upperBound)
        return start(after: line)
      }
    }
    return nil
  }

  /// A line that is one call with named arguments: `lookup({"q": "refund"})`.
  private mutating func scanCall(_ content: Range<Int>) -> Bool {
    let name = bytes[content].prefix { $0.isWordByte || $0 == 0x2E || $0 == 0x2D }
    guard !name.isEmpty, name.first?.isDigit == false,
      bytes[content].dropFirst(name.count).starts(with: Array("({".utf8)),
      bytes[content].reversed().starts(with: Array(")}".utf8))
    else { return false }
    add(name.startIndex..<name.endIndex, .codeKeyword)
    spans += CodeScanner(bytes, .json).spans(in: name.endIndex..<content.upperBound)
    return true
  }

  /// A table that begins on `line`: a row of cells, a row of dashes, further rows. Gives the start of
  /// the line behind it.
  private mutating func scanTable(_ line: Range<Int>) -> Int? {
    let bar = UInt8(ascii: "|")
    let following = start(after: line)
    guard bytes[line].contains(bar), following < bytes.count,
      isTableRule(self.line(from: following))
    else { return nil }
    var rows = [line]
    var next = following
    while next < bytes.count {
      let row = self.line(from: next)
      guard bytes[row].contains(bar) else { break }
      rows.append(row)
      next = start(after: row)
    }
    for (number, row) in rows.enumerated() {
      if number == 1 { add(row, .markupMark) } else { scanInline(row, isTableRow: true) }
    }
    tables.append(MarkupTable(rows: rows))
    return next
  }

  private func isTableRule(_ line: Range<Int>) -> Bool {
    let allowed = Array("|-: \t\r".utf8)
    return bytes[line].contains(UInt8(ascii: "-")) && bytes[line].contains(UInt8(ascii: "|"))
      && bytes[line].allSatisfy(allowed.contains)
  }
}
