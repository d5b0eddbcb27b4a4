import PreferenceData
import TerminalSurface

extension Session {
  /// Note and tags of the pair in view: those that wait for its decision, else those that go with it.
  var remarksInView: (note: String, tags: [String]) {
    guard let pair else { return ("", []) }
    let given = rowID(at: pair.position).flatMap { review.drafts[$0] }
    let decision = standing(at: pair.position)?.decision
    return (
      given?.note ?? decision?.note ?? "", given?.tags ?? decision?.tags ?? []
    )
  }

  /// The criteria, and where the pair in view stands on each.
  func drawRubric(in area: Rect, of frame: inout Frame) {
    let criteria = configuration.rubric.criteria
    guard let row = loadedPair, !criteria.isEmpty else {
      return write("No rubric: --rubric FILE names criteria.", in: area, of: &frame)
    }
    let ratings = ratingsInView
    let hasMore = criteria.count > area.rows
    let shown = hasMore ? area.rows - 1 : criteria.count
    let nameColumns = min(24, area.columns / 2)
    for (line, criterion) in criteria.prefix(shown).enumerated() {
      let answer = ratings.first { $0.criterion == criterion.name }.flatMap {
        place(of: $0, on: row)
      }
      frame.write(
        display.truncated(criterion.name, to: nameColumns), column: area.column,
        row: area.row + line)
      frame.write(
        scale(answer), column: area.column + nameColumns + 1, row: area.row + line,
        limit: max(0, area.columns - nameColumns - 1))
    }
    guard hasMore else { return }
    frame.write(
      "and \(criteria.count - shown) more", column: area.column, row: area.row + shown,
      role: .textMuted, limit: area.columns)
  }

  /// The note, and in the last row the tags.
  func drawNote(in area: Rect, of frame: inout Frame) {
    let (note, tags) = remarksInView
    let parts = area.split(bottom: 1)
    write(
      note.isEmpty ? "No note." : note, note.isEmpty ? .textMuted : .text, in: parts.rest,
      of: &frame)
    let names = tags.isEmpty ? "-" : tags.joined(separator: " ")
    frame.write(
      [
        StyledRun("tags: ", .textMuted), StyledRun(display.truncated(names, to: area.columns - 6)),
      ], column: area.column, row: parts.bottom.row, limit: area.columns)
  }

  /// How the guidelines begin.
  func drawGuidelines(in area: Rect, of frame: inout Frame) {
    let text = configuration.rubric.guidelines
    guard text.isEmpty else { return write(text, .text, in: area, of: &frame) }
    write("None: a rubric file may hold guidelines.", in: area, of: &frame)
  }

  /// As much of `text` as there is room for, wrapped; a mark where there is more.
  private func write(
    _ text: String, _ role: ThemeRole = .textMuted, in area: Rect, of frame: inout Frame
  ) {
    let wrapped = WrappedText(
      [StyledRun(text, role)], columns: area.columns, display: display, lines: area.rows + 1)
    frame.write(wrapped, in: area)
    frame.scrollMarks(
      in: Rect(column: area.column, row: area.row, columns: area.columns + 1, rows: area.rows),
      above: false, below: wrapped.lines.count > area.rows)
  }
}
