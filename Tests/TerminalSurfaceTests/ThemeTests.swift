import TerminalSurface
import Testing
import Themes

@Suite("Themes")
struct ThemeTests {
  private func read(
    _ source: String, others: [String: String] = [:]
  ) throws -> (theme: Theme, warnings: [ThemeWarning]) {
    try Theme.read(source, name: "test") { others[$0] }
  }

  private func builtIn(_ name: String) throws -> (theme: Theme, warnings: [ThemeWarning]) {
    let source = try #require(BuiltInThemes.source(named: name))
    return try Theme.read(source, name: name, parent: BuiltInThemes.source(named:))
  }

  @Test("every built-in theme is read without a warning and has its file's name")
  func readsBuiltInThemes() throws {
    for name in BuiltInThemes.names {
      let (theme, warnings) = try builtIn(name)
      #expect(warnings.isEmpty)
      #expect(theme.name == name)
      #expect(theme.variant == (name == "light" ? .light : .dark))
    }
    #expect(BuiltInThemes.source(named: "none") == nil)
  }

  @Test("every built-in theme passes the audit at every depth")
  func builtInThemesPass() throws {
    for name in BuiltInThemes.names {
      let audit = ThemeAudit(try builtIn(name).theme)
      #expect(audit.findings.count == ThemeRole.allCases.count * ColourDepth.allCases.count)
      for finding in audit.findings {
        #expect(finding.isPassed, "\(name): \(finding)")
      }
    }
  }

  @Test("the contrasts of the palettes are those that were computed for them")
  func measuresKnownContrasts() throws {
    func contrast(_ name: String, _ role: ThemeRole, _ depth: ColourDepth) throws -> Double {
      let audit = ThemeAudit(try builtIn(name).theme)
      let finding = audit.findings.first { $0.role == role && $0.depth == depth }
      return try #require(finding?.contrast)
    }
    #expect(abs(try contrast("dark", .text, .direct) - 13.3) < 0.05)
    #expect(abs(try contrast("dark", .sideOnlyB, .direct) - 7.7) < 0.05)
    #expect(abs(try contrast("light", .textMuted, .direct) - 6.1) < 0.05)
    #expect(abs(try contrast("high-contrast", .text, .direct) - 21) < 1e-9)
    #expect(abs(try contrast("dark", .text, .twoFiftySix) - 13.4) < 0.05)
    #expect(abs(try contrast("light", .sideOnlyB, .twoFiftySix) - 7.7) < 0.05)
    #expect(abs(try contrast("dark", .sideOnlyA, .sixteen) - 4.9) < 0.05)
  }

  @Test("the audit refuses coloured text on the terminal's own ground, and pale text")
  func auditRefuses() throws {
    let faint = try read("[palette]\nbg = '#ffffff'\n[roles]\n'text' = '#aaaaaa on bg'").theme
    #expect(!ThemeAudit(faint).isPassed)
    let blue = try read("[roles-16]\n'side.a' = 'blue'").theme
    #expect(!ThemeAudit(blue).isPassed)
    let clear = try read("[roles]\n'text' = '#6cb6ff on default'").theme
    let findings = ThemeAudit(clear).findings.filter { $0.role == .text && $0.depth == .direct }
    #expect(findings.map(\.isPassed) == [false])
    #expect(ThemeAudit(.plain).isPassed)
  }

  @Test("a theme without colour never names one, and no theme does at mono")
  func monoHasNoColour() throws {
    for name in BuiltInThemes.names {
      for role in ThemeRole.allCases {
        for depth in name == "mono" ? ColourDepth.allCases : [.mono] {
          let appearance = try builtIn(name).theme.appearance(of: role, at: depth)
          #expect(appearance.foreground == nil && appearance.background == nil)
        }
      }
    }
  }

  @Test("only-in-A and only-in-B, and the cursor's row, are set off at every depth")
  func importantRolesAreSetOff() throws {
    for name in BuiltInThemes.names {
      let theme = try builtIn(name).theme
      for depth in ColourDepth.allCases {
        let text = theme.appearance(of: .text, at: depth)
        for role in [ThemeRole.sideOnlyA, .sideOnlyB, .cursor, .matchCurrent, .hintKey] {
          #expect(theme.appearance(of: role, at: depth) != text)
        }
      }
    }
  }

