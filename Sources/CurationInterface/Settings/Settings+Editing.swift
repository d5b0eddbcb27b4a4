import TerminalSurface

extension Settings {
  /// A configuration file with one setting said anew; every other line stays as it is, and so does a
  /// comment behind the value.
  ///
  /// - Parameters:
  ///   - setting: What to settle.
  ///   - text: Its value, as an option takes it.
  ///   - source: The file as it is; "" for none.
  /// - Returns: The file as it is to be, or nil where `text` is no value of this setting.
  public static func saying(_ setting: Setting, _ text: String, in source: String) -> String? {
    guard let value = setting.kind.value(text) else { return nil }
    let said = "\(setting.rawValue) = \(literal(value, setting.kind))"
    let lineEnd = source.contains("\r\n") ? "\r\n" : "\n"
    var lines = source.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .map(String.init)
    let trimmed = { (line: String) in line.drop { $0 == " " || $0 == "\t" } }
    // Settings stand before the first section.
    let top = lines.prefix { trimmed($0).first != "[" }.count
    if let place = lines[..<top].firstIndex(where: { name(in: trimmed($0)) == setting.rawValue }) {
      lines[place] = said + comment(in: lines[place])
    } else {
      // Behind the last line that says something, so that the comment over a section stays there.
      let last = lines[..<top].lastIndex { line in
        let line = trimmed(line)
        return !line.isEmpty && line.first != "#"
      }
      let place = last.map { $0 + 1 } ?? 0
      lines.insert(said, at: place)
      if place + 1 < lines.count, place == top, !lines[place + 1].isEmpty {
        lines.insert("", at: place + 1)
      }
    }
    let file = lines.joined(separator: lineEnd)
    return file.hasSuffix(lineEnd) ? file : file + lineEnd
  }

  private static func literal(_ value: String, _ kind: Setting.Kind) -> String {
    switch kind {
    case .flag, .number: value
    // TOML has no larger numbers than Int64.
    case .wholeNumber where Int64(value) != nil: value
    case .wholeNumber, .text, .annotator, .choice, .words: TOMLFile.literal(value)
    }
  }

  /// What the line gives a value to, if anything.
  private static func name(in line: Substring) -> String? {
    guard let equals = line.firstIndex(of: "=") else { return nil }
    return line[..<equals].filter { !" \t\"'".contains($0) }
  }

  /// The comment at the end of a line, with two blanks before it.
  private static func comment(in line: String) -> String {
    var quote: Character?
    for (place, character) in zip(line.indices, line) {
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "#" {
        return "  " + line[place...]
      }
    }
    return ""
  }
}
