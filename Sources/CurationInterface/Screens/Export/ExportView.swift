import TerminalSurface

extension Session {
  func drawExport(in frame: inout Frame) {
    guard let export else { return }
    let columns = overlayBox(rows: 5).columns - 4
    let paragraphs = exportLines(export).map {
      WrappedText([$0], columns: columns, display: display)
    }
    let box = overlayBox(rows: paragraphs.reduce(7) { $0 + $1.lines.count })
    let inside = frame.box(
      box, title: [StyledRun(" export ", .title)],
      footer: [StyledRun(" \(exportHint(export.phase)) ", .hintText)], role: .borderFocus)
    guard inside.rows > 0 else { return }
    drawRequest(export, in: &frame, inside)
    var rest = inside.split(top: 5).rest
    rest = Rect(column: rest.column + 1, row: rest.row, columns: columns, rows: rest.rows)
    for paragraph in paragraphs {
      frame.write(paragraph, from: 0, in: rest)
      rest = rest.split(top: paragraph.lines.count).rest
    }
    if case .writing(let share) = export.phase, inside.rows > 4 {
      frame.gauge(
        share, column: inside.column + 1, row: inside.row + 4, columns: inside.columns - 2)
    }
  }

  /// Path, rows, ties and form, as far as there is room; the part that the keys change is marked.
  private func drawRequest(_ export: ExportState, in frame: inout Frame, _ inside: Rect) {
    let column = inside.column + 1
    let limit = inside.columns - 1
    frame.write(
      "to ", column: column, row: inside.row, role: role(of: .path, export), limit: limit)
    if case .writing = export.phase {
      frame.write(export.field.text, column: column + 5, row: inside.row, limit: limit - 5)
    } else if export.part == .path {
      export.field.draw(
        in: &frame, column: column + 5, row: inside.row, columns: inside.columns - 6)
    } else {
      frame.write(export.field.text, column: column + 5, row: inside.row, limit: limit - 5)
    }
    let choices: [(ExportState.Part, String, [String], String)] = [
      (ExportState.Part.rows, "rows", exportableRows.map(Self.phrase), Self.phrase(export.rows)),
      (.ties, "ties", export.possibleTies.map(Self.phrase), Self.phrase(export.ties)),
      (.form, "as", ExportState.forms.map(Self.formPhrase), Self.formPhrase(export.form)),
    ]
    for (place, (part, name, all, chosen)) in choices.enumerated() where inside.rows > place + 1 {
      let row = inside.row + 1 + place
      frame.write(name, column: column, row: row, role: role(of: part, export), limit: limit)
      frame.write(
        chosen, column: column + 5, row: row, role: export.part == part ? .input : .text,
        limit: limit - 5)
      let used = 5 + display.columns(of: chosen) + 2
      guard used < limit else { continue }
      let number = (all.firstIndex(of: chosen) ?? 0) + 1
      frame.write(
        "\(number) of \(all.count)", column: column + used, row: row, role: .textMuted,
        limit: limit - used)
    }
  }

  private func role(of part: ExportState.Part, _ export: ExportState) -> ThemeRole {
    export.part == part ? .title : .textMuted
  }

  private static func phrase(_ rows: ExportRequest.Rows) -> String {
    switch rows {
    case .all: "all, cleaned"
    case .reviewed: "only those that were decided"
    case .listed(let positions, let title):
      "only the \(Numbers.grouped(positions.count)) of the filter: \(title)"
    }
  }

  private static func phrase(_ ties: ExportRequest.Ties) -> String {
    switch ties {
    case .drop: "left out"
    case .keep: "as they were"
    case .both: "written in both orders"
    }
  }

  private static func formPhrase(_ form: String?) -> String { form ?? "as they are (same)" }

  private func exportLines(_ export: ExportState) -> [StyledRun] {
    switch export.phase {
    case .editing where hasOutdatedRows(export), .planned where hasOutdatedRows(export):
      [
        StyledRun(
          "The filter lists other rows by now. Enter takes these, and counts anew.", .statusWarning)
      ]
    case .editing:
      [
        StyledRun(
          "Rows that nobody changed are copied byte for byte; in swapped rows the sides change "
            + "places; both-bad and dropped rows are left out. Nothing is written before you have "
            + "seen the counts.")
      ]
    case .planning: [StyledRun("counting...", .textMuted)]
    case .planned(let preview):
      preview.lines.map { StyledRun($0) }
        + preview.changes.dropFirst(export.scrolled).flatMap(changeLines)
    case .done(let lines): lines.map { StyledRun($0) }
    case .writing(let share): [StyledRun("writing: \(Numbers.percent(share))")]
    case .failed(let problem):
      [problem.what, problem.why, problem.remedy].filter { !$0.isEmpty }
        .map { StyledRun($0, .statusError) }
    }
  }

  /// A change as a difference is written: what was preferred, and what is now.
  private func changeLines(_ change: ExportPreview.Change) -> [StyledRun] {
    func start(_ text: String) -> String {
      let line = text.split(whereSeparator: \.isWhitespace).prefix(12).joined(separator: " ")
      return String(line.prefix(Self.shownCharacters))
    }
    return [StyledRun("row \(Numbers.grouped(change.position)): \(change.phrase)", .textMuted)]
      + (change.before.map { [StyledRun("- \(start($0))")] } ?? [])
      + (change.after.map { [StyledRun("+ \(start($0))")] } ?? [])
  }

  private static let shownCharacters = 60

  private func exportHint(_ phase: ExportState.Phase) -> String {
    switch phase {
    case .editing, .failed: "Enter count first  Tab rows, ties, form  Esc close"
    case .planning: "Esc close"
    case .planned(let preview) where preview.changes.count > 1:
      "Enter write  Up/Down changes  Tab rows, ties, form  Esc close"
    case .planned: "Enter write  Tab rows, ties, form  Esc close"
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
