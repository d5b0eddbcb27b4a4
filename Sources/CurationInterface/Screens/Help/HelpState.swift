import TerminalSurface

/// The help overlay: every key of the view, found by typing, run by Enter.
struct HelpState: Sendable {
  var field = TextField()
  var cursor = 0

  /// The bindings that hold every word that was typed, in the order of the key table.
  func entries(in keymap: Keymap, scope: KeyScope) -> [Keymap.Binding] {
    let words = field.text.lowercased().split(separator: " ")
    return keymap.bindings(in: scope).filter { binding in
      let text =
        "\(binding.summary) \(binding.action.rawValue) \(binding.group.rawValue)".lowercased()
      let keys = binding.sequences.map(\.description)
      return words.allSatisfy { word in
        text.contains(word) || keys.contains { $0.lowercased() == word }
      }
    }
  }
}

extension Session {
  mutating func press(_ key: KeyPress, in help: HelpState) {
    var help = help
    let entries = help.entries(in: keymap, scope: screen.scope)
    let last = max(0, entries.count - 1)
    switch key {
    case .escape:
      overlay = nil
      return
    case .enter:
      overlay = nil
      if entries.indices.contains(help.cursor) {
        notice = nil
        perform(entries[help.cursor].action)
      }
      return
    case .down: help.cursor = min(help.cursor + 1, last)
    case .up: help.cursor = max(help.cursor - 1, 0)
    case .pageDown: help.cursor = min(help.cursor + 10, last)
    case .pageUp: help.cursor = max(help.cursor - 10, 0)
    default: if help.field.press(key) { help.cursor = 0 }
    }
    overlay = .help(help)
  }
}
