import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  /// `gd`: the dashboard. The biases are compared when they are first asked for.
  mutating func openDashboard() {
    guard dataset.index != nil else { return refuseUntilIndexed() }
    openQueue()
    screen = .dashboard
    dashboard.top = 0
    dashboard.selected = 0
    commands.append(.surveyReview)
    if case .none = biases.phase {
      biases.phase = .working(share: 0)
      commands.append(.surveyBiases)
    }
    refreshDashboard()
  }

  /// Makes the panels anew, where they are in view.
  mutating func refreshDashboard() {
    guard screen == .dashboard, let index = dataset.index, let sample = auditSample() else {
      return
    }
    let figures = dashboard.reviewed.map {
      ReviewFigures(
        $0, of: annotator, sample: sample, planned: audit.plannedCount, scan: engine.file)
    }
    let own = dashboard.reviewed?.filter { $0.annotator == annotator }
    let story = DashboardStory(
      DashboardFacts(
        index: index, scan: engine.file, figures: figures, biases: biases.table,
        loop: dashboard.loop,
        served: own.flatMap { own in
          engine.file.map { scan in
            Result { () throws(ServedNoise.Reason) in
              try ServedNoise(own, sample: sample, ranks: scan.ranks)
            }
          }
        },
        engine: engine.activity.phrase(starting: keyName(.engine)), biasShare: biases.share,
        isBlind: isBlind),
      glyphs: display.glyphs)
    let summary = story.summary
    dashboard.panels = summary + story.details
    dashboard.summaryCount = summary.count
    scrollDashboard()
  }

  mutating func performInDashboard(_ action: Action) {
    let count = dashboard.links.count
    switch action {
    case .drillDown: drillDown()
    case .startReview:
      openQueue()
      openUndecided()
    case .startAudit: startAudit()
    case .lineDown where dashboard.selected + 1 >= count: dashboard.top += 1
    case .lineDown: dashboard.selected += 1
    case .lineUp where dashboard.selected == 0: dashboard.top -= 1
    case .lineUp: dashboard.selected -= 1
    default:
      guard let lines = action.lines(inView: dashboardAreas[0].rows) else { return }
      moveDashboard(by: lines)
      return
    }
    if action == .lineUp || action == .lineDown { scrollDashboard(toSelected: true) }
  }

  /// Moves the view, and the cursor to the first line in it that leads somewhere.
  private mutating func moveDashboard(by lines: Int) {
    dashboard.top += lines
    scrollDashboard()
    let pages = dashboardPages
    let rows = dashboardAreas[0].rows
    let inView = pages.flatMap { page in
      page.linked.filter { (dashboard.top..<dashboard.top + rows).contains($0) }
        .compactMap { page.lines[$0].target }
    }
    if !inView.contains(dashboard.selected), let first = inView.first { dashboard.selected = first }
  }

  /// Keeps view and cursor within what there is.
  private mutating func scrollDashboard(toSelected: Bool = false) {
    let pages = dashboardPages
    let rows = dashboardAreas[0].rows
    dashboard.selected = min(max(0, dashboard.selected), max(0, dashboard.links.count - 1))
    if toSelected, let line = pages.compactMap({ $0.line(to: dashboard.selected) }).first {
      // The title over the first line of a panel shows with it.
      if line <= dashboard.top { dashboard.top = max(0, line - 1) }
      if line >= dashboard.top + rows { dashboard.top = line - rows + 1 }
    }
    let last = pages.map { $0.lastTop(rows: rows) }.max() ?? 0
    dashboard.top = min(max(0, dashboard.top), last)
  }

  /// Opens the first pair of the queue, from the cursor on, that is not decided.
  private mutating func openUndecided() {
    let positions = queue.order.positions
    let ahead = positions.dropFirst(queue.cursor) + positions.prefix(queue.cursor)
    guard let next = firstUndecided(in: ahead) else {
      notice = Notice("every pair is decided: \(keyName(.export)) exports")
      return
    }
    goTo(position: next.position)
    openPair()
  }

  /// Lists what the line under the cursor counts.
  private mutating func drillDown() {
    guard dashboard.links.indices.contains(dashboard.selected) else { return }
    switch dashboard.links[dashboard.selected] {
    case .bias(let row):
      openBiases()
      biases.cursor = row
      biases.scroll(visibleRows: biasGeometry.list.rows)
    case .rows(let title, let positions):
      guard !positions.isEmpty else {
        notice = Notice("there are none")
        return
      }
      screen = .queue
      setFilter(QueueFilter(title: title, positions: positions.sorted(), tellsLabel: false))
      queue.cursor = 0
      queue.top = 0
    }
  }
}

extension EngineState.Activity {
  /// What the engine does, in a few words; `key` starts and resumes a scan.
  fileprivate func phrase(starting key: String) -> String {
    switch self {
    case .idle: "no scan: \(key) starts one"
    case .scanning(let share, let left):
      "scanning, \(Numbers.percent(share))" + (left.map { ", \(Numbers.timeLeft($0)) left" } ?? "")
    case .paused(let share): "paused at \(Numbers.percent(share)): \(key) resumes"
    case .done: "the scan is done"
    case .failed(let problem): "the scan failed: \(problem.what)"
    }
  }
}
