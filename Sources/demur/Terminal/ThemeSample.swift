import TerminalSurface

/// How a role looks, in the words of a theme file and in the sequences of a terminal.
extension Appearance {
  private static let attributeNames: [(attribute: TextAttributes, name: String, code: Int)] = [
    (.bold, "bold", 1), (.dim, "dim", 2), (.italic, "italic", 3), (.underline, "underline", 4),
    (.reverse, "reverse", 7),
  ]

  /// `#7cc4ff on #0f2f4a, bold`.
  var text: String {
    let colours = "\(foreground?.text ?? "default") on \(background?.text ?? "default")"
    let names = Self.attributeNames.filter { attributes.contains($0.attribute) }.map(\.name)
    return names.isEmpty ? colours : "\(colours), \(names.joined(separator: " "))"
  }

  /// `sample` as a terminal shows it so (ECMA-48, SGR).
  func shown(_ sample: String) -> String {
    let codes =
      Self.attributeNames.filter { attributes.contains($0.attribute) }.map { "\($0.code)" }
      + (foreground.map { ["38;\($0.code)"] } ?? []) + (background.map { ["48;\($0.code)"] } ?? [])
    return "\u{1B}[0;\(codes.joined(separator: ";"))m\(sample)\u{1B}[0m"
  }
}

extension Colour {
  fileprivate var text: String {
    switch self {
    case .indexed(let index): return "\(index)"
    case .rgb(let red, let green, let blue):
      let digits = [red, green, blue].map { part in
        (part < 16 ? "0" : "") + String(part, radix: 16)
      }
      return "#" + digits.joined()
    }
  }

  fileprivate var code: String {
    switch self {
    case .indexed(let index): "5;\(index)"
    case .rgb(let red, let green, let blue): "2;\(red);\(green);\(blue)"
    }
  }
}
