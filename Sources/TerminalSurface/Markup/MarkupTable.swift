/// A table of bars and dashes, as its lines stand in the text; the second line is the rule.
public struct MarkupTable: Hashable, Sendable {
  let rows: [Range<Int>]

  /// What has to be put into the text so that its bars stand below each other.
  ///
  /// - Parameters:
  ///   - text: The bytes of the text in which the table was found.
  ///   - columns: How wide a line may be.
  ///   - display: How wide characters are.
  /// - Returns: Insertions in order; none where the aligned table would be wider than `columns`.
  public func aligned(
    in text: [UInt8], columns: Int, display: DisplayText
  ) -> [TextInsertion] {
    let cells = rows.map { Self.cells(of: $0, in: text) }
    var widths: [Int] = []
    let cellWidths = cells.enumerated().map { number, cells in
      cells.enumerated().map { place, cell in
        let width = display.columns(of: String(decoding: text[cell], as: UTF8.self))
        if place == widths.count { widths.append(0) }
        // The rule is as long as its columns need: it never widens them beyond a dash and its bars.
        if number != 1 { widths[place] = max(widths[place], width) }
        return width
      }
    }
    for (place, width) in cellWidths[1].enumerated() { widths[place] = max(widths[place], width) }
    guard widths.reduce(widths.count + 1, +) <= columns else { return [] }
    var insertions: [TextInsertion] = []
    for (number, cells) in cells.enumerated() {
      for (place, cell) in cells.enumerated() {
        let missing = widths[place] - cellWidths[number][place]
        // Behind the last cell of a row without a bar at its end nothing has to line up.
        guard missing > 0, cell.upperBound < rows[number].upperBound else { continue }
        let isRule = number == 1
        let end = isRule ? Self.endOfDashes(cell, in: text) : cell.upperBound
        insertions.append(
          TextInsertion(
            offset: end, text: String(repeating: isRule ? "-" : " ", count: missing)))
      }
    }
    return insertions
  }

  /// What stands between the bars of a line, those at its ends left aside.
  private static func cells(of line: Range<Int>, in text: [UInt8]) -> [Range<Int>] {
    let bar = UInt8(ascii: "|")
    var start = line.lowerBound + text[line].prefix { $0.isBlank }.count
    if start < line.upperBound, text[start] == bar { start += 1 }
    var cells: [Range<Int>] = []
    for place in start..<line.upperBound
    where text[place] == bar && (place == 0 || text[place - 1] != UInt8(ascii: "\\")) {
      cells.append(start..<place)
      start = place + 1
    }
    if !text[start..<line.upperBound].allSatisfy(\.isBlank) {
      cells.append(start..<line.upperBound)
    }
    return cells
  }

  private static func endOfDashes(_ cell: Range<Int>, in text: [UInt8]) -> Int {
    text[cell].lastIndex(of: UInt8(ascii: "-")).map { $0 + 1 } ?? cell.upperBound
  }
}

/// Text that is put between others to make it line up.
public struct TextInsertion: Hashable, Sendable {
  /// Before which byte of the text without any insertion.
  public var offset: Int
  public var text: String

  public init(offset: Int, text: String) {
    self.offset = offset
    self.text = text
  }
}
