/// Which characters the surface may draw its own lines with. Every mark has an ASCII form.
public enum Glyphs: Hashable, Sendable {
  case ascii
  case unicode

  public var horizontal: String { self == .ascii ? "-" : "\u{2500}" }
  public var vertical: String { self == .ascii ? "|" : "\u{2502}" }
  public var topLeft: String { self == .ascii ? "+" : "\u{250C}" }
  public var topRight: String { self == .ascii ? "+" : "\u{2510}" }
  public var bottomLeft: String { self == .ascii ? "+" : "\u{2514}" }
  public var bottomRight: String { self == .ascii ? "+" : "\u{2518}" }
  /// The filled part of a gauge or a histogram bar.
  public var filled: String { self == .ascii ? "#" : "\u{2588}" }
  /// The rest of a gauge.
  public var empty: String { self == .ascii ? "-" : "\u{2591}" }
  /// There is more above.
  public var up: String { self == .ascii ? "^" : "\u{2191}" }
  /// There is more below.
  public var down: String { self == .ascii ? "v" : "\u{2193}" }
  /// What a cut text ends with.
  public var ellipsis: String { self == .ascii ? "..." : "\u{2026}" }
}
