public import PreferenceData
import PreferenceScoring

/// Looking for words in prompts and responses, letter case ignored.
///
/// The decoded texts are searched, not the file's bytes: an escaped or differently spelled JSON
/// string is found all the same, and a field name never is.
public struct TextSearch: Sendable {
  private let words: LiteralPattern

  public init(_ text: String) { words = LiteralPattern(text) }

  /// Whether any text of `row` holds what is looked for. An empty search matches nothing.
  /// - Complexity: O(length of the row's texts).
  public func matches(_ row: PreferenceRow) -> Bool {
    row.context.contains { words.isFound(in: $0.text) }
      || row.sides.contains { side in side.turns.contains { words.isFound(in: $0.text) } }
  }
}
