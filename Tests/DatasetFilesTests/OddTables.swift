import DatasetFiles

/// Tables as odd as people have them: any delimiter, quoted or plain cells, either line end, blank
/// lines, bare carriage returns; and what is in them.
struct OddTable {
  let delimiter: DatasetContainer.Delimiter
  let isQuoted: Bool
  let header: [String]
  private(set) var file: [UInt8] = []
  /// The cells of each record behind the header.
  private(set) var rows: [[String]] = []
  /// The line in which each record begins.
  private(set) var lines: [Int] = []

  private var random: SeededGenerator
  private let separator: String
  private let feed: String

  init(seed: Int, rowCount: Int, raggedShare: Double = 0) {
    random = SeededGenerator(seed: seed)
    (delimiter, isQuoted) = random.one(of: [
      (.comma, true), (.comma, true), (.tab, false), (.tab, true), (.semicolon, true), (.bar, true),
    ])
    separator =
      switch delimiter {
      case .comma: ","
      case .tab: "\t"
      case .semicolon: ";"
      case .bar: "|"
      }
    feed = random.one(of: ["\n", "\n", "\r\n"])
    header = ["prompt", "chosen", "rejected", "id", "note é, \"x\""].shuffled(using: &random)
    if random.chance(0.3) { file = [0xEF, 0xBB, 0xBF] }
    var line = 1
    append(header, &line)
    for _ in 0..<rowCount {
      while random.chance(0.05) {
        file += Array(feed.utf8)
        line += 1
      }
      let isRagged = random.chance(raggedShare)
      let count = isRagged ? random.one(of: [1, 2, 4, 6, 7]) : header.count
      let cells = (0..<count).map { column in text(of: column < header.count ? header[column] : "")
      }
      rows.append(cells)
      lines.append(line)
      append(cells, &line)
    }
    if random.chance(0.3) { file.removeLast(feed.utf8.count) }
  }

  private mutating func append(_ cells: [String], _ line: inout Int) {
    let record = cells.map { cell($0) }.joined(separator: separator)
    line += 1 + record.utf8.count { $0 == 0x0A }
    file += Array((record + feed).utf8)
  }

  private mutating func text(of column: String) -> String {
    if column == "id" { return String(random.next() % 1000) }
    var pieces = ["word", " ", "é", "漢字", "🙂", "\u{2028}", "<br/>", "1.5", "{", "[", "\\n"]
    for mark in [",", ";", "|"] where mark != separator || isQuoted { pieces.append(mark) }
    if isQuoted { pieces += ["\n", "\r\n", "\r", "\t", "\"", "\"\"", "\n\n"] }
    let text = (0..<Int.random(in: 1..<12, using: &random)).map { _ in random.one(of: pieces) }
      .joined()
    // A letter at both ends: blank lines and carriage returns there are the line's, not the cell's.
    return "a" + text + "z"
  }

  private mutating func cell(_ text: String) -> String {
    guard isQuoted else { return text }
    let needs = text.utf8.contains { [0x22, 0x0A, 0x0D].contains($0) } || text.contains(separator)
    // A quotation mark inside a plain cell is a letter; at its beginning it would not be.
    let isLetter =
      text.utf8.contains(0x22) && !text.utf8.contains { [0x0A, 0x0D].contains($0) }
      && !text.contains(separator) && random.chance(0.2)
    guard needs && !isLetter || random.chance(0.2) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }
}
