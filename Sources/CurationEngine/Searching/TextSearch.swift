public import PreferenceData

/// Looking for words in prompts and responses, letter case ignored.
///
/// The decoded texts are searched, not the file's bytes: an escaped or differently spelled JSON
/// string is found all the same, and a field name never is.
public struct TextSearch: Sendable {
  private let needle: [UInt8]

  public init(_ text: String) { needle = Array(text.lowercased().utf8) }

  /// Whether any text of `row` holds what is looked for. An empty search matches nothing.
  /// - Complexity: O(length of the row's texts).
  public func matches(_ row: PreferenceRow) -> Bool {
    guard !needle.isEmpty else { return false }
    return row.context.contains { matches($0.text) }
      || row.sides.contains { side in side.turns.contains { matches($0.text) } }
  }

  private func matches(_ text: String) -> Bool {
    var lowered = text.lowercased()
    lowered.makeContiguousUTF8()
    return lowered.utf8.span.contains(needle)
  }
}

extension Span<UInt8> {
  fileprivate func contains(_ needle: [UInt8]) -> Bool {
    guard needle.count <= count else { return false }
    for start in 0...(count - needle.count) where self[start] == needle[0] {
      var length = 1
      while length < needle.count, self[start + length] == needle[length] { length += 1 }
      if length == needle.count { return true }
    }
    return false
  }
}
