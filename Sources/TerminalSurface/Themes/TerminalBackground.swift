/// What a terminal answers when it is asked for the colour of its ground.
public enum TerminalBackground {
  /// Asks for the colour (OSC 11), then for the kind of terminal (DA1): nearly every terminal answers
  /// the second question, so nobody waits for an answer to the first that never comes.
  public static let question = "\u{1B}]11;?\u{1B}\\\u{1B}[c"

  /// Whether `answer` ends with that to the second question: `ESC [ ? ... c`.
  public static func isComplete(_ answer: [UInt8]) -> Bool {
    guard answer.last == UInt8(ascii: "c"), let start = answer.lastIndex(of: 0x1B) else {
      return false
    }
    return answer[start...].dropFirst().starts(with: "[?".utf8)
  }

  /// Which themes suit the ground that `answer` names; nil where it names none.
  ///
  /// The colour comes as `rgb:rrrr/gggg/bbbb`, one to four hexadecimal digits a part (XParseColor). The
  /// ground is light where black text on it has more contrast than white: (L + .05)^2 > 1.05 * .05.
  public static func variant(in answer: [UInt8]) -> Theme.Variant? {
    let name = Array("]11;rgb".utf8)
    guard let start = answer.firstRange(of: name, in: 0..<answer.count)?.upperBound else {
      return nil
    }
    // Some terminals answer `rgba:` with a fourth part.
    let levels = String(decoding: answer[start...], as: UTF8.self)
      .drop { $0 == "a" || $0 == ":" }.prefix { $0.isHexDigit || $0 == "/" }
      .split(separator: "/").prefix(3).compactMap(level)
    guard levels.count == 3 else { return nil }
    let light = Colour.luminance(red: levels[0], green: levels[1], blue: levels[2]) + 0.05
    return light * light > 1.05 * 0.05 ? .light : .dark
  }

  private static func level(_ digits: Substring) -> UInt8? {
    guard (1...4).contains(digits.utf8.count), let value = Int(digits, radix: 16) else {
      return nil
    }
    return UInt8(value * 255 / ((1 << (4 * digits.utf8.count)) - 1))
  }
}
