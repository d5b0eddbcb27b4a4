import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  func drawEvidenceScreen(in frame: inout Frame) {
    drawHeader(pairTitle + [StyledRun("  evidence", .title)], in: &frame)
    let page = evidencePage(columns: evidenceArea.columns)
    draw(page, from: evidence.top, selected: evidence.selected, in: &frame)
  }

  /// A page that fills the screen, with marks that say where there is more of it.
  func draw(
    _ page: EvidencePage, from wanted: Int, selected: Int? = nil, in frame: inout Frame
  ) {
    let area = evidenceArea
    let top = min(wanted, page.lastTop(rows: area.rows))
    page.draw(from: top, in: area, selected: selected, of: &frame)
    frame.scrollMarks(
      in: Rect(column: 0, row: area.row, columns: size.columns, rows: area.rows),
      above: top > 0, below: top + area.rows < page.lines.count)
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
    let page: EvidencePage
    if showsLabel(at: pair.position) {
      page = evidencePage(columns: inside.columns, showsAllSignals: false)
    } else {
      page = hiddenPage(columns: inside.columns, rows: inside.rows)
    }
    page.draw(from: 0, in: inside, of: &frame)
    frame.scrollMarks(in: area, above: false, below: page.lines.count > inside.rows)
  }

  private func hiddenPage(columns: Int, rows: Int) -> EvidencePage {
    var page = EvidencePage(columns: columns, display: display)
    guard audit.mode == .off else {
      page.text("Hidden until you decide: a random audit is on.", .textMuted)
      return page
    }
    page.text("Hidden until you decide: blind.", .textMuted)
    page.line([])
    page.text([
      StyledRun(keyName(.evidence), .hintKey),
      StyledRun(" shows it now (is recorded)", .hintText),
    ])
    guard let result = engine.latest?.result else { return page }
    var whole = page
    whole.heading("After your decision this shows")
    for signal in [.leaveOneOut] + SignalID.evidence where result.signals[signal] != nil {
      whole.text(signal.phrase, indent: 1)
    }
    return whole.lines.count <= rows ? whole : page
  }

  /// Everything that is known about why the pair in view is suspected.
  func evidencePage(columns: Int, showsAllSignals: Bool? = nil) -> EvidencePage {
    guard let pair, let row = loadedPair else {
      return EvidencePage(columns: columns, display: display)
    }
    return evidenceStory(
      of: row, at: pair.position, order: sideOrder(of: row),
      decision: standing(at: pair.position)?.decision, columns: columns,
      showsAllSignals: showsAllSignals ?? evidence.showsAllSignals
    ).page
  }

  func evidenceStory(
    of row: LoadedRow, at position: Int, order: [Int], decision: Decision?, columns: Int,
    showsAllSignals: Bool = false
  ) -> EvidenceStory {
    EvidenceStory(
      position: position, row: row, order: order, decision: decision, scores: engine.latest?.result,
      evidence: evidenceInView, related: relatedRows,
      biasesAgainst: biases.against(pairAt: position), progress: engineProgress,
      showsAllSignals: showsAllSignals, keymap: keymap, display: display, columns: columns)
  }

  /// What has come of the evidence about the pair in view, where it may be shown.
  var evidenceInView: PairEvidence? { explainedPosition.flatMap { explanations[$0] ?? nil } }

  /// How far a scan that runs is.
  private var engineProgress: String? {
    guard case .scanning(let share, _) = engine.activity else { return nil }
    return Numbers.percent(share)
  }

  private var relatedRows: [Int: RelatedRow] {
    var found: [Int: RelatedRow] = [:]
    for position in evidenceInView?.related?.rows ?? [] {
      switch rows[position] {
      case .pair(let row): found[position] = relatedRow(row, at: position)
      case .problem(let problem):
        found[position] = RelatedRow(
          summary: Phrases.problem(problem), label: "-", state: StyledRun("error", .statusWarning))
      case nil: break
      }
    }
    return found
  }

  private func relatedRow(_ row: LoadedRow, at position: Int) -> RelatedRow {
    let label: String
    if let preferred = row.row.label.preferred, let place = row.order.firstIndex(of: preferred) {
      label = showsLabel(at: position) ? Phrases.letter(place) : "?"
    } else {
      label = showsLabel(at: position) ? "-" : "?"
    }
    return RelatedRow(
      summary: row.summary, label: label,
      state: standing(at: position).map { Phrases.state($0.decision, of: row, order: row.order) }
        ?? StyledRun("open", .textMuted))
  }
}
