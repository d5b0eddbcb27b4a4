import TerminalSurface

extension Session {
  func drawExport(in frame: inout Frame) {
    guard let export else { return }
    let columns = overlayBox(rows: 4).columns - 4
    let paragraphs = exportLines(export).map {
      WrappedText([$0], columns: columns, display: display)
    }
    let box = overlayBox(rows: paragraphs.reduce(4) { $0 + $1.lines.count })
    let inside = frame.box(
      box, title: [StyledRun(" export ", .title)],
      footer: [StyledRun(" \(exportHint(export.phase)) ", .hintText)], role: .borderFocus)
    guard inside.rows > 0 else { return }
    frame.write("to ", column: inside.column + 1, row: inside.row, limit: inside.columns - 1)
    if case .writing = export.phase {
      frame.write(
        export.field.text, column: inside.column + 4, row: inside.row, limit: inside.columns - 5)
    } else {
      export.field.draw(
        in: &frame, column: inside.column + 4, row: inside.row, columns: inside.columns - 5)
    }
    var rest = inside.split(top: 2).rest
    rest = Rect(column: rest.column + 1, row: rest.row, columns: columns, rows: rest.rows)
    for paragraph in paragraphs {
      frame.write(paragraph, from: 0, in: rest)
      rest = rest.split(top: paragraph.lines.count).rest
    }
    if case .writing(let share) = export.phase {
      frame.gauge(
        share, column: inside.column + 1, row: inside.row + 1, columns: inside.columns - 2)
    }
  }

  private func exportLines(_ export: ExportState) -> [StyledRun] {
    switch export.phase {
    case .editing:
      [
        StyledRun(
          "Rows that nobody changed are copied byte for byte; in swapped rows the sides change "
            + "places; ties, both-bad and dropped rows are left out. Nothing is written before you "
            + "have seen the counts.")
      ]
    case .planning: [StyledRun("counting...", .textMuted)]
    case .planned(let lines), .done(let lines): lines.map { StyledRun($0) }
    case .writing(let share): [StyledRun("writing: \(Numbers.percent(share))")]
    case .failed(let problem):
      [problem.what, problem.why, problem.remedy].filter { !$0.isEmpty }
        .map { StyledRun($0, .statusError) }
    }
  }

  private func exportHint(_ phase: ExportState.Phase) -> String {
    switch phase {
    case .editing, .failed: "Enter count first  Esc close"
    case .planning: "Esc close"
    case .planned: "Enter write  Esc close"
    case .writing: "Esc close, the export goes on"
    case .done: "Enter close"
    }
  }

  /// A box in the middle of the screen, never wider than 100 columns, with `rows` rows if they fit.
  func overlayBox(rows: Int) -> Rect {
    let columns = size.columns >= 60 ? min(100, size.columns - 4) : size.columns
    // The first row, the status row and the hints stay in view.
    let height = min(rows, size.rows - 3)
    return Rect(
      column: (size.columns - columns) / 2, row: 1 + (size.rows - 3 - height) / 3,
      columns: columns, rows: height)
  }
}
