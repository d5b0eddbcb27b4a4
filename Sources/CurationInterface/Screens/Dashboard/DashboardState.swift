import PreferenceScoring
import TerminalSurface

/// The dashboard as it is drawn: made anew whenever something that it shows has changed.
struct DashboardState: Sendable {
  /// What the engine said of the decisions; nil until it has.
  var reviewed: [ReviewedRow]?
  /// What the confirmed pairs say; nil until the engine has said so.
  var loop: LoopFigures?
  var panels: [DashboardPanel] = []
  /// How many of the panels come first.
  var summaryCount = 0
  /// The number of the line with a link that is under the cursor, from 0.
  var selected = 0
  /// The line in the first row.
  var top = 0

  /// What the lines lead to, in order.
  var links: [DashboardLink] { panels.flatMap { $0.lines.compactMap(\.link) } }

  /// The panels laid out beside each other where there is room for two columns of them.
  func pages(columns: [Int], display: DisplayText) -> [EvidencePage] {
    let parts =
      columns.count > 1
      ? [panels.prefix(summaryCount), panels.dropFirst(summaryCount)] : [panels[...]]
    var link = 0
    return zip(parts, columns).map { panels, columns in
      var page = EvidencePage(columns: columns, display: display)
      for panel in panels { page.add(panel, nextLink: &link) }
      return page
    }
  }
}

extension EvidencePage {
  /// Adds a rule with the title of `panel`, and its lines.
  fileprivate mutating func add(_ panel: DashboardPanel, nextLink link: inout Int) {
    let rest = max(0, columns - 1 - display.columns(of: panel.title))
    line([
      StyledRun(display.glyphs.horizontal, .border), StyledRun(panel.title, .title),
      StyledRun(String(repeating: display.glyphs.horizontal, count: rest), .border),
    ])
    for content in panel.lines {
      let runs = [StyledRun(" ")] + content.runs
      if content.link == nil {
        text(content.runs, indent: 1)
      } else {
        line(runs, target: link)
        link += 1
      }
    }
  }
}
