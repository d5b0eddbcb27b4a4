import PreferenceData
import TerminalSurface

/// A step of the annotator's as the history lists it.
struct PastStep: Hashable, Sendable {
  let event: ReviewEvent
  let decisions: [RowDecision]
  /// Of the row that was decided; nil where there were several, or the data set has it no more.
  let position: Int?
}

extension Session {
  /// More steps than this are not looked through for those that the history shows.
  private static let stepLimit = 40

  /// The last steps of this annotator that stand, the newest first, one for each row: a note or a
  /// criterion given later is a step of its own with the same decision.
  ///
  /// While a row is looked at once more as if it were new, what was said about its pair is left out.
  func pastSteps(_ count: Int) -> [PastStep] {
    let hidden: PairID? =
      pair?.route == .repeat ? pair.flatMap { rowID(at: $0.position)?.pair } : nil
    var shown: Set<RowID> = []
    var steps: [PastStep] = []
    for event in review.ledger.lastSteps(Self.stepLimit, of: annotator) where steps.count < count {
      guard case .decided(let decisions) = event.content, let first = decisions.first else {
        continue
      }
      if let hidden, decisions.contains(where: { $0.row.pair == hidden }) { continue }
      let isOne = decisions.count == 1
      if isOne, !shown.insert(first.row).inserted { continue }
      let position = isOne ? dataset.index?.position(of: first.row) : nil
      steps.append(PastStep(event: event, decisions: decisions, position: position))
    }
    return steps
  }

  /// The rows that the history needs read, where it shows.
  var historyPositions: [Int] {
    guard screen == .pair, WorkspacePanel.fit(in: size) else { return [] }
    return pastSteps(WorkspacePanel.rows(in: size) - 1).compactMap(\.position)
  }

  func drawHistory(in area: Rect, of frame: inout Frame) {
    let steps = pastSteps(area.rows)
    guard !steps.isEmpty else {
      frame.write(
        "nothing decided yet", column: area.column, row: area.row, role: .textMuted,
        limit: area.columns)
      return
    }
    for (line, step) in steps.enumerated() {
      let seconds = step.decisions.count == 1 ? step.decisions[0].serving.seconds : nil
      let time = seconds.map { "\(Numbers.grouped(Int(min($0, 86_400).rounded()))) s" } ?? ""
      frame.write(
        [StyledRun(time, .textMuted)], endingAt: area.endColumn, row: area.row + line)
      frame.write(
        historyRuns(of: step), column: area.column, row: area.row + line,
        limit: area.columns - time.utf8.count - 1)
    }
  }

  private func historyRuns(of step: PastStep) -> [StyledRun] {
    guard step.decisions.count == 1 else {
      return [StyledRun("\(Numbers.counted(step.decisions.count, "row")) in one step")]
    }
    guard let position = step.position else {
      return [StyledRun("a row that is no longer here", .textMuted)]
    }
    let name = StyledRun("row \(position)  ", .textMuted)
    guard let row = rows[position]?.loaded else { return [name, StyledRun("...", .textMuted)] }
    let decision = step.decisions[0].decision
    return [
      name,
      StyledRun(
        Phrases.verdict(decision, of: row, order: row.order),
        Phrases.state(decision, of: row, order: row.order).role),
    ]
  }
}
