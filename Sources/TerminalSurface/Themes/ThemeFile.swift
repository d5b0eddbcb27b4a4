import TOMLKit

/// What a theme file says, before names are looked up.
struct ThemeFile {
  static let byteLimit = 64 * 1024
  /// The sections with roles, and the depth that each is about.
  static let sections: [(name: String, depth: ColourDepth)] = [
    ("roles", .direct), ("roles-256", .twoFiftySix), ("roles-16", .sixteen), ("roles-mono", .mono),
  ]

  /// The name under which the file was found: what warnings and errors call it.
  let origin: String
  var name: String
  var variant: Theme.Variant?
  /// The theme it builds on; "" for none.
  var inherits = ""
  var palette: [String: String] = [:]
  var roles: [ColourDepth: [ThemeRole: Specification]] = [:]
  var warnings: [ThemeWarning] = []

  /// One role's value as it was written, and where.
  struct Specification {
    var text: String
    var theme: String
    var line: Int?
  }

  /// Reads `source`. `name` stands in for the file's own where it gives none.
  init(_ source: String, name: String) throws(ThemeError) {
    guard source.utf8.count <= Self.byteLimit else {
      throw .tooLarge(bytes: source.utf8.count, limit: Self.byteLimit)
    }
    origin = name
    self.name = name
    let lines = LineIndex(source)
    if let (line, reason) = lines.unparsable {
      throw .malformed(theme: name, line: line, column: 1, reason: reason)
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: source)
    } catch let error as TOMLParseError {
      throw .malformed(
        theme: name, line: error.source.begin.line, column: error.source.begin.column,
        reason: error.description)
    } catch {
      throw .malformed(theme: name, line: 1, column: 1, reason: "not TOML")
    }
    read(table, lines)
  }

  private mutating func read(_ table: TOMLTable, _ lines: LineIndex) {
    for (key, value) in Self.leaves(of: table) {
      let line = lines.line(ofKey: key)
      guard let text = value else {
        warn(.notText(key: key.joined(separator: ".")), line)
        continue
      }
      let rest = key.dropFirst().joined(separator: ".")
      switch key[0] {
      case "name" where key.count == 1: name = text
      case "inherits" where key.count == 1: inherits = text
      case "variant" where key.count == 1:
        variant = Theme.Variant(rawValue: text)
        if variant == nil { warn(.unknownVariant(text), line) }
      case "palette" where key.count > 1: palette[rest] = text
      case let section where key.count > 1:
        guard let depth = Self.sections.first(where: { $0.name == section })?.depth else {
          warn(.unknownSection(section), line)
          continue
        }
        guard let role = ThemeRole(rawValue: rest) else {
          warn(.unknownRole(rest), line)
          continue
        }
        roles[depth, default: [:]][role] = Specification(text: text, theme: origin, line: line)
      case let key: warn(.unknownSection(key), line)
      }
    }
  }

  private mutating func warn(_ problem: ThemeWarning.Problem, _ line: Int?) {
    warnings.append(ThemeWarning(theme: origin, line: line, problem: problem))
  }

  /// Every value with the keys that lead to it, in the parser's order, which is that of the keys;
  /// nil for what is no text.
  private static func leaves(of table: TOMLTable) -> [(key: [String], text: String?)] {
    table.keys.flatMap { key -> [(key: [String], text: String?)] in
      guard let value = table[key] else { return [] }
      if let inner = value.table { return leaves(of: inner).map { ([key] + $0.key, $0.text) } }
      return [([key], value.string)]
    }
  }
}

/// Finds the line of a key, which the parser does not tell, and what the parser cannot be given.
private struct LineIndex {
  private var lines: [String: Int] = [:]
  /// The first line that the parser must not see, and why.
  private(set) var unparsable: (line: Int, reason: String)?

  init(_ source: String) {
    var section = ""
    let all = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
    for (number, line) in all.enumerated() {
      if unparsable == nil, let reason = Self.unparsable(line) { unparsable = (number + 1, reason) }
      let bare = line.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }
      if bare.hasPrefix("["), let end = bare.firstIndex(of: "]") {
        section = String(bare[bare.index(after: bare.startIndex)..<end])
      } else if let equals = bare.firstIndex(of: "=") {
        let key = (section.isEmpty ? "" : section + ".") + bare[..<equals]
        if lines[key] == nil { lines[key] = number + 1 }
      }
    }
  }

  func line(ofKey key: [String]) -> Int? { lines[key.joined(separator: ".")] }

  /// Why the parser must not see `line`.
  ///
  /// It reads a C string, and would stop at a NUL. And toml++ 3.4 asserts, so a file could end the
  /// process, on a section without a name (`parse_key`) and on a brace in a list (`parse_value`); a
  /// theme has no use for lists, so they stop here.
  private static func unparsable(_ line: Substring) -> String? {
    if line.utf8.contains(0) { return "NUL in the file" }
    var marks = line.utf8.drop(while: isSkipped)
    if marks.first == UInt8(ascii: "[") {
      marks = marks.dropFirst()
      if marks.first == UInt8(ascii: "[") { marks = marks.dropFirst() }
      let name = marks.drop { $0 == 0x20 || $0 == 0x09 }
      return name.first.map(mayBeginName) == true ? nil : "a section without a name"
    }
    guard let equals = firstEqualsSign(marks) else { return nil }
    let value = marks[marks.index(after: equals)...].drop(while: isSkipped)
    let isList = value.first == UInt8(ascii: "[") || value.first == UInt8(ascii: "{")
    return isList ? "a list or an inline table" : nil
  }

  /// Where a value begins: behind the first `=` that is not in a quoted key.
  private static func firstEqualsSign(_ line: Substring.UTF8View) -> Substring.UTF8View.Index? {
    var quote: UInt8?
    var isEscaped = false
    for (index, byte) in zip(line.indices, line) {
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\"), open == UInt8(ascii: "\"") {
          isEscaped = true
        } else if byte == open {
          quote = nil
        }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: "=") {
        return index
      }
    }
    return nil
  }

  /// Blanks, and whatever the parser may take for one.
  private static func isSkipped(_ byte: UInt8) -> Bool { byte <= 0x20 || byte >= 0x7F }

  private static func mayBeginName(_ byte: UInt8) -> Bool {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_", "\"", "'", "]": true
    default: false
    }
  }
}
