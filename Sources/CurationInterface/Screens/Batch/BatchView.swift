import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  /// Under so many rows the decisions alone are shown, without what the signals say of one of them.
  private static let leastRowsForDetail = 14
  private static let headRows = 3

  private var batchParts: (list: Rect, detail: Rect) {
    let area = evidenceArea
    guard area.rows >= Self.leastRowsForDetail else {
      return (area, Rect(column: area.column, row: area.endRow, columns: area.columns, rows: 0))
    }
    let count = batchEntries.count
    let least = min(count + Self.headRows, area.rows / 2)
    let parts = area.split(bottom: min(area.rows - least, 12))
    return (parts.rest, parts.bottom)
  }

  /// How many decisions are in view.
  var batchRows: Int { max(1, batchParts.list.rows - Self.headRows) }

  func drawBatchScreen(in frame: inout Frame) {
    drawHeader([StyledRun("decisions gone over", .title)], in: &frame)
    let entries = batchEntries
    let (list, detail) = batchParts
    frame.write(
      [StyledRun(display.truncated(batchSummary(entries), to: list.columns))],
      column: list.column, row: list.row)
    let columns = BatchColumns(columns: list.columns)
    frame.write(
      columns.line(BatchColumns.heads, display), column: list.column, row: list.row + 2,
      limit: list.columns)
    let selected = min(max(0, batch.cursor), max(0, entries.count - 1))
    let top = max(0, min(selected - batchRows / 2, entries.count - batchRows))
    for line in 0..<batchRows where entries.indices.contains(top + line) {
      let row = list.row + Self.headRows + line
      frame.write(
        columns.line(fields(of: entries[top + line]), display), column: list.column, row: row,
        limit: list.columns)
      guard top + line == selected else { continue }
      let area = Rect(column: 0, row: row, columns: size.columns, rows: 1)
      frame.put(Cell(">", role: .cursor), column: 0, row: row)
      frame.recolour(area) { _ in .cursor }
    }
    frame.scrollMarks(
      in: Rect(column: 0, row: list.row + Self.headRows, columns: size.columns, rows: batchRows),
      above: top > 0, below: top + batchRows < entries.count)
    drawBatchDetail(in: detail, of: &frame)
  }

  /// How the decisions stand to what the model says of them.
  private func batchSummary(_ entries: [BatchEntry]) -> String {
    let relations = entries.map { relation(of: $0) }
    let with = relations.count(where: { $0?.agrees == true })
    let against = relations.count(where: { $0?.agrees == false })
    let hidden = entries.count(where: { !$0.hasEvidence })
    var text = "\(Numbers.count(entries.count, "decision")): \(with) with the model, "
    text += "\(against) against it (*)"
    if hidden > 0 { text += ", \(hidden) of the audit, without evidence" }
    return text
  }

  /// The side that the model says is better, and whether the decision prefers it too; nil where one of
  /// the two says nothing.
  private func relation(of entry: BatchEntry) -> (side: Int, agrees: Bool?)? {
    let position = entry.target.position
    guard entry.hasEvidence, let row = rows[position]?.loaded, row.ranking == nil,
      let preferred = row.row.label.preferred, row.sideIDs.count == 2,
      let margin = engine.file?.leaveOneOutMargin(at: position), margin != 0
    else { return nil }
    let side = margin > 0 ? preferred : 1 - preferred
    let chosen = entry.standing.decision.verdict.preferredSide
    return (side, chosen.map { $0 == row.sideIDs[side] })
  }

  private func fields(of entry: BatchEntry) -> [BatchColumns.Field: StyledRun] {
    let position = entry.target.position
    var fields: [BatchColumns.Field: StyledRun] = [
      .row: StyledRun(display.padded(String(position), to: 5, alignedRight: true), .textMuted),
      .prompt: StyledRun("..."),
      .suspicion: StyledRun(entry.hasEvidence ? "    -" : "audit", .textMuted),
    ]
    if entry.hasEvidence, let scan = engine.file, let suspicion = scan.suspicion(at: position) {
      let band = scan.bandMark(at: position)
      fields[.suspicion] = StyledRun(
        "\(band.mark) \(Numbers.suspicion(suspicion))", Self.bandRoles[band.level])
    }
    guard let row = rows[position]?.loaded else { return fields }
    let decision = entry.standing.decision
    fields[.decision] = StyledRun(Phrases.verdict(decision, of: row, order: row.order))
    fields[.label] = StyledRun(Phrases.outcome(decision, of: row), .textMuted)
    fields[.prompt] = StyledRun(row.summary, .textMuted)
    if let relation = relation(of: entry), let place = row.order.firstIndex(of: relation.side) {
      let letter = Phrases.letter(place)
      fields[.model] =
        relation.agrees == false
        ? StyledRun("* \(letter)", .statusWarning)
        : StyledRun("  \(letter)", place == 0 ? .sideA : .sideB)
    }
    return fields
  }

  /// What the signals say of the decision under the cursor.
  private func drawBatchDetail(in area: Rect, of frame: inout Frame) {
    guard area.rows > 1, let entry = selectedBatchEntry else { return }
    let position = entry.target.position
    frame.rule(
      column: 0, row: area.row, columns: size.columns,
      title: [StyledRun("ROW \(position)", .title)])
    let inside = area.split(top: 1).rest
    var page = EvidencePage(columns: inside.columns, display: display)
    if !entry.hasEvidence {
      page.text("A row of the random audit: its evidence stays hidden.", .textMuted)
    } else if let row = rows[position]?.loaded {
      page =
        evidenceStory(
          of: row, at: position, order: row.order, decision: entry.standing.decision,
          columns: inside.columns
        ).summary
    }
    page.draw(from: 0, in: inside, of: &frame)
    frame.scrollMarks(in: area, above: false, below: page.lines.count > inside.rows)
  }

  var batchStatus: [StyledRun] {
    [
      StyledRun(keyName(.nextUndecided), .hintKey), StyledRun(" goes on  ", .hintText),
      StyledRun(keyName(.jump), .hintKey), StyledRun(" all evidence of one  ", .hintText),
      StyledRun(keyName(.undo), .hintKey), StyledRun(" takes the last back", .hintText),
    ]
  }
}

/// The columns of the decisions of a batch, as many as fit a width.
private struct BatchColumns {
  enum Field: Hashable {
    case row, suspicion, decision, label, model, prompt
  }

  static let heads: [Field: StyledRun] = [
    .row: StyledRun("  ROW", .title), .suspicion: StyledRun("SUSP", .title),
    .decision: StyledRun("YOU", .title), .label: StyledRun("SO", .title),
    .model: StyledRun("MODEL", .title), .prompt: StyledRun("PROMPT", .title),
  ]

  private let parts: [(field: Field, columns: Int)]

  init(columns: Int) {
    var parts: [(field: Field, columns: Int)] = [
      (.row, 7), (.suspicion, 8), (.decision, 14), (.model, 6),
    ]
    if columns >= 70 { parts.append((.label, 24)) }
    let used = parts.reduce(0) { $0 + $1.columns }
    parts.append((.prompt, max(0, columns - used)))
    self.parts = parts
  }

  func line(_ fields: [Field: StyledRun], _ display: DisplayText) -> [StyledRun] {
    parts.map { part in
      let run = fields[part.field] ?? StyledRun("")
      let text = display.truncated(run.text, to: part.columns - 1)
      return StyledRun(display.padded(text, to: part.columns), run.role)
    }
  }
}
