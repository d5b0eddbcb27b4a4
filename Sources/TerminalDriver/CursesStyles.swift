import CNcurses
import TerminalSurface

/// The attributes and colour pair of each role, as ncurses wants them.
struct CursesStyles {
  struct Style: Hashable {
    var attributes: Int32
    var pair: Int32
  }

  private struct Pair: Hashable {
    var foreground: Int32
    var background: Int32
  }

  let depth: ColourDepth
  private let colourCount: Int32
  private let pairLimit: Int32
  private var pairs: [Pair: Int32] = [:]
  private var styles: [Style] = []

  init(depth: ColourDepth) {
    self.depth = depth
    colourCount = screen_colours()
    pairLimit = screen_pairs()
  }

  /// Looks up every role of `theme`.
  mutating func use(_ theme: Theme) {
    styles = ThemeRole.allCases.map { style(for: theme.appearance(of: $0, at: depth)) }
  }

  subscript(role: ThemeRole) -> Style { styles[ThemeRole.places[role] ?? 0] }

  private mutating func style(for appearance: Appearance) -> Style {
    var attributes = Int32(appearance.attributes.rawValue)
    guard depth > .mono else { return Style(attributes: attributes, pair: 0) }
    var pair = Pair(
      foreground: number(of: appearance.foreground), background: number(of: appearance.background))
    // A terminal of eight colours shows a bright one as bold; a bright ground it cannot show.
    if colourCount < 16 {
      if pair.foreground >= 8 { attributes |= Int32(screen_bold.rawValue) }
      if pair.foreground >= 0 { pair.foreground %= 8 }
      if pair.background >= 0 { pair.background %= 8 }
    }
    return Style(attributes: attributes, pair: numbered(pair))
  }

  private func number(of colour: Colour?) -> Int32 {
    guard let colour else { return -1 }
    if depth == .direct, let (red, green, blue) = colour.components {
      // The lowest numbers of a direct-colour terminal are the eight colours of its user.
      return max(8, Int32(red) << 16 | Int32(green) << 8 | Int32(blue))
    }
    guard case .indexed(let index) = colour else { return -1 }
    return Int32(index)
  }

  private mutating func numbered(_ pair: Pair) -> Int32 {
    if let known = pairs[pair] { return known }
    let number = Int32(pairs.count + 1)
    // A theme has fewer pairs than any terminal with colours; after many themes they begin anew.
    guard number < pairLimit else {
      pairs = [:]
      return numbered(pair)
    }
    pairs[pair] = number
    screen_define_pair(number, pair.foreground, pair.background)
    return number
  }
}

extension ThemeRole {
  fileprivate static let places = Dictionary(
    uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
}
