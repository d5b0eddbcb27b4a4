import TerminalSurface
import Testing
import Themes

@Suite("Themes for every kind of colour vision")
struct ColourVisionTests {
  private func theme(_ roles: String) throws -> Theme {
    try Theme.read("[roles]\n\(roles)", name: "own", parent: { _ in nil }).theme
  }

  private func rgb(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Colour {
    .rgb(red: red, green: green, blue: blue)
  }

  @Test(
    "the sides of the built-in themes stay apart", arguments: ["dark", "light", "high-contrast"])
  func builtIn(name: String) throws {
    let source = try #require(BuiltInThemes.source(named: name))
    let theme = try Theme.read(source, name: name, parent: BuiltInThemes.source(named:)).theme
    let separation = ThemeSeparation(theme)
    #expect(separation.isPassed)
    #expect(separation.findings.count == 2 * 2 * ColourVision.allCases.count)
    #expect(separation.findings.allSatisfy { $0.distance != nil })
  }

  @Test("black and white are 100 apart for everybody, and a colour 0 from itself")
  func ends() throws {
    for vision in ColourVision.allCases {
      let ends = try #require(vision.distance(rgb(0, 0, 0), rgb(255, 255, 255)))
      #expect(abs(ends - 100) < 0.1, "\(vision)")
      #expect(vision.distance(rgb(12, 200, 90), rgb(12, 200, 90)) == 0)
      let there = vision.distance(rgb(1, 2, 250), rgb(250, 2, 1))
      #expect(there == vision.distance(rgb(250, 2, 1), rgb(1, 2, 250)))
    }
    #expect(ColourVision.normal.distance(.indexed(3), rgb(0, 0, 0)) == nil)
  }

  @Test("a theme in red and green fails for those who cannot tell them apart, and says for whom")
  func redAndGreen() throws {
    // Equally bright, so that only the hue is left.
    let separation = ThemeSeparation(
      try theme("'side.a' = '#c04040'\n'side.b' = '#6f7a1e'"))
    #expect(!separation.isPassed)
    let failed = Set(separation.findings.filter { !$0.isPassed }.map(\.vision))
    #expect(failed.contains(.deuteranopia) && !failed.contains(.normal))
  }

  @Test("grounds tell sides apart too, and what is the terminal's own is not measured")
  func grounds() throws {
    let grounds = try theme(
      "'side.only_a' = '#ffffff on #0030a0'\n'side.only_b' = '#ffffff on #a06000'")
    #expect(
      ThemeSeparation(grounds).findings.filter { $0.first == .sideOnlyA }.allSatisfy {
        $0.distance ?? 0 > ThemeSeparation.required
      })
    let plain = ThemeSeparation(try theme("'side.a' = 'default, bold'"))
    #expect(plain.isPassed && plain.findings.allSatisfy { $0.distance == nil })
  }
}
