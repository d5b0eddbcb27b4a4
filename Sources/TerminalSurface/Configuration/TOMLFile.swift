import TOMLKit

/// What a small TOML file says: its values by name, with their lines.
///
/// Themes and configuration files are read through this, because the parser tells no lines and ends
/// the process on some files that are no TOML; those are refused before it sees them.
///
/// - Limits: at most 64 KiB; a list holds texts and stands on one line; no inline tables.
public struct TOMLFile: Hashable, Sendable {
  public static let byteLimit = 64 * 1024

  public enum Value: Hashable, Sendable {
    case text(String)
    case texts([String])
    case integer(Int)
    case number(Double)
    case flag(Bool)
    /// A date or a time, for which no file of ours has a use.
    case other

    /// The value as one text, a list with commas; nil where it has none.
    public var plainText: String? {
      switch self {
      case .text(let text): text
      case .texts(let texts): texts.joined(separator: ",")
      case .integer(let number): "\(number)"
      case .number(let number): "\(number)"
      case .flag(let flag): "\(flag)"
      case .other: nil
      }
    }
  }

  public struct Entry: Hashable, Sendable {
    /// The names of the sections that lead to it, then its own.
    public let key: [String]
    public let value: Value
    /// From 1; nil where it cannot be told.
    public let line: Int?
  }

  /// Why a file cannot be read.
  public enum Failure: Error, Hashable, Sendable {
    case tooLarge(bytes: Int, limit: Int)
    case malformed(line: Int, column: Int, reason: String)
  }

  /// In the parser's order, which is that of the keys.
  public let entries: [Entry]

  public init(_ source: String) throws(Failure) {
    guard source.utf8.count <= Self.byteLimit else {
      throw .tooLarge(bytes: source.utf8.count, limit: Self.byteLimit)
    }
    let lines = LineIndex(source)
    if let (line, reason) = lines.unparsable {
      throw .malformed(line: line, column: 1, reason: reason)
    }
    let table: TOMLTable
    do {
      table = try TOMLTable(string: source)
    } catch let error as TOMLParseError {
      throw .malformed(
        line: error.source.begin.line, column: error.source.begin.column, reason: error.description)
    } catch {
      throw .malformed(line: 1, column: 1, reason: "not TOML")
    }
    entries = Self.leaves(of: table, in: []).map { key, value in
      Entry(key: key, value: value, line: lines.line(ofKey: key))
    }
  }

  private static func leaves(
    of table: TOMLTable, in path: [String]
  ) -> [(key: [String], value: Value)] {
    table.keys.flatMap { key -> [(key: [String], value: Value)] in
      guard let value = table[key] else { return [] }
      if let inner = value.table { return leaves(of: inner, in: path + [key]) }
      return [(path + [key], Self.value(of: value))]
    }
  }

  private static func value(of value: some TOMLValueConvertible) -> Value {
    if let text = value.string { return .text(text) }
    if let flag = value.bool { return .flag(flag) }
    if let number = value.int { return .integer(number) }
    if let number = value.double { return .number(number) }
    guard let list = value.array else { return .other }
    let texts = list.map { $0.string }
    let known = texts.compactMap { $0 }
    return known.count == texts.count ? .texts(known) : .other
  }
}

extension TOMLFile {
  /// `text` as a basic string of TOML, quotation marks included.
  public static func literal(_ text: String) -> String {
    let escaped = text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\"": "\\\""
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\t": "\\t"
      default:
        scalar.value < 0x20 || scalar.value == 0x7F
          ? "\\u00" + (scalar.value < 0x10 ? "0" : "") + String(scalar.value, radix: 16)
          : String(scalar)
      }
    }
    return "\"" + escaped.joined() + "\""
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
  /// process, on a section without a name (`parse_key`) and on a brace in a list (`parse_value`); so
  /// only lists of texts on one line pass.
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
    if value.first == UInt8(ascii: "{") { return "an inline table" }
    if value.first == UInt8(ascii: "["), !isListOfTexts(value.dropFirst()) {
      return "a list that is not one of texts, on one line"
    }
    return nil
  }

  /// Whether `rest`, behind the opening bracket, is texts with commas between them, a closing
  /// bracket, and perhaps a comment.
  private static func isListOfTexts(_ rest: Substring.UTF8View) -> Bool {
    var rest = rest.drop(while: isBlank)
    while let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") {
      rest = rest.dropFirst()
      while let byte = rest.first, byte != quote {
        rest = rest.dropFirst(byte == UInt8(ascii: "\\") && quote == UInt8(ascii: "\"") ? 2 : 1)
      }
      guard rest.first == quote else { return false }
      rest = rest.dropFirst().drop(while: isBlank)
      guard rest.first == UInt8(ascii: ",") else { break }
      rest = rest.dropFirst().drop(while: isBlank)
    }
    guard rest.first == UInt8(ascii: "]") else { return false }
    rest = rest.dropFirst().drop(while: isBlank)
    return rest.isEmpty || rest.first == UInt8(ascii: "#")
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

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
