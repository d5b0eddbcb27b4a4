import TerminalSurface

/// How the texts of a pair are shown.
struct PairRendering {
  /// Every character as the file has it, without folds, alignment or colours.
  var isRaw = false
  /// The key that unfolds reasoning; nil where it is not folded.
  var unfoldingKey: String?
  /// What is searched for.
  var highlight: String?
}

/// What the person has chosen of it, for all pairs alike.
struct RenderingChoice: Hashable, Sendable {
  var isRaw = false
  var unfoldsReasoning = false
}

extension Session {
  /// How the pair in view is shown.
  var pairRendering: PairRendering {
    let key = keymap.key(for: .foldReasoning, in: .pair)?.description ?? "help"
    return PairRendering(
      isRaw: rendering.isRaw, unfoldingKey: rendering.unfoldsReasoning ? nil : key,
      highlight: search?.text)
  }

  mutating func toggleRawText() {
    rendering.isRaw.toggle()
    notice = Notice(
      rendering.isRaw
        ? "raw: every character as the file has it" : "code, tables and roles are marked")
  }

  mutating func foldReasoning() {
    rendering.unfoldsReasoning.toggle()
    notice = Notice(
      rendering.unfoldsReasoning ? "reasoning is shown" : "reasoning is folded to one line")
  }
}
