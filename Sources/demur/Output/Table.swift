import TerminalSurface

/// Text in columns for a person's eyes. What comes from a data set is made harmless on the way.
enum Table {
  private static let display = DisplayText(glyphs: .ascii)

  /// `text` in exactly `columns`.
  static func cell(_ text: String, _ columns: Int, alignedRight: Bool = false) -> String {
    display.padded(text, to: columns, alignedRight: alignedRight)
  }

  /// `text` without anything that could drive a terminal, on one line.
  static func line(_ text: String) -> String { display.truncated(text, to: .max) }

  /// `text` without anything that could drive a terminal, its line breaks kept.
  static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line(String($0)) }
  }
}
