public import TerminalSurface

/// One key, or a prefix and the key after it, as help and key files spell it: `a`, `Ctrl-R`, `gg`.
public struct KeySequence: Hashable, Sendable, CustomStringConvertible {
  public let keys: [KeyPress]

  public init(_ keys: [KeyPress]) {
    self.keys = keys
  }

  /// The sequence that `notation` spells: the name of a key, or single characters one after
  /// another; nil where it is empty.
  public init?(_ notation: String) {
    if let key = KeyPress(notation) {
      keys = [key]
    } else if notation.isEmpty {
      return nil
    } else {
      keys = notation.map { .character($0) }
    }
  }

  public var description: String { keys.map(\.description).joined() }

  func begins(with prefix: [KeyPress]) -> Bool { keys.starts(with: prefix) }
}
