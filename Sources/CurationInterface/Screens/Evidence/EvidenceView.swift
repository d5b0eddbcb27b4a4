import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  func drawEvidence(in frame: inout Frame) {
    let text = evidenceText(columns: evidenceArea.columns)
    let top = min(evidence.top, max(0, text.lines.count - evidenceArea.rows))
    frame.write(text, from: top, in: evidenceArea)
    frame.scrollMarks(
      in: Rect(
        column: 0, row: evidenceArea.row, columns: size.columns, rows: evidenceArea.rows),
      above: top > 0, below: top + evidenceArea.rows < text.lines.count)
  }

  /// The evidence beside or below the pair: as much of it as there is room for.
  func drawEvidencePanel(in area: Rect, of frame: inout Frame) {
    guard let pair else { return }
    let parts = area.split(top: 1)
    frame.rule(
      column: area.column, row: area.row, columns: area.columns,
      title: [StyledRun("EVIDENCE", .title)])
    let inside = Rect(
      column: parts.rest.column + 1, row: parts.rest.row, columns: parts.rest.columns - 2,
      rows: parts.rest.rows)
    let text: WrappedText
    if showsLabel(at: pair.position) {
      text = evidenceText(columns: inside.columns)
    } else {
      text = WrappedText(
        [
          StyledRun("Hidden until you decide: blind.\n\n", .textMuted),
          StyledRun("e", .hintKey), StyledRun(" shows it now (is recorded)", .hintText),
        ], columns: inside.columns, display: display)
    }
    frame.write(text, in: inside)
    frame.scrollMarks(in: area, above: false, below: text.lines.count > inside.rows)
  }

  /// Everything that is known about why the pair in view is suspected.
  func evidenceText(columns: Int) -> WrappedText {
    guard let pair, let row = loadedPair else {
      return WrappedText([], columns: columns, display: display)
    }
    let story = EvidenceStory(
      position: pair.position, row: row, order: sideOrder(of: row),
      decision: standing(at: pair.position)?.decision, scores: engine.latest?.result,
      explanation: explanations[pair.position] ?? nil, display: display, columns: columns)
    return WrappedText(story.runs, columns: columns, display: display)
  }
}
