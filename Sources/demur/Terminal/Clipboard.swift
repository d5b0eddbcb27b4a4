import Foundation

/// The terminal's own clipboard, which works over ssh too.
enum Clipboard {
  /// Terminals take 74,994 bytes of text in one sequence at least (xterm's limit for OSC 52).
  private static let limit = 74_994

  /// Puts `text` into the clipboard by the escape sequence OSC 52. A terminal that does not know
  /// it ignores it; a longer text is cut at a whole character.
  static func copy(_ text: String) {
    var length = 0
    let kept = text.prefix { character in
      length += character.utf8.count
      return length <= limit
    }
    let encoded = Data(kept.utf8).base64EncodedString()
    // A terminal that has gone is reported by the loop.
    try? FileHandle.standardOutput.write(contentsOf: Data("\u{1B}]52;c;\(encoded)\u{07}".utf8))
  }
}
