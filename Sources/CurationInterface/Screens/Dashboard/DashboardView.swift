import TerminalSurface

extension Session {
  /// From this width on the details stand beside the summary.
  private static let columnsForTwo = 120

  /// Where the pages of the dashboard stand, the summary first.
  var dashboardAreas: [Rect] {
    let area = evidenceArea
    guard size.columns >= Self.columnsForTwo else { return [area] }
    let half = (area.columns - 2) / 2
    return [
      Rect(column: area.column, row: area.row, columns: half, rows: area.rows),
      Rect(
        column: area.column + half + 2, row: area.row, columns: area.columns - half - 2,
        rows: area.rows),
    ]
  }

  var dashboardPages: [EvidencePage] {
    dashboard.pages(columns: dashboardAreas.map(\.columns), display: display)
  }

  func drawDashboardScreen(in frame: inout Frame) {
    drawHeader(
      [
        StyledRun("dashboard", .title),
        StyledRun("  \(dataset.name)  \(Numbers.grouped(dataset.rowCount)) rows", .textMuted),
      ], in: &frame)
    let area = evidenceArea
    let pages = dashboardPages
    for (page, area) in zip(pages, dashboardAreas) {
      page.draw(from: dashboard.top, in: area, selected: dashboard.selected, of: &frame)
    }
    frame.scrollMarks(
      in: Rect(column: 0, row: area.row, columns: size.columns, rows: area.rows),
      above: dashboard.top > 0,
      below: pages.contains { dashboard.top + area.rows < $0.lines.count })
  }

  /// Says what the audit does, and that more is below.
  var dashboardStatus: [StyledRun] {
    switch audit.mode {
    case .off: [StyledRun("\(keyName(.drillDown)) lists what a line counts", .textMuted)]
    case .mixed:
      [
        StyledRun(
          "audit rows come between the others: \(keyName(.auditMix)) stops", .textMuted)
      ]
    case .alone: [StyledRun("the audit goes on: \(keyName(.startAudit))", .textMuted)]
    }
  }
}
