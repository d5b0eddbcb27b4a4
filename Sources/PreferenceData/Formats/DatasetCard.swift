/// What the card of a data set (`README.md` on the Hugging Face Hub) says of it in its front matter:
/// licence, and which files are which split.
///
/// Only these keys are read, as the Hub writes them: `license` as a word or a list of words, and under
/// `configs` the blocks of `config_name`, `data_files`, `split` and `path`. This is no YAML reader: a card
/// that spells them in braces, with anchors or over several lines says nothing here.
/// - Source: Hugging Face Hub documentation, Dataset Cards and Manual Configuration.
public struct DatasetCard: Hashable, Sendable {
  public struct Split: Hashable, Sendable {
    /// Nil where the card names none.
    public var configuration: String?
    public var name: String
    /// The pattern of its files.
    public var path: String
  }

  public private(set) var licenses: [String] = []
  public private(set) var splits: [Split] = []

  /// The card in `text`; nil where it has no front matter, or says nothing of this.
  public init?(_ text: String) {
    var lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    guard lines.first == "---" || lines.first == "\u{feff}---" else { return nil }
    lines.removeFirst()
    guard let end = lines.firstIndex(of: "---") else { return nil }
    var top = ""
    var configuration: String?
    var split: String?
    for line in lines[..<end] {
      let entry = Entry(line)
      guard let entry else { continue }
      if !entry.isIndented, !entry.key.isEmpty { top = entry.key }
      switch (top, entry.key) {
      case ("license", "license") where !entry.value.isEmpty: licenses.append(entry.value)
      case ("license", ""): licenses.append(entry.value)
      case ("configs", "config_name"):
        configuration = entry.value
        split = nil
      case ("configs", "data_files") where !entry.value.isEmpty:
        splits.append(Split(configuration: configuration, name: "train", path: entry.value))
      case ("configs", "split"): split = entry.value
      case ("configs", "path"):
        if let split, !entry.value.isEmpty {
          splits.append(Split(configuration: configuration, name: split, path: entry.value))
        }
      case ("configs", ""):
        if let split {
          splits.append(Split(configuration: configuration, name: split, path: entry.value))
        }
      default: break
      }
    }
    if licenses.isEmpty, splits.isEmpty { return nil }
  }

  /// One line of block style: `key: value`, `- key: value`, or `- value`, which has no key.
  private struct Entry {
    var key: String
    var value: String
    var isIndented: Bool

    init?(_ line: Substring) {
      var rest = line.drop { $0 == " " }
      guard !rest.isEmpty, !rest.hasPrefix("#") else { return nil }
      isIndented = rest.startIndex != line.startIndex || rest.hasPrefix("- ")
      let isItem = rest.hasPrefix("- ")
      if isItem { rest = rest.dropFirst(2).drop { $0 == " " } }
      if let colon = rest.firstIndex(of: ":"), !rest.hasPrefix("\""), !rest.hasPrefix("'"),
        rest.index(after: colon) == rest.endIndex || rest[rest.index(after: colon)] == " "
      {
        key = String(rest[..<colon])
        value = Self.plain(rest[rest.index(after: colon)...])
      } else {
        guard isItem else { return nil }
        key = ""
        value = Self.plain(rest)
      }
    }

    /// The value without blanks, quotes, and a comment behind it. A list or map in one line, and text over
    /// several, are no value.
    private static func plain(_ text: Substring) -> String {
      var text = text.drop { $0 == " " }
      if let quote = text.first, quote == "\"" || quote == "'" {
        let inner = text.dropFirst()
        return inner.firstIndex(of: quote).map { String(inner[..<$0]) } ?? ""
      }
      if let comment = text.firstRange(of: " #") { text = text[..<comment.lowerBound] }
      while text.last == " " { text.removeLast() }
      guard let first = text.first, !"[{|>&*".contains(first) else { return "" }
      return String(text)
    }
  }
}
