/// A page of the manual as a value, printed with the macros of man(7).
struct ManualPage {
  enum Block {
    case section(String)
    case paragraph(String)
    /// A term, and what it means.
    case item(String, String)
    /// Lines that stand as they are.
    case example([String])
  }

  let name: String
  let section: Int
  let summary: String
  var blocks: [Block]

  /// The page in roff: pure ASCII, and the same bytes for the same page.
  var lines: [String] {
    [
      ".TH \"\(name.uppercased())\" \(section) \"\" \"demur \(Version.current)\" "
        + "\"Demur manual\"",
      ".SH NAME", "\(Self.escaped(name)) \\- \(Self.escaped(summary))",
    ] + blocks.flatMap(Self.lines)
  }

  private static func lines(of block: Block) -> [String] {
    switch block {
    case .section(let title): [".SH \(quoted(title.uppercased()))"]
    case .paragraph(let text): [".PP", escaped(text)]
    case .item(let term, let text): [".TP", ".B \(quoted(term))", escaped(text)]
    case .example(let lines): [".PP", ".nf", ".RS"] + lines.map(escaped) + [".RE", ".fi"]
    }
  }

  /// `text` as an argument of a macro.
  private static func quoted(_ text: String) -> String {
    let pieces = text.split(separator: "\"", omittingEmptySubsequences: false)
    return "\"" + pieces.map { characters(of: String($0)) }.joined(separator: "\\(dq") + "\""
  }

  /// `text` as a line: what would be a request at its beginning is not.
  private static func escaped(_ text: String) -> String {
    let text = characters(of: text)
    return text.first == "." || text.first == "'" ? "\\&" + text : text
  }

  private static func characters(of text: String) -> String {
    text.unicodeScalars.map { scalar -> String in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "\n": " "
      default:
        scalar.isASCII ? String(scalar) : "\\[u\(hexadecimal(scalar.value))]"
      }
    }.joined()
  }

  private static func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
