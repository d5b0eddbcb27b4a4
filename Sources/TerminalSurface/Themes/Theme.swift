/// How each role looks, at each colour depth.
public struct Theme: Hashable, Sendable {
  public enum Variant: String, Hashable, Sendable {
    case dark, light
  }

  public let name: String
  /// For which terminals the theme is made.
  public let variant: Variant
  private let appearances: [ColourDepth: [ThemeRole: Appearance]]

  init(
    name: String, variant: Variant, appearances: [ColourDepth: [ThemeRole: Appearance]]
  ) {
    self.name = name
    self.variant = variant
    self.appearances = appearances
  }

  /// The theme without a file: attributes, and no colour at any depth.
  public static let plain = Theme(name: "plain", variant: .dark, appearances: [:])

  /// How `role` looks on a terminal of this `depth`.
  public func appearance(of role: ThemeRole, at depth: ColourDepth) -> Appearance {
    appearances[depth]?[role] ?? Appearance(attributes: role.plainAttributes)
  }
}

extension ThemeRole {
  /// What sets the role off where a theme says nothing of it.
  var plainAttributes: TextAttributes {
    switch self {
    case .cursor, .matchCurrent, .input: [.reverse]
    case .sideOnlyA, .sideOnlyB: [.bold, .underline]
    case .match, .cursorUnfocused: [.underline]
    case .codeComment: [.italic]
    case .codeKeyword, .markupHeading, .markupStrong, .title, .titleKey, .hintKey, .sideA, .sideB,
      .promptHuman, .promptAssistant, .marked,
      .suspicionHigh, .statusError, .borderFocus:
      [.bold]
    default: []
    }
  }

  /// The role whose looks this one takes where a theme does not name it: `text.muted` those of
  /// `text`.
  var parent: ThemeRole? {
    guard let dot = rawValue.lastIndex(of: ".") else { return self == .text ? nil : .text }
    return ThemeRole(rawValue: String(rawValue[..<dot])) ?? .text
  }
}
