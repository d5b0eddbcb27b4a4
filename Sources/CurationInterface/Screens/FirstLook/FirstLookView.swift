import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  /// A row of the page, and the line of the story to which it belongs.
  struct FirstLookRow {
    var line: Int
    var runs: [StyledRun]
  }

  var firstLookArea: Rect {
    Rect(column: 0, row: 1, columns: size.columns, rows: max(0, size.rows - 3))
  }

  /// What is told in the mode that is on; nil before anything was counted.
  var firstLookStory: FirstLookStory? {
    guard case .ready(let open, let blind) = firstLook.phase else { return nil }
    return isBlind ? blind : open
  }

  private static let titleColumns = 10

  /// The page, wrapped to the width of the screen.
  func firstLookRows() -> [FirstLookRow]? {
    guard let story = firstLookStory else { return nil }
    let indent = 1 + Self.titleColumns
    var rows: [FirstLookRow] = []
    for (number, line) in story.lines.enumerated() {
      let role: ThemeRole = line.isWarning ? .statusWarning : .text
      let text = WrappedText(
        [StyledRun(line.text, role)], columns: max(10, size.columns - indent - 2), display: display)
      for place in text.lines.indices {
        let title = display.padded(place == 0 ? line.title : "", to: Self.titleColumns)
        rows.append(
          FirstLookRow(
            line: number, runs: [StyledRun(title, .title)] + text.runs(ofLine: place)))
      }
    }
    return rows
  }

  func drawFirstLookScreen(in frame: inout Frame) {
    drawHeader(
      [
        StyledRun("file", .title),
        StyledRun("  \(dataset.name)  \(Numbers.grouped(dataset.rowCount)) rows", .textMuted),
      ], in: &frame)
    guard let rows = firstLookRows() else { return drawFirstLookWaiting(in: &frame) }
    let area = firstLookArea
    for place in 0..<area.rows where rows.indices.contains(firstLook.top + place) {
      let row = rows[firstLook.top + place]
      frame.write(row.runs, column: 1, row: area.row + place, limit: size.columns - 2)
      guard row.line == firstLook.cursor else { continue }
      frame.put(Cell(">", role: .cursor), column: 0, row: area.row + place)
      frame.recolour(
        Rect(column: 0, row: area.row + place, columns: size.columns, rows: 1)
      ) { _ in .cursor }
    }
    frame.scrollMarks(
      in: area, above: firstLook.top > 0, below: firstLook.top + area.rows < rows.count)
  }

  private func drawFirstLookWaiting(in frame: inout Frame) {
    guard case .working(let share) = firstLook.phase else {
      return drawNothingYet(
        "nothing has been counted yet: \(keyName(.openFirstLook)) does", in: &frame)
    }
    drawSurvey("reading all rows", share: share, in: &frame)
  }

  var firstLookStatus: [StyledRun] {
    guard let lines = firstLookStory?.lines else { return [] }
    let count = lines.count { !$0.rows.isEmpty }
    var runs = [StyledRun("\(Numbers.count(count, "line")) with rows to list", .textMuted)]
    if isBlind {
      runs.append(
        StyledRun("  which side is preferred is hidden: \(keyName(.blind))", .statusWarning))
    }
    return runs
  }
}
