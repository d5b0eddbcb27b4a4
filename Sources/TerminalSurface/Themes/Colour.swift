/// A colour as a theme names it.
public enum Colour: Hashable, Sendable {
  /// One of the terminal's own: 0-15 are what its user has made of them, 16-255 are fixed.
  case indexed(UInt8)
  case rgb(red: UInt8, green: UInt8, blue: UInt8)
}

/// How many colours a terminal shows, from none to all.
public enum ColourDepth: Int, Hashable, Sendable, CaseIterable, Comparable {
  case mono, sixteen, twoFiftySix, direct

  public static func < (left: ColourDepth, right: ColourDepth) -> Bool {
    left.rawValue < right.rawValue
  }
}

extension Colour {
  /// The six levels of xterm's colour cube, indices 16-231.
  private static let cubeLevels = [0, 95, 135, 175, 215, 255]

  /// The fixed colour nearest to this one, by distance in sRGB; the lowest index where two are
  /// equally near. The first sixteen are never taken, since every user has others.
  public var nearestIndexed: Colour {
    guard case .rgb(let red, let green, let blue) = self else { return self }
    let wanted = [Int(red), Int(green), Int(blue)]
    let cube = wanted.map { part in
      Self.cubeLevels.indices.min {
        abs(Self.cubeLevels[$0] - part) < abs(Self.cubeLevels[$1] - part)
      } ?? 0
    }
    let grey = min(23, max(0, (wanted.reduce(0, +) / 3 - 3) / 10))
    let candidates = [16 + 36 * cube[0] + 6 * cube[1] + cube[2], 232 + grey]
    let distances = candidates.map { index in
      zip(Self.fixed(index), wanted).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    }
    return .indexed(UInt8(distances[1] < distances[0] ? candidates[1] : candidates[0]))
  }

  /// The red, green and blue of the fixed colour `index`, 16...255.
  private static func fixed(_ index: Int) -> [Int] {
    guard index < 232 else { return Array(repeating: 8 + 10 * (index - 232), count: 3) }
    let place = index - 16
    return [cubeLevels[place / 36], cubeLevels[place / 6 % 6], cubeLevels[place % 6]]
  }

  /// This colour as red, green and blue; nil for the first sixteen, which differ between terminals.
  public var components: (red: UInt8, green: UInt8, blue: UInt8)? {
    switch self {
    case .rgb(let red, let green, let blue): return (red, green, blue)
    case .indexed(let index) where index >= 16:
      let parts = Self.fixed(Int(index)).map(UInt8.init)
      return (parts[0], parts[1], parts[2])
    case .indexed: return nil
    }
  }
}

/// How a cell looks beside its colours.
public struct TextAttributes: OptionSet, Hashable, Sendable {
  public let rawValue: Int

  public init(rawValue: Int) { self.rawValue = rawValue }

  public static let bold = TextAttributes(rawValue: 1)
  public static let dim = TextAttributes(rawValue: 2)
  public static let italic = TextAttributes(rawValue: 4)
  public static let underline = TextAttributes(rawValue: 8)
  public static let reverse = TextAttributes(rawValue: 16)
}

/// How a role looks; a nil colour is the terminal's own.
public struct Appearance: Hashable, Sendable {
  public var foreground: Colour?
  public var background: Colour?
  public var attributes: TextAttributes

  public init(
    foreground: Colour? = nil, background: Colour? = nil, attributes: TextAttributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// Attributes alone, as where there is no colour.
  var colourless: Appearance { Appearance(attributes: attributes) }
}