  @Test("a child changes what it names and keeps the rest, palette and roles alike")
  func inherits() throws {
    let parent = """
      variant = "light"
      [palette]
      ink = "#102030"
      [roles]
      "text" = "ink on white"
      "text.muted" = "ink, dim"
      """
    let child = """
      inherits = "parent"
      [palette]
      ink = "#405060"
      [roles]
      "title" = "ink, bold"
      """
    let (theme, warnings) = try read(child, others: ["parent": parent])
    #expect(warnings.isEmpty)
    #expect(theme.variant == .light)
    let ink = Colour.rgb(red: 0x40, green: 0x50, blue: 0x60)
    #expect(
      theme.appearance(of: .text, at: .direct)
        == Appearance(foreground: ink, background: .indexed(7)))
    #expect(
      theme.appearance(of: .title, at: .direct)
        == Appearance(foreground: ink, background: .indexed(7), attributes: .bold))
    #expect(
      theme.appearance(of: .titleKey, at: .direct) == theme.appearance(of: .title, at: .direct))
    #expect(theme.appearance(of: .textMuted, at: .mono) == Appearance(attributes: .dim))
  }

  @Test("cycles and missing parents are refused by name")
  func refusesCycles() throws {
    #expect(throws: ThemeError.inheritanceCycle(["test", "a", "b", "a"])) {
      try read("inherits = 'a'", others: ["a": "inherits = 'b'", "b": "inherits = 'a'"])
    }
    #expect(throws: ThemeError.inheritanceCycle(["test", "test"])) {
      try read("inherits = 'test'", others: ["test": ""])
    }
    #expect(throws: ThemeError.unknownParent(theme: "test", parent: "gone")) {
      try read("inherits = 'gone'")
    }
  }

  @Test("what a file has wrong is passed over with its line")
  func warns() throws {
    let source = """
      variant = "purple"
      colour = "x"
      [palette]
      blue = 3
      [roles]
      "text" = "fg on white"
      "side.c" = "white"
      "title" = "white, blink"
      "cursor" = "white on black on red"
      [rolls]
      "text" = "white"
      """
    let warnings = try read(source).warnings
    let expected: [(Int, ThemeWarning.Problem)] = [
      (1, .unknownVariant("purple")), (2, .unknownSection("colour")),
      (4, .notText(key: "palette.blue")), (6, .unknownColour("fg")), (7, .unknownRole("side.c")),
      (8, .unknownAttribute("blink")), (9, .unknownColour("white on black on red")),
      (11, .unknownSection("rolls")),
    ]
    let inOrder = warnings.sorted { ($0.line ?? 0) < ($1.line ?? 0) }
    #expect(inOrder.map(\.line) == expected.map(\.0))
    #expect(inOrder.map(\.problem) == expected.map(\.1))
    #expect(inOrder.allSatisfy { $0.theme == "test" })
  }

  @Test("hostile files are refused or read, and never trap")
  func survivesHostileFiles() throws {
    #expect(throws: ThemeError.tooLarge(bytes: 70_000, limit: 65_536)) {
      try read(String(repeating: "#", count: 70_000))
    }
    let null = ThemeError.malformed(theme: "test", line: 2, column: 1, reason: "NUL in the file")
    #expect(throws: null) { try read("name = 'x'\n\u{0}") }
    for source in [
      "[", "[\u{E9}]", "[[ #", "\u{A0}[\u{300}", "x = 1\u{B}[=", "[a.\u{E9}]", "x = [}",
      "'=' = \u{A0}{}",
    ] {
      #expect(throws: ThemeError.self) { try read(source) }
    }
    #expect(throws: ThemeError.self) { try read("a = " + String(repeating: "[", count: 60_000)) }
    #expect(throws: ThemeError.self) { try read("[roles]\ntext = 'x'\ntext.muted = 'x'") }
    for seed in 0..<300 {
      // A file with pieces of it replaced is still no reason to trap.
      var numbers = SeededNumbers(seed)
      var source = Array((BuiltInThemes.source(named: "dark") ?? "").unicodeScalars)
      for _ in 0..<(1 + seed % 6) {
        let place = Int.random(in: source.indices, using: &numbers)
        source[place] = Unicode.Scalar(UInt32.random(in: 1..<0x300, using: &numbers)) ?? "x"
      }
      var text = String.UnicodeScalarView()
      text.append(contentsOf: source)
      _ = try? read(String(text))
    }
  }

  @Test("a colour's nearest index is the nearest of all 240")
  func findsTheNearestColour() {
    func distance(_ colour: Colour, _ other: Colour) -> Int {
      guard let one = colour.components, let two = other.components else { return .max }
      return zip([one.red, one.green, one.blue], [two.red, two.green, two.blue])
        .reduce(0) { $0 + (Int($1.0) - Int($1.1)) * (Int($1.0) - Int($1.1)) }
    }
    var numbers = SeededNumbers(7)
    for _ in 0..<2000 {
      let bits = UInt32.random(in: 0...0xFFFFFF, using: &numbers)
      let colour = Colour.rgb(
        red: UInt8(bits >> 16), green: UInt8(bits >> 8 & 0xFF), blue: UInt8(bits & 0xFF))
      let best = (16...255).map { distance(colour, .indexed(UInt8($0))) }.min()
      #expect(distance(colour, colour.nearestIndexed) == best)
    }
    #expect(Colour.indexed(3).nearestIndexed == .indexed(3))
  }
}
