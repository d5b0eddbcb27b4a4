import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  func drawPairScreen(in frame: inout Frame) {
    let file = WorkspacePanel.fit(in: size) ? [StyledRun("  \(dataset.name)", .textMuted)] : []
    drawHeader(pairTitle + file, in: &frame)
    guard let pair else { return }
    guard let layout else {
      drawUnreadable(rows[pair.position], in: &frame)
      return
    }
    for divider in layout.geometry.dividers {
      frame.divider(column: divider.column, row: divider.row, rows: divider.rows)
    }
    for pane in PairState.Pane.allCases {
      guard let content = layout.panes[pane], let rule = layout.geometry.rules[pane] else {
        continue
      }
      draw(content, pane, under: rule, in: &frame)
    }
    if let area = layout.geometry.queue { drawQueuePanel(in: area, of: &frame) }
    if let area = layout.geometry.evidence { drawEvidencePanel(in: area, of: &frame) }
    drawWorkspacePanels(layout, in: &frame)
  }

  /// Which row this is. Its rank and suspicion show only where its label does.
  var pairTitle: [StyledRun] {
    guard let pair else { return [] }
    var title = [StyledRun("row \(pair.position)", .title)]
    var progress =
      dataset.index.map {
        "  \(Numbers.grouped(review.decidedCount)) of \(Numbers.grouped($0.readableCount)) decided"
      } ?? ""
    if audit.mode == .alone, let sample = audit.sample {
      progress =
        "  audit: \(auditProgress(in: sample).answered) of \(auditSize(in: sample)) decided"
    }
    guard showsLabel(at: pair.position), let result = queue.scores?.result,
      let rank = result.rank(at: pair.position), let value = result.suspicion(at: pair.position)
    else { return title + [StyledRun(progress, .textMuted)] }
    let mark = result.bandMark(at: pair.position).mark
    title.append(
      StyledRun(
        "  rank \(Numbers.grouped(rank)) of \(Numbers.grouped(result.scoredCount))  "
          + "\(mark) \(Numbers.suspicion(value))"))
    return title
  }

  private func drawUnreadable(_ content: RowContent?, in frame: inout Frame) {
    guard case .problem(let problem) = content else {
      frame.write("reading...", column: 1, row: 2, role: .textMuted)
      return
    }
    let text = WrappedText(
      [
        StyledRun("This row cannot be read as a pair.\n\n", .statusWarning),
        StyledRun(Phrases.problem(problem) + "\n\n"),
        StyledRun("It cannot be decided, and an export copies it as it is.", .textMuted),
      ], columns: size.columns - 2, display: display)
    frame.write(
      text, in: Rect(column: 1, row: 2, columns: size.columns - 2, rows: size.rows - 5))
  }

  private func draw(
    _ content: PaneContent, _ pane: PairState.Pane, under rule: Rect, in frame: inout Frame
  ) {
    let isFocused = pair?.focus == pane
    let note = ruleNote(pane, content)
    frame.rule(
      column: rule.column, row: rule.row, columns: rule.columns, title: ruleTitle(pane),
      note: note.isEmpty ? [] : [StyledRun(" \(note) ", .textMuted)],
      role: isFocused ? .borderFocus : .border)
    drawRows(of: content, in: &frame)
    frame.scrollMarks(
      in: Rect(
        column: rule.column, row: content.area.row, columns: rule.columns,
        rows: content.area.rows), above: content.top > 0, below: content.hasMoreBelow)
  }

  /// The lines in view, and a mark in each row that was put in.
  private func drawRows(of content: PaneContent, in frame: inout Frame) {
    let area = content.area
    var filled = 0
    for line in content.lines {
      let row = content.row(ofLine: line)
      for gap in filled..<row { drawGap(gap, of: area, in: &frame) }
      frame.write(
        content.text.runs(ofLine: line), column: area.column, row: area.row + row,
        limit: area.columns)
      filled = row + 1
    }
    for gap in filled..<max(filled, min(area.rows, content.rowsBelowTop)) {
      drawGap(gap, of: area, in: &frame)
    }
  }

  private func drawGap(_ row: Int, of area: Rect, in frame: inout Frame) {
    frame.write("~", column: area.column, row: area.row + row, role: .textMuted, limit: 1)
  }

  private func ruleTitle(_ pane: PairState.Pane) -> [StyledRun] {
    guard let row = loadedPair else { return [] }
    let isFocused = pair?.focus == pane
    let mark = isFocused ? "*" : ""
    switch pane {
    case .prompt: return [StyledRun("PROMPT\(mark)", .title)]
    case .a, .b:
      let place = pane == .a ? 0 : 1
      let role: ThemeRole = pane == .a ? .sideA : .sideB
      return [StyledRun(Phrases.letter(place) + mark, role)] + labelRun(of: place, row)
    }
  }

  /// What the file says of the side in `pane`, where that may show; else nothing.
  func labelText(of pane: PairState.Pane, _ row: LoadedRow) -> String {
    pane == .prompt ? "" : labelRun(of: pane == .a ? 0 : 1, row).map(\.text).joined()
  }

  /// What the file says of a side, where that may show.
  private func labelRun(of place: Int, _ row: LoadedRow) -> [StyledRun] {
    let order = sideOrder(of: row)
    guard let pair, showsLabel(at: pair.position), order.indices.contains(place),
      let preferred = row.row.label.preferred
    else { return [] }
    return [StyledRun(order[place] == preferred ? " (chosen)" : " (rejected)", .textMuted)]
  }

  private func ruleNote(_ pane: PairState.Pane, _ content: PaneContent) -> String {
    guard let row = loadedPair else { return "" }
    switch pane {
    case .prompt:
      let isWhole = content.top == 0 && !content.hasMoreBelow
      if pair?.isPromptUnfolded == true { return "\(content.position)  p folds" }
      guard !isWhole else { return "" }
      return "\(Numbers.counted(row.row.context.count, "turn"))  \(content.position)  p unfolds"
    case .a, .b:
      guard row.words.count > 1 || pane == .a else { return "nothing to compare" }
      let words = row.words[min(wordPlace(pane), row.words.count - 1)]
      return "\(Numbers.counted(words, "word"))  \(content.position)"
    }
  }

  /// `LoadedRow.words` knows nothing of turned sides.
  private func wordPlace(_ pane: PairState.Pane) -> Int {
    (pane == .a) == (pair?.isTurned == true) ? 1 : 0
  }

  private func drawQueuePanel(in area: Rect, of frame: inout Frame) {
    frame.rule(
      column: area.column, row: area.row, columns: area.columns,
      title: [StyledRun("QUEUE", .title)])
    let list = Rect(
      column: area.column, row: area.row + 1, columns: area.columns, rows: area.rows - 1)
    let columns = QueueColumns(
      columns: area.columns, rowCount: dataset.rowCount, hasScores: !isBlind && queue.scores != nil,
      showsMargin: false)
    drawQueueRows(columns, in: list, of: &frame)
  }

  /// What stands above the hints while nothing has happened: decision, tags, note, comparison.
  var pairStatus: [StyledRun] {
    guard let pair, let row = loadedPair else { return [] }
    var runs: [StyledRun] = []
    let order = sideOrder(of: row)
    if let ranking = row.ranking { runs.append(StyledRun("\(ranking.phrase)  ", .textMuted)) }
    if let standing = standing(at: pair.position) {
      runs.append(
        StyledRun(Phrases.verdict(standing.decision, of: row, order: order), .statusOK))
      if showsLabel(at: pair.position) {
        runs.append(StyledRun("; \(Phrases.outcome(standing.decision, of: row))"))
      }
    } else {
      runs.append(StyledRun("not decided", .textMuted))
    }
    let decision = standing(at: pair.position)?.decision
    if let reason = decision?.reason { runs.append(StyledRun("  reason: \(reason)")) }
    // Where there are panels, they show it.
    if !WorkspacePanel.fit(in: size) {
      let (note, tags) = remarksInView
      if !tags.isEmpty { runs.append(StyledRun("  tags: \(tags.joined(separator: " "))")) }
      let ratings = ratingsInView
      if !ratings.isEmpty {
        runs.append(StyledRun("  \(criteriaPhrase(ratings, of: row))"))
      }
      if !note.isEmpty { runs.append(StyledRun("  note: \(display.truncated(note, to: 30))")) }
    }
    return runs + pairFacts
  }

  /// What is to be known of the pair in view whatever has been decided: it shows beside what happened
  /// last, too.
  var pairFacts: [StyledRun] {
    guard let pair, let row = loadedPair else { return [] }
    var runs: [StyledRun] = []
    let order = sideOrder(of: row)
    for defect in row.defects where !defect.isAboutLabel || !isBlind {
      runs.append(StyledRun("  \(Phrases.defect(defect))", .statusWarning))
    }
    if order.count == 1, showsLabel(at: pair.position) {
      runs.append(StyledRun("  the file calls it \(Phrases.label(of: row, order: order))"))
    }
    if order.count > 2 {
      runs.append(StyledRun("  2 of \(order.count) responses shown", .statusWarning))
    }
    runs += pictureRuns
    if rendering.isRaw { runs.append(StyledRun("  raw text", .statusWarning)) }
    if let text = comparisonText { runs.append(StyledRun("  \(text)", .textMuted)) }
    if WorkspacePanel.fit(in: size) { runs.append(StyledRun("  \(stepCounts)", .textMuted)) }
    return runs
  }

  private var comparisonText: String? {
    guard let comparison = layout?.comparison else { return nil }
    switch comparison.outcome {
    case .off: return nil
    case .tooLong: return "diff: off, too long"
    case .tooDifferent: return "diff: off, \(Numbers.percent(comparison.commonShare)) common"
    case .marked: return "common words dimmed: \(Numbers.percent(comparison.commonShare))"
    }
  }
}
