import TerminalSurface

/// The guidelines of the rubric while they are read over the view.
struct GuidelinesState: Hashable, Sendable {
  var top = 0
}

extension Session {
  /// `gh`: what the rubric tells those who decide.
  mutating func openGuidelines() {
    guard !configuration.rubric.guidelines.isEmpty else {
      notice = Notice("no guidelines: a rubric file may hold them (--rubric)")
      return
    }
    overlay = .guidelines(GuidelinesState())
  }

  mutating func press(_ key: KeyPress, in state: GuidelinesState) {
    switch keymap.lookup([key], in: .everywhere) {
    case .action(.cancel), .action(.back): overlay = nil
    case .action(let action):
      let rows = guidelinesArea.rows
      guard let lines = action.lines(inView: rows) else { return }
      let last = max(0, guidelinesText.lines.count - rows)
      // To go to an end is to go further than any text is long.
      let top = max(0, min(last, min(max(lines, -last), last) + state.top))
      overlay = .guidelines(GuidelinesState(top: top))
    case .prefix, .nothing: break
    }
  }

  /// As high as the text, where there is room for that.
  private var guidelinesBox: Rect { overlayBox(rows: guidelinesText.lines.count + 2) }

  private var guidelinesArea: Rect {
    let box = guidelinesBox
    return Rect(
      column: box.column + 2, row: box.row + 1, columns: box.columns - 4, rows: box.rows - 2)
  }

  private var guidelinesText: WrappedText {
    WrappedText(
      [StyledRun(configuration.rubric.guidelines)],
      columns: overlayBox(rows: size.rows).columns - 4, display: display)
  }

  func drawGuidelines(_ state: GuidelinesState, in frame: inout Frame) {
    frame.box(
      guidelinesBox, title: [StyledRun(" guidelines ", .title)],
      footer: [StyledRun(" \(keyName(.cancel)) closes ", .hintText)], role: .borderFocus)
    let area = guidelinesArea
    let text = guidelinesText
    // The window may have grown since the last key.
    let top = min(state.top, max(0, text.lines.count - area.rows))
    frame.write(text, from: top, in: area)
    frame.scrollMarks(
      in: Rect(column: area.column, row: area.row, columns: area.columns + 1, rows: area.rows),
      above: top > 0, below: top + area.rows < text.lines.count)
  }
}
