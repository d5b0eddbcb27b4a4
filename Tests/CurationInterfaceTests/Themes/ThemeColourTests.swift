import Foundation
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Colours of the themes that Demur comes with")
struct ThemeColourTests {
  private static let names = ["dark", "light", "high-contrast", "mono"]

  private static func theme(_ name: String) throws -> Theme {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../Themes")
    func source(of name: String) -> String? {
      try? String(contentsOf: folder.appending(path: "\(name).theme"), encoding: .utf8)
    }
    return try Theme.read(try #require(source(of: name)), name: name, parent: source).theme
  }

  @Test(
    "the preview of each theme is kept with its colours, as a terminal would be sent them",
    arguments: names)
  func previews(name: String) throws {
    let themes = try Self.names.map(Self.theme)
    var script = ReviewScript(isScanned: true, themes: themes)
    script.go(to: 0)
    script.press("A K ,t gg")
    while script.session.theme.name != name { script.press("j") }
    let frame = script.session.frame()
    let depths: [(ColourDepth, String)] =
      name == "dark"
      ? [(.sixteen, "16"), (.twoFiftySix, "256"), (.direct, "direct")]
      : [(name == "mono" ? .mono : .twoFiftySix, name == "mono" ? "mono" : "256")]
    for (depth, word) in depths {
      try GoldenScreen.check(
        Self.painted(frame, script.session.theme, depth), file: "themes/\(name).\(word).80x24.ansi")
    }
  }

  /// The rows of `frame` with the sequences that set colours and attributes (ECMA-48, SGR).
  private static func painted(_ frame: Frame, _ theme: Theme, _ depth: ColourDepth) -> String {
    var text = ""
    for row in 0..<frame.size.rows {
      var current: Appearance?
      for column in 0..<frame.size.columns {
        let cell = frame[column, row]
        guard cell.width > 0 else { continue }
        let appearance = theme.appearance(of: cell.role, at: depth)
        if appearance != current {
          text += "\u{1B}[\(codes(of: appearance).joined(separator: ";"))m"
        }
        current = appearance
        text += cell.text
      }
      text += "\u{1B}[0m\n"
    }
    return text
  }

  private static func codes(of appearance: Appearance) -> [String] {
    let attributes: [(TextAttributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    let colours = [("38", appearance.foreground), ("48", appearance.background)]
    return ["0"] + attributes.filter { appearance.attributes.contains($0.0) }.map(\.1)
      + colours.compactMap { plane, colour in
        switch colour {
        case .indexed(let index): "\(plane);5;\(index)"
        case .rgb(let red, let green, let blue): "\(plane);2;\(red);\(green);\(blue)"
        case nil: nil
        }
      }
  }
}
