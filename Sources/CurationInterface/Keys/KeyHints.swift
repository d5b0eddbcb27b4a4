import TerminalSurface

/// One hint of the last row: a few keys and what they do.
struct KeyHint: Hashable, Sendable {
  let actions: [Action]
  let label: String

  init(_ label: String, _ actions: Action...) {
    self.label = label
    self.actions = actions
  }
}

extension Keymap {
  /// The hints of a view, the most needed first; the help comes last on every screen.
  static func hints(in scope: KeyScope, isBlind: Bool) -> [KeyHint] {
    switch scope {
    case .pair where isBlind:
      [
        KeyHint("better", .preferA, .preferB), KeyHint("much", .preferAMuch, .preferBMuch),
        KeyHint("tie", .tie), KeyHint("both bad", .bothBad), KeyHint("drop", .drop),
        KeyHint("skip", .skip), KeyHint("note", .note), KeyHint("why", .evidence),
        KeyHint("undo", .undo), KeyHint("next/prev", .nextPair, .previousPair),
        KeyHint("tags", .tags), KeyHint("prompt", .foldPrompt), KeyHint("diff", .wordDiff),
      ]
    case .pair:
      [
        KeyHint("keep", .keepOrPageDown), KeyHint("swap", .swapPreference), KeyHint("tie", .tie),
        KeyHint("both bad", .bothBad), KeyHint("drop", .drop), KeyHint("skip", .skip),
        KeyHint("note", .note), KeyHint("undo", .undo), KeyHint("why", .evidence),
        KeyHint("next/prev", .nextPair, .previousPair), KeyHint("tags", .tags),
        KeyHint("prompt", .foldPrompt), KeyHint("diff", .wordDiff),
      ]
    case .evidence:
      [
        KeyHint("close", .evidence), KeyHint("move", .lineDown, .lineUp), KeyHint("jump", .jump),
        KeyHint("back", .jumpBack), KeyHint("signals", .allSignals), KeyHint("epochs", .epochs),
        KeyHint("undo", .undo), KeyHint("queue", .openQueue),
      ]
    case .epochs:
      [
        KeyHint("evidence", .epochs), KeyHint("scroll", .lineDown, .lineUp),
        KeyHint("pair", .openPair), KeyHint("queue", .openQueue),
      ]
    case .batch:
      [
        KeyHint("go on", .nextUndecided), KeyHint("move", .lineDown, .lineUp),
        KeyHint("evidence", .jump), KeyHint("back", .back), KeyHint("undo", .undo),
        KeyHint("queue", .openQueue),
      ]
    case .bias:
      [
        KeyHint("pairs against it", .openCounterExamples), KeyHint("move", .lineDown, .lineUp),
        KeyHint("queue", .back), KeyHint("blind/open", .blind),
      ]
    case .dashboard:
      [
        KeyHint("list", .drillDown), KeyHint("review", .startReview),
        KeyHint("audit", .startAudit), KeyHint("export", .export), KeyHint("queue", .back),
        KeyHint("page", .pageDown),
      ]
    case .firstLook:
      [
        KeyHint("its rows", .openFoundRows), KeyHint("move", .lineDown, .lineUp),
        KeyHint("queue", .back), KeyHint("blind/open", .blind),
      ]
    case .queue, .everywhere:
      [
        KeyHint("open", .openPair), KeyHint("move", .lineDown, .lineUp),
        KeyHint("undecided", .nextUndecided), KeyHint("search", .searchText),
        KeyHint("undo", .undo), KeyHint("export", .export), KeyHint("scan", .engine),
        KeyHint("quit", .back), KeyHint("filter", .filter), KeyHint("mark", .mark),
        KeyHint("order", .orderBySuspicion),
      ]
    }
  }

  /// The last row of a view in at most `columns`: hints in order as long as they fit, and always
  /// the help.
  func footer(in scope: KeyScope, isBlind: Bool, columns: Int) -> [StyledRun] {
    let help = runs(KeyHint("help", .help), in: scope)
    var used = 1 + Self.columns(of: help)
    var footer: [StyledRun] = [StyledRun(" ", .hintText)]
    for hint in Self.hints(in: scope, isBlind: isBlind) {
      let runs = runs(hint, in: scope) + [StyledRun("  ", .hintText)]
      let width = Self.columns(of: runs)
      guard used + width <= columns else { break }
      footer += runs
      used += width
    }
    return footer + help
  }

  private func runs(_ hint: KeyHint, in scope: KeyScope) -> [StyledRun] {
    let keys = hint.actions.compactMap { key(for: $0, in: scope)?.description }
    guard !keys.isEmpty else { return [] }
    return [
      StyledRun(keys.joined(separator: "/"), .hintKey), StyledRun(" \(hint.label)", .hintText),
    ]
  }

  /// Keys and labels are ASCII: a column a byte.
  private static func columns(of runs: [StyledRun]) -> Int {
    runs.reduce(0) { $0 + $1.text.utf8.count }
  }
}

extension Session {
  /// The key of `action` as a sentence on screen names it, in this view or in `scope`; where it has
  /// none, the name by which the help finds it.
  func keyName(_ action: Action, in scope: KeyScope? = nil) -> String {
    keymap.key(for: action, in: scope ?? screen.scope)?.description ?? action.rawValue
  }
}
