public import TerminalSurface

/// One key, or a prefix and the keys after it, as help and key files spell it: `a`, `Ctrl-R`, `gg`,
/// `g Tab`.
public struct KeySequence: Hashable, Sendable, CustomStringConvertible {
  public let keys: [KeyPress]

  public init(_ keys: [KeyPress]) {
    self.keys = keys
  }

  /// The sequence that `notation` spells: names of keys with blanks between them, or single
  /// characters one after another; nil where it is empty.
  public init?(_ notation: String) {
    if let key = KeyPress(notation) {
      keys = [key]
      return
    }
    keys = notation.split(separator: " ").flatMap { word -> [KeyPress] in
      KeyPress(String(word)).map { [$0] } ?? word.map { .character($0) }
    }
    if keys.isEmpty { return nil }
  }

  public var description: String {
    let names = keys.map(\.description)
    return names.joined(separator: names.allSatisfy { $0.count == 1 } ? "" : " ")
  }

  func begins(with prefix: [KeyPress]) -> Bool { keys.starts(with: prefix) }
}
