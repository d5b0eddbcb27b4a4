/// A key as a person thinks of it.
public enum KeyPress: Hashable, Sendable {
  /// A printable character, a blank included.
  case character(Character)
  /// Ctrl and a lower-case letter.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, pageUp, pageDown, home, end
  case function(Int)
  /// Text that came in at once, between the marks of bracketed paste.
  case paste(String)
  /// Bytes that are no key that Demur knows.
  case unknown
}

extension KeyPress: CustomStringConvertible {
  /// The key as help, footer and key files spell it: `a`, `Ctrl-R`, `PgDn`.
  public var description: String {
    switch self {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let letter): "Ctrl-\(letter.uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Delete"
    case .insert: "Insert"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .home: "Home"
    case .end: "End"
    case .function(let number): "F\(number)"
    case .paste: "paste"
    case .unknown: "unknown key"
    }
  }

  private static let special: [KeyPress] = [
    .character(" "), .enter, .escape, .tab, .backTab, .backspace, .delete, .insert, .up, .down,
    .left, .right, .pageUp, .pageDown, .home, .end,
  ]

  private static let named = Dictionary(
    uniqueKeysWithValues: special.map { ($0.description, $0) })

  /// The names of all keys that are no single character.
  public static let names: [String] =
    special.map(\.description) + (1...24).map { "F\($0)" }
    + "abcdefghijklmnopqrstuvwxyz".map { KeyPress.control($0).description }

  /// The key that `description` spells, or nil where `text` names none.
  public init?(_ text: String) {
    if let key = Self.named[text] {
      self = key
    } else if text.hasPrefix("Ctrl-"), text.count == 6, let letter = text.last, letter.isLetter {
      self = .control(Character(letter.lowercased()))
    } else if text.hasPrefix("F"), let number = Int(text.dropFirst()), (1...24).contains(number) {
      self = .function(number)
    } else if text.count == 1, let character = text.first {
      self = .character(character)
    } else {
      return nil
    }
  }
}
