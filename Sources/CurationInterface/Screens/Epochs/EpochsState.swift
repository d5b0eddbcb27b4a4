import PreferenceScoring
import TerminalSurface

/// How far the epochs have been scrolled.
struct EpochsState: Hashable, Sendable {
  var top = 0
}

extension Session {
  mutating func openEpochs() {
    guard evidenceInView?.trajectory != nil else {
      notice = Notice("peer review has not judged this pair: there are no epochs to show")
      return
    }
    screen = .epochs
    epochs = EpochsState()
  }

  mutating func performInEpochs(_ action: Action) {
    let rows = evidenceArea.rows
    let page = max(1, rows - 1)
    switch action {
    case .lineDown: epochs.top += 1
    case .lineUp: epochs.top -= 1
    case .halfPageDown: epochs.top += max(1, page / 2)
    case .halfPageUp: epochs.top -= max(1, page / 2)
    case .pageDown: epochs.top += page
    case .pageUp: epochs.top -= page
    case .top: epochs.top = 0
    case .bottom: epochs.top = .max / 2
    case .epochs: screen = .evidence
    case .openPair: screen = .pair
    default: break
    }
    let content = epochsPage(columns: evidenceArea.columns, rows: rows)
    epochs.top = min(max(0, epochs.top), content.lastTop(rows: rows))
  }
}
