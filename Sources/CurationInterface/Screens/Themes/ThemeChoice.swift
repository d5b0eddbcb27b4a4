public import TerminalSurface

/// The list of themes: moving in it shows the screen in the theme under the cursor, Enter keeps it,
/// Esc goes back to the one before.
struct ThemeChoice: Sendable {
  var cursor: Int
}

extension Session {
  /// How the screen looks: in the theme that is tried, else in the one that was chosen.
  public var theme: Theme {
    guard case .themes(let choice) = overlay, configuration.themes.indices.contains(choice.cursor)
    else { return chosenTheme }
    return configuration.themes[choice.cursor]
  }

  mutating func openThemes() {
    guard !configuration.themes.isEmpty else {
      notice = Notice("there are no themes to choose from")
      return
    }
    overlay = .themes(
      ThemeChoice(cursor: configuration.themes.firstIndex(of: chosenTheme) ?? 0))
  }

  mutating func press(_ key: KeyPress, in choice: ThemeChoice) {
    let last = configuration.themes.count - 1
    if key == .enter {
      overlay = nil
      chosenTheme = configuration.themes[choice.cursor]
      commands.append(.keepTheme(name: chosenTheme.name))
      return
    }
    // The keys that move a cursor everywhere move this one.
    guard case .action(let action) = keymap.lookup([key], in: .everywhere) else { return }
    if action == .cancel || action == .back {
      overlay = nil
    } else if let lines = action.lines(inView: last) {
      overlay = .themes(ThemeChoice(cursor: min(max(choice.cursor + lines, 0), last)))
    }
  }

  mutating func updateTheme(_ message: Message) {
    switch message {
    case .themeKept(let path): notice = Notice("kept in \(path)", .statusOK)
    case .themeNotKept(let problem):
      notice = Notice("only for this run: \(problem)", .statusWarning)
    default: break
    }
  }

  /// A box at the right edge, so that most of the screen shows what the theme does to it.
  func drawThemes(_ choice: ThemeChoice, in frame: inout Frame) {
    let themes = configuration.themes
    let width = themes.map { display.columns(of: $0.name) }.max() ?? 0
    let columns = min(max(width + 12, 30), size.columns)
    let rows = min(themes.count + 2, size.rows - 3)
    let inside = frame.box(
      Rect(column: size.columns - columns, row: 1, columns: columns, rows: rows),
      title: [StyledRun(" theme ", .title)],
      footer: [StyledRun(" Enter keep  \(keyName(.cancel)) back ", .hintText)], role: .borderFocus)
    let top = max(0, min(choice.cursor - inside.rows / 2, themes.count - inside.rows))
    for row in 0..<max(0, inside.rows) where themes.indices.contains(top + row) {
      let theme = themes[top + row]
      let isSelected = top + row == choice.cursor
      let area = Rect(
        column: inside.column, row: inside.row + row, columns: inside.columns, rows: 1)
      frame.write(isSelected ? ">" : " ", column: area.column, row: area.row, role: .titleKey)
      let used = frame.write(
        display.truncated(theme.name, to: area.columns - 2), column: area.column + 2, row: area.row)
      let variant = theme.variant.rawValue
      frame.write(
        variant == theme.name ? "" : " \(variant)", column: area.column + 2 + used, row: area.row,
        role: .textMuted, limit: max(0, area.columns - 2 - used))
      if isSelected { frame.recolour(area) { _ in .cursor } }
    }
    let list = Rect(
      column: inside.column, row: inside.row, columns: inside.columns, rows: inside.rows)
    frame.scrollMarks(in: list, above: top > 0, below: top + inside.rows < themes.count)
  }
}
