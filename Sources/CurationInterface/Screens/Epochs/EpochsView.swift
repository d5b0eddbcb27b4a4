import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  func drawEpochsScreen(in frame: inout Frame) {
    drawHeader(pairTitle + [StyledRun("  epochs", .title)], in: &frame)
    let page = epochsPage(columns: evidenceArea.columns, rows: evidenceArea.rows)
    draw(page, from: epochs.top, in: &frame)
  }

  func epochsPage(columns: Int, rows: Int) -> EvidencePage {
    guard let row = loadedPair, let evidence = evidenceInView,
      let trajectory = evidence.trajectory
    else {
      var page = EvidencePage(columns: columns, display: display)
      page.text("The epochs are being worked out...", .textMuted)
      return page
    }
    let story = EpochsStory(
      trajectory: trajectory, standings: evidence.standings,
      isChosenFirst: row.row.label.preferred == sideOrder(of: row).first, display: display,
      columns: columns, rows: rows)
    return story.page
  }
}
