/// The contrast of a theme's roles, as `demur theme check` reports and requires it.
///
/// Meaning: the WCAG 2.1 contrast ratio (L1 + .05) / (L2 + .05) of the relative luminances of a
/// role's two colours, the lighter one first. Text wants 4.5, lines and gauges 3. Where one side is
/// the terminal's own colour, black and white are both tried; where a colour is one of the sixteen,
/// three palettes are; the lowest ratio counts. Where both sides are the terminal's own, there is
/// nothing to measure.
///
/// - Limits: dim text is measured as if it were not dim; `mono` has no colours and no ratio.
/// - Source: W3C, Web Content Accessibility Guidelines 2.1, criteria 1.4.3 and 1.4.11, and the
///   definition of relative luminance.
public struct ThemeAudit: Hashable, Sendable {
  public struct Finding: Hashable, Sendable {
    public var role: ThemeRole
    public var depth: ColourDepth
    /// From 1 (the same) to 21 (black and white); nil where there is nothing to measure.
    public var contrast: Double?
    /// The least that the role needs.
    public var required: Double

    public var isPassed: Bool { contrast.map { $0 >= required } ?? true }
  }

  /// Every role at every depth, in the order of declaration.
  public let findings: [Finding]

  public var isPassed: Bool { findings.allSatisfy(\.isPassed) }

  public init(_ theme: Theme) {
    findings = ColourDepth.allCases.flatMap { depth in
      ThemeRole.allCases.map { role in
        Finding(
          role: role, depth: depth,
          contrast: theme.appearance(of: role, at: depth).lowestContrast,
          required: role.isLine ? 3 : 4.5)
      }
    }
  }
}

extension ThemeRole {
  /// Whether the role draws lines and bars, not text.
  fileprivate var isLine: Bool {
    switch self {
    case .border, .borderFocus, .gauge, .gaugeRest, .histogram: true
    default: false
    }
  }
}

extension Appearance {
  /// The lowest contrast of the two colours over the terminals that may show them.
  fileprivate var lowestContrast: Double? {
    guard foreground != nil || background != nil else { return nil }
    return TerminalPalette.all.flatMap { palette -> [Double] in
      palette.luminances(of: foreground).flatMap { text in
        palette.luminances(of: background).map { ground in
          (max(text, ground) + 0.05) / (min(text, ground) + 0.05)
        }
      }
    }.min()
  }
}

/// What a terminal makes of the first sixteen colours.
private struct TerminalPalette {
  let colours: [UInt32]

  /// xterm's own (XTerm-col.ad), the VGA text mode's, and Solarized's (Ethan Schoonover).
  static let all = [
    TerminalPalette(colours: [
      0x000000, 0xCD0000, 0x00CD00, 0xCDCD00, 0x0000EE, 0xCD00CD, 0x00CDCD, 0xE5E5E5,
      0x7F7F7F, 0xFF0000, 0x00FF00, 0xFFFF00, 0x5C5CFF, 0xFF00FF, 0x00FFFF, 0xFFFFFF,
    ]),
    TerminalPalette(colours: [
      0x000000, 0xAA0000, 0x00AA00, 0xAA5500, 0x0000AA, 0xAA00AA, 0x00AAAA, 0xAAAAAA,
      0x555555, 0xFF5555, 0x55FF55, 0xFFFF55, 0x5555FF, 0xFF55FF, 0x55FFFF, 0xFFFFFF,
    ]),
    TerminalPalette(colours: [
      0x073642, 0xDC322F, 0x859900, 0xB58900, 0x268BD2, 0xD33682, 0x2AA198, 0xEEE8D5,
      0x002B36, 0xCB4B16, 0x586E75, 0x657B83, 0x839496, 0x6C71C4, 0x93A1A1, 0xFDF6E3,
    ]),
  ]

  /// The relative luminance of `colour` on such a terminal; black's and white's for its own.
  func luminances(of colour: Colour?) -> [Double] {
    guard let colour else { return [0, 1] }
    if let (red, green, blue) = colour.components {
      return [Colour.luminance(red: red, green: green, blue: blue)]
    }
    guard case .indexed(let index) = colour else { return [] }
    let value = colours[Int(index)]
    return [
      Colour.luminance(
        red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    ]
  }
}
