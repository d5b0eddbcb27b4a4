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
    switch action {
    case .epochs: screen = .evidence
    case .openPair: screen = .pair
    default: if let lines = action.lines(inView: rows) { epochs.top += lines }
    }
    let content = epochsPage(columns: evidenceArea.columns, rows: rows)
    epochs.top = min(max(0, epochs.top), content.lastTop(rows: rows))
  }
}
