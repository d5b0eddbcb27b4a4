import PreferenceData
public import TerminalSurface

extension KeySequence {
  /// Why a person's spelling of a key cannot be used.
  public enum Mistake: Error, Hashable, Sendable {
    /// No key has this name; the name of one that comes near.
    case unknown(String, nearest: String?)
    /// A terminal sends the same byte for both, so only the second one ever arrives.
    case merged(String, with: KeyPress)
    /// Behind another key this one closes the box of keys that may follow.
    case cancels(KeyPress)
    case tooLong(String)
  }

  static let keyLimit = 3

  /// The sequence that a person means by `notation`: stricter than `init(_:)`, since a misspelt name
  /// would else be a sequence of its letters.
  public static func read(_ notation: String) throws(Mistake) -> KeySequence {
    let words =
      KeyPress(notation) == nil ? notation.split(separator: " ").map(String.init) : [notation]
    for word in words where KeyPress(word) == nil && word.count > 2 {
      throw .unknown(word, nearest: Suggestion.nearest(to: word, among: KeyPress.names))
    }
    guard let sequence = KeySequence(notation) else { throw .unknown(notation, nearest: nil) }
    guard sequence.keys.count <= keyLimit else { throw .tooLong(notation) }
    for key in sequence.keys {
      switch key {
      case .control("i"): throw .merged(key.description, with: .tab)
      case .control("j"), .control("m"): throw .merged(key.description, with: .enter)
      case .control("h"): throw .merged(key.description, with: .backspace)
      default: break
      }
    }
    if let key = sequence.keys.dropFirst().first(where: { $0 == .escape || $0 == .control("c") }) {
      throw .cancels(key)
    }
    return sequence
  }
}
