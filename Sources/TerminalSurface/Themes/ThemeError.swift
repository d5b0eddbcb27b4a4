/// Why a theme cannot be used at all.
public enum ThemeError: Error, Hashable, Sendable {
  /// The file is longer than a theme can be.
  case tooLarge(bytes: Int, limit: Int)
  /// The file is not TOML; the parser's word for what is wrong.
  case malformed(theme: String, line: Int, column: Int, reason: String)
  /// The theme that `theme` inherits does not exist.
  case unknownParent(theme: String, parent: String)
  /// The themes inherit each other; the names from the first to its repetition.
  case inheritanceCycle([String])
}

/// Something in a theme file that is passed over.
public struct ThemeWarning: Hashable, Sendable {
  public enum Problem: Hashable, Sendable {
    case unknownSection(String)
    case unknownRole(String)
    case unknownColour(String)
    case unknownAttribute(String)
    case unknownVariant(String)
    /// The value of the key is not text.
    case notText(key: String)
  }

  /// The theme whose file it is: the one that was read or one that it inherits.
  public var theme: String
  /// The line from 1; nil where it cannot be told.
  public var line: Int?
  public var problem: Problem
}
