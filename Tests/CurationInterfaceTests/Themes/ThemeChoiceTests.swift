import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Choosing a theme")
struct ThemeChoiceTests {
  private func script(isBlind: Bool = true) throws -> ReviewScript {
    try ReviewScript(isBlind: isBlind, isScanned: true, themes: Self.themes())
  }

  static func themes() throws -> [Theme] {
    let sources = [
      ("night", "variant = 'dark'\n[roles]\n'text' = '#ffffff on #000000'"),
      ("day", "variant = 'light'\n[roles]\n'text' = '#000000 on #ffffff'"),
      ("bare", ""),
    ]
    return try sources.map { name, source in
      try Theme.read(source, name: name, parent: { _ in nil }).theme
    }
  }

  @Test("moving shows the theme at once, Esc brings back the one before, Enter keeps")
  func previews() throws {
    var script = try script()
    #expect(script.session.theme.name == "night")
    script.press(",t j")
    #expect(script.session.theme.name == "day")
    script.press("j j j")
    #expect(script.session.theme.name == "bare")
    script.press("Esc")
    #expect(script.session.theme.name == "night")
    script.press(",t G k Enter")
    #expect(script.session.theme.name == "day")
    #expect(script.commands.last == .keepTheme(name: "day"))
    script.send(.themeKept("/home/kim/config.toml"))
    #expect(script.screen.contains("kept in /home/kim/config.toml"))
    script.press(",t")
    #expect(script.session.theme.name == "day")
  }

  @Test("a theme that could not be remembered stays for this run, and that is said")
  func notKept() throws {
    var script = try script()
    script.press(",t j Enter")
    script.send(.themeNotKept(ProblemText(what: "no", why: "disk", remedy: "")))
    #expect(script.session.theme.name == "day")
    #expect(script.screen.contains("only for this run: no: disk"))
  }

  @Test("no key decides while themes are shown, and without themes the list does not open")
  func decidesNothing() throws {
    var script = try script()
    script.go(to: 0)
    script.press(",t")
    for key in Keymap.standard.bindings(in: .pair).flatMap(\.sequences).flatMap(\.keys)
    where key != .enter {
      script.press(key)
    }
    #expect(script.events.isEmpty)
    var bare = ReviewScript()
    bare.press(",t")
    #expect(bare.screen.contains("there are no themes to choose from"))
  }

  @Test(
    "the list looks as it is kept, on the screen behind it",
    arguments: [Size(columns: 40, rows: 12), Size(columns: 80, rows: 24)])
  func looks(size: Size) throws {
    var script = try ReviewScript(size: size, isScanned: true, themes: Self.themes())
    script.press("Enter ,t j")
    try GoldenScreen.check(script.session.frame(), "themes/preview")
  }
}
