import Glibc
import TerminalSurface
import Testing
import Themes

@Suite("Themes for every kind of colour vision")
struct ColourVisionTests {
  /// Machado, Oliveira and Fernandes 2009, "A Physiologically-based Model for Simulation of Color
  /// Vision Deficiency", matrices of severity 1.0, on linear light.
  static let visions: [(name: String, matrix: [[Double]])] = [
    ("normal", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  /// CIELAB of a colour as it is seen, white point D65.
  private func lab(_ colour: Colour, _ vision: [[Double]]) -> [Double] {
    guard let (red, green, blue) = colour.components else { return [] }
    let light = [red, green, blue].map { part -> Double in
      let value = Double(part) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let seen = vision.map { row in
      min(1, max(0, zip(row, light).reduce(0) { $0 + $1.0 * $1.1 }))
    }
    let toXYZ = [
      [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
      [0.0193339, 0.1191920, 0.9503041],
    ]
    let white = [0.95047, 1, 1.08883]
    let f = zip(toXYZ, white).map { row, white -> Double in
      let value = zip(row, seen).reduce(0) { $0 + $1.0 * $1.1 } / white
      return value > 216.0 / 24389 ? cbrt(value) : (24389.0 / 27 * value + 16) / 116
    }
    return [116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])]
  }

  @Test(
    "the sides stay apart for every kind of colour vision",
    arguments: ["dark", "light", "high-contrast"])
  func sidesStayApart(name: String) throws {
    let source = try #require(BuiltInThemes.source(named: name))
    let theme = try Theme.read(source, name: name, parent: BuiltInThemes.source(named:)).theme
    for depth in [ColourDepth.direct, .twoFiftySix] {
      for (a, b) in [(ThemeRole.sideA, ThemeRole.sideB), (.sideOnlyA, .sideOnlyB)] {
        let first = try #require(theme.appearance(of: a, at: depth).foreground)
        let second = try #require(theme.appearance(of: b, at: depth).foreground)
        for (vision, matrix) in Self.visions {
          let distance = zip(lab(first, matrix), lab(second, matrix))
            .reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
          // Green and red fall to 23.5 for deuteranopia; the sides keep well over that.
          #expect(distance > 40, "\(name), \(depth), \(a) and \(b), \(vision)")
        }
      }
    }
  }
}
