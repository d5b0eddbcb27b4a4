import TerminalSurface

/// How far the evidence has been scrolled.
struct EvidenceState: Hashable, Sendable {
  var top = 0
}

extension Session {
  mutating func performInEvidence(_ action: Action) {
    let page = max(1, evidenceArea.rows - 1)
    switch action {
    case .lineDown: evidence.top += 1
    case .lineUp: evidence.top -= 1
    case .halfPageDown: evidence.top += max(1, page / 2)
    case .halfPageUp: evidence.top -= max(1, page / 2)
    case .pageDown: evidence.top += page
    case .pageUp: evidence.top -= page
    case .top: evidence.top = 0
    case .bottom: evidence.top = .max / 2
    case .openPair: screen = .pair
    default: break
    }
    let lines = evidenceText(columns: evidenceArea.columns).lines.count
    evidence.top = min(max(0, evidence.top), max(0, lines - evidenceArea.rows))
  }

  /// Where the evidence stands while it fills the screen.
  var evidenceArea: Rect {
    Rect(column: 1, row: 1, columns: size.columns - 2, rows: size.rows - PairGeometry.frameRows)
  }
}
