/// The name under which a person's decisions are kept: one word or several, never empty.
public struct AnnotatorName: Hashable, Sendable, Comparable, CustomStringConvertible {
  public let text: String

  /// The name in `text` without surrounding blanks, or nil where nothing is left or it holds a
  /// control character.
  public init?(_ text: String) {
    let inner = text.drop(while: \.isWhitespace)
    let trailing = inner.reversed().prefix(while: \.isWhitespace).count
    let trimmed = String(inner.dropLast(trailing))
    guard !trimmed.isEmpty,
      trimmed.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control })
    else { return nil }
    self.text = trimmed
  }

  public var description: String { text }

  public static func < (left: AnnotatorName, right: AnnotatorName) -> Bool {
    left.text < right.text
  }
}
