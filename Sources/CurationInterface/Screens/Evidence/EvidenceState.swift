import TerminalSurface

/// How the evidence is looked at.
struct EvidenceState: Hashable, Sendable {
  /// The line in the first row.
  var top = 0
  /// The position of the other pair that the cursor is on.
  var selected: Int?
  /// Every signal shows, not only those of the first families.
  var showsAllSignals = false
  /// It was opened from the decisions of a batch, and leads back to them.
  var isOfBatch = false
}

extension Session {
  mutating func performInEvidence(_ action: Action) {
    let rows = evidenceArea.rows
    switch action {
    case .lineDown: moveInEvidence(down: true)
    case .lineUp: moveInEvidence(down: false)
    case .nextRelated: turnRelated(by: 1)
    case .previousRelated: turnRelated(by: -1)
    case .jump: jump()
    case .allSignals: evidence.showsAllSignals.toggle()
    case .epochs: openEpochs()
    case .openPair: screen = .pair
    case .similar: return findSimilar()
    default: if let lines = action.lines(inView: rows) { evidence.top += lines }
    }
    let content = evidencePage(columns: evidenceArea.columns)
    evidence.top = min(max(0, evidence.top), content.lastTop(rows: rows))
    if let line = content.line(to: evidence.selected), isInView(line) { return }
    evidence.selected = nil
  }

  private func isInView(_ line: Int) -> Bool {
    (evidence.top..<evidence.top + evidenceArea.rows).contains(line)
  }

  /// One down or up: to the next pair that is in view, else the text moves by a line.
  private mutating func moveInEvidence(down: Bool) {
    let content = evidencePage(columns: evidenceArea.columns)
    let current = content.line(to: evidence.selected)
    let next =
      down
      ? content.linked.first { isInView($0) && $0 > current ?? -1 }
      : content.linked.last { isInView($0) && $0 < current ?? (evidence.top == 0 ? 0 : .max) }
    if let next {
      evidence.selected = content.lines[next].target
    } else if down || evidence.top > 0 {
      evidence.top += down ? 1 : -1
    }
  }

  /// To the next pair that bears on this one, or the one before; the text follows.
  private mutating func turnRelated(by distance: Int) {
    let content = evidencePage(columns: evidenceArea.columns)
    let linked = content.linked
    guard !linked.isEmpty else {
      notice = Notice("no other pair is listed here")
      return
    }
    let current = content.line(to: evidence.selected).flatMap(linked.firstIndex)
    let next = current.map { ($0 + distance + linked.count) % linked.count }
    let line = linked[next ?? (distance > 0 ? 0 : linked.count - 1)]
    evidence.selected = content.lines[line].target
    // One line above it shows too: what the list is.
    evidence.top = min(max(evidence.top, line - evidenceArea.rows + 1), max(0, line - 1))
  }

  /// Where the evidence stands while it fills the screen.
  var evidenceArea: Rect {
    Rect(column: 1, row: 1, columns: size.columns - 2, rows: size.rows - PairGeometry.frameRows)
  }
}
