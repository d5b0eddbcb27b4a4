/// Turns what a terminal sends into keys, without knowing the terminal: characters, controls, and the
/// sequences of ECMA-48 and DEC that all of today's agree on.
public enum KeyDecoder {
  /// The keys in `bytes`, which were read at once.
  ///
  /// A terminal that sends whole lines, as an editor's shell window does, ends what was typed with a newline
  /// that no one typed as a key: behind other characters it is left out.
  public static func keys(in bytes: [UInt8]) -> [KeyPress] {
    var scalars = Array(String(decoding: bytes, as: UTF8.self).unicodeScalars)[...]
    if let last = scalars.last, last == "\n" || last == "\r", scalars.count > 1,
      scalars.dropLast().allSatisfy({ $0.value >= 0x20 })
    {
      scalars.removeLast()
    }
    var keys: [KeyPress] = []
    while let scalar = scalars.popFirst() {
      keys.append(scalar == "\u{1B}" ? escape(&scalars) : key(for: scalar))
    }
    return keys
  }

  private static func key(for scalar: Unicode.Scalar) -> KeyPress {
    switch scalar.value {
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x08, 0x7F: .backspace
    case 0x01...0x1A: .control(Character(Unicode.Scalar(UInt8(scalar.value + 0x60))))
    case 0x00..<0x20, 0x80..<0xA0: .unknown
    default: .character(Character(scalar))
    }
  }

  private static let finals: [Unicode.Scalar: KeyPress] = [
    "A": .up, "B": .down, "C": .right, "D": .left, "H": .home, "F": .end, "Z": .backTab,
  ]
  private static let numbered: [String: KeyPress] = [
    "1": .home, "2": .insert, "3": .delete, "4": .end, "5": .pageUp, "6": .pageDown, "7": .home,
    "8": .end,
  ]

  /// Escape, or what the sequence behind it means; a sequence is always taken whole, so that its letters
  /// never act as keys.
  private static func escape(_ rest: inout ArraySlice<Unicode.Scalar>) -> KeyPress {
    guard let first = rest.popFirst() else { return .escape }
    switch first {
    case "O": return rest.popFirst().flatMap { finals[$0] } ?? .unknown
    case "[":
      var parameters = ""
      while let next = rest.popFirst() {
        guard (0x20...0x3F).contains(next.value) else {
          if next == "~" { return numbered[parameters] ?? .unknown }
          return parameters.isEmpty ? finals[next] ?? .unknown : .unknown
        }
        parameters.unicodeScalars.append(next)
      }
      return .unknown
    default: return .unknown
    }
  }
}
