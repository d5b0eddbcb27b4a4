extension Theme {
  /// Reads a theme file (TOML), with what it inherits.
  ///
  /// `[palette]` names colours: `#rrggbb`, 0...255, one of the sixteen by name, or "" or `default`
  /// for the terminal's own. `[roles]` says how roles look, `"colour on colour, attributes"`; without
  /// `on`, the ground is that of `text`. Role names with a dot are quoted, since TOML would take
  /// `text` and `text.muted` for a value and a table of one name. `[roles-256]`, `[roles-16]` and
  /// `[roles-mono]` override it where the terminal has fewer colours: 256 takes the nearest colour by
  /// itself; 16 and mono show attributes alone where nothing is said, because no coloured text is
  /// readable on every ground a terminal may have. A role that is not named looks like the one its
  /// name begins with, at last like `text`.
  ///
  /// - Parameters:
  ///   - source: The text of the file, at most 64 KiB.
  ///   - name: The name of the theme where the file gives none.
  ///   - parent: Gives the text of another theme by its name, or nil where there is none.
  /// - Returns: The theme, and what in the files was passed over.
  /// - Throws: `ThemeError` where there is no theme to show.
  public static func read(
    _ source: String, name: String, parent: (String) -> String?
  ) throws(ThemeError) -> (theme: Theme, warnings: [ThemeWarning]) {
    // The file itself first, then what it inherits.
    var files = [try ThemeFile(source, name: name)]
    var names = [name]
    while let wanted = files.last?.inherits, !wanted.isEmpty {
      guard !names.contains(wanted) else { throw .inheritanceCycle(names + [wanted]) }
      guard let text = parent(wanted) else {
        throw .unknownParent(theme: names[names.count - 1], parent: wanted)
      }
      files.append(try ThemeFile(text, name: wanted))
      names.append(wanted)
    }
    var resolver = ThemeResolver(files)
    let appearances = resolver.appearances()
    let theme = Theme(
      name: files[0].name, variant: files.lazy.compactMap(\.variant).first ?? .dark,
      appearances: appearances)
    return (theme, files.flatMap(\.warnings) + resolver.warnings)
  }
}

/// Turns what theme files say into appearances.
private struct ThemeResolver {
  private var palette: [String: String] = [:]
  private var roles: [ColourDepth: [ThemeRole: ThemeFile.Specification]] = [:]
  private(set) var warnings: [ThemeWarning] = []

  init(_ files: [ThemeFile]) {
    for file in files.reversed() {
      palette.merge(file.palette) { $1 }
      for (_, depth) in ThemeFile.sections {
        roles[depth, default: [:]].merge(file.roles[depth] ?? [:]) { $1 }
      }
    }
  }

  mutating func appearances() -> [ColourDepth: [ThemeRole: Appearance]] {
    let full = given(at: .direct, ground: nil)
    let indexed = full.mapValues(\.nearestIndexed)
    let fixed = indexed.merging(
      given(at: .twoFiftySix, ground: indexed[.text]?.background)
    ) { $1 }
    let bare = full.mapValues(\.colourless).merging(given(at: .mono, ground: nil)) {
      $1.colourless
    }
    let few = bare.merging(given(at: .sixteen, ground: nil)) { $1 }
    return [
      .direct: complete(full), .twoFiftySix: complete(fixed), .sixteen: complete(few),
      .mono: complete(bare),
    ]
  }

  /// What the files say about roles at `depth`; `ground` is behind text where they do not.
  private mutating func given(
    at depth: ColourDepth, ground: Colour?
  ) -> [ThemeRole: Appearance] {
    var given: [ThemeRole: Appearance] = [:]
    var ground = ground
    // `text` is the first case, so its ground is known before the others need it.
    for role in ThemeRole.allCases {
      guard let specification = roles[depth]?[role],
        let appearance = appearance(specification, ground: ground)
      else { continue }
      given[role] = appearance
      if role == .text { ground = appearance.background }
    }
    return given
  }

  private func complete(_ given: [ThemeRole: Appearance]) -> [ThemeRole: Appearance] {
    var complete = given
    // A role's parent is declared before it.
    for role in ThemeRole.allCases where complete[role] == nil {
      complete[role] = role.parent.flatMap { complete[$0] } ?? Appearance()
    }
    return complete
  }

  private mutating func appearance(
    _ specification: ThemeFile.Specification, ground: Colour?
  ) -> Appearance? {
    let parts = specification.text.split(separator: ",", maxSplits: 1)
    let colours = (parts.first ?? "").split(separator: " ")
    var appearance = Appearance(background: ground)
    switch colours.count {
    case 0: break
    case 1:
      guard let foreground = colour(colours[0], specification) else { return nil }
      appearance.foreground = foreground
    case 3 where colours[1] == "on":
      guard let foreground = colour(colours[0], specification),
        let background = colour(colours[2], specification)
      else { return nil }
      appearance.foreground = foreground
      appearance.background = background
    default:
      warn(.unknownColour(String(parts[0])), specification)
      return nil
    }
    for word in (parts.count == 2 ? parts[1] : "").split(separator: " ") {
      guard let attribute = TextAttributes(named: word) else {
        warn(.unknownAttribute(String(word)), specification)
        continue
      }
      appearance.attributes.insert(attribute)
    }
    return appearance
  }

  /// The colour that `word` names: nil where it names none (with a warning), and nil inside where it
  /// is the terminal's own.
  private mutating func colour(
    _ word: Substring, _ specification: ThemeFile.Specification
  ) -> Colour?? {
    let value = palette[String(word)] ?? String(word)
    if value.isEmpty || value == "default" { return .some(nil) }
    if let colour = Colour(value) { return colour }
    warn(.unknownColour(String(word)), specification)
    return nil
  }

  private mutating func warn(
    _ problem: ThemeWarning.Problem, _ specification: ThemeFile.Specification
  ) {
    warnings.append(
      ThemeWarning(theme: specification.theme, line: specification.line, problem: problem))
  }
}

extension Colour {
  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white",
  ]

  /// The colour that a theme file writes as `#rrggbb`, as a number, or by name (`bright-blue`).
  fileprivate init?(_ text: String) {
    if text.hasPrefix("#"), text.utf8.count == 7, text.dropFirst().allSatisfy(\.isHexDigit),
      let value = UInt32(text.dropFirst(), radix: 16)
    {
      self = .rgb(
        red: UInt8(value >> 16), green: UInt8(value >> 8 & 0xFF), blue: UInt8(value & 0xFF))
    } else if let index = UInt8(text) {
      self = .indexed(index)
    } else if let index = Self.names.firstIndex(of: text) {
      self = .indexed(UInt8(index))
    } else if text.hasPrefix("bright-"),
      let index = Self.names.firstIndex(of: String(text.dropFirst(7)))
    {
      self = .indexed(UInt8(index + 8))
    } else {
      return nil
    }
  }
}

extension TextAttributes {
  fileprivate init?(named name: Substring) {
    switch name {
    case "bold": self = .bold
    case "dim": self = .dim
    case "italic": self = .italic
    case "underline": self = .underline
    case "reverse": self = .reverse
    default: return nil
    }
  }
}

extension Appearance {
  fileprivate var nearestIndexed: Appearance {
    Appearance(
      foreground: foreground?.nearestIndexed, background: background?.nearestIndexed,
      attributes: attributes)
  }
}
