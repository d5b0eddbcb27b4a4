import PreferenceData
import TerminalSurface

/// Which decision a reason is asked for.
struct ReasonQuestion: Hashable, Sendable {
  let target: DecisionTarget
  /// Whether the next pair waits for the answer.
  let goesOn: Bool
}

/// A decision of this session's annotator: its row, and in a ranking the judged sides.
struct DecisionTarget: Hashable, Sendable {
  let row: RowID
  let position: Int
  let pair: SidePair?
}

/// What a session knows of reasons.
struct ReasonState: Hashable, Sendable {
  /// Whether a swap asks for its reason before the next pair comes.
  var isAsked = false
  /// The preference that was decided last.
  var last: DecisionTarget?
}

extension Session {
  /// `r`: asks why the label of the decided pair in view is wrong; on an undecided one, of the pair
  /// that was decided before it.
  mutating func askReason() {
    guard mayRecord() else { return }
    if let pair, let id = rowID(at: pair.position), let standing = standing(at: pair.position),
      standing.decision.verdict.preferredSide != nil
    {
      let target = DecisionTarget(row: id, position: pair.position, pair: standing.decision.pair)
      overlay = .reason(ReasonQuestion(target: target, goesOn: false))
    } else if let last = reasons.last, standing(of: last)?.decision.verdict.preferredSide != nil {
      overlay = .reason(ReasonQuestion(target: last, goesOn: false))
    } else {
      notice = Notice(
        "prefer a side first: then \(keyName(.reason)) says why the label was wrong")
    }
  }

  /// `,y`: whether each swap asks for its reason before the next pair comes.
  mutating func toggleAskingReasons() {
    reasons.isAsked.toggle()
    notice = Notice(
      reasons.isAsked
        ? "after a swap the reason is asked for; Enter gives none"
        : "no reasons are asked for; \(keyName(.reason, in: .pair)) gives one")
  }

  /// Asks for the reason of a decision just made, where it went against the label and that is wanted.
  /// - Returns: Whether the next pair waits for the answer.
  mutating func asksReason(of decision: RowDecision, at position: Int, on row: LoadedRow) -> Bool {
    let verdict = decision.decision.verdict
    guard verdict.preferredSide != nil else { return false }
    let target = DecisionTarget(row: decision.row, position: position, pair: decision.decision.pair)
    reasons.last = target
    guard verdict.outcome(sides: row.sideIDs, preferred: row.row.label.preferred) == .swap else {
      return false
    }
    guard reasons.isAsked else {
      // Blind, the hint would tell what the label said.
      if !isBlind { addToNotice("\(keyName(.reason)): say why") }
      return false
    }
    overlay = .reason(ReasonQuestion(target: target, goesOn: goesOnAfterDeciding))
    return true
  }

  mutating func press(_ key: KeyPress, in question: ReasonQuestion) {
    switch key {
    case .enter, .escape:
      overlay = nil
      if question.goesOn { goOnAfterReason(question.target) }
    case .character(let character):
      guard let reason = configuration.rubric.reasons.first(where: { $0.key == character }) else {
        return
      }
      overlay = nil
      keep(reason, question)
    default: return
    }
  }

  /// The reason is a new event with the same verdict: a step of its own, which `u` takes back first.
  private mutating func keep(_ reason: ReviewReason, _ question: ReasonQuestion) {
    guard let standing = standing(of: question.target) else { return }
    var decision = standing.decision
    decision.reason = reason.name
    guard decision != standing.decision, mayRecord() else {
      if question.goesOn { goOnAfterReason(question.target) }
      return
    }
    recordRemark(decision, question.target, serving: standing.serving, goesOn: question.goesOn)
  }

  /// Records `decision` in place of the one that stands: the same verdict with another remark.
  mutating func recordRemark(
    _ decision: Decision, _ target: DecisionTarget, serving: Serving, goesOn: Bool
  ) {
    review.editedRow = target.row
    review.isGoingOn = goesOn
    record(.decided([RowDecision(row: target.row, decision: decision, serving: serving)]))
  }

  /// After its reason, a decision may still be asked for its criteria.
  private mutating func goOnAfterReason(_ target: DecisionTarget) {
    if let verdict = standing(of: target)?.decision.verdict, wantsCriteria(after: verdict) {
      openCriteria(goesOn: true)
    } else {
      goOnAfterEvidence()
    }
  }

  /// Says what has become of a remark on a pair no longer in view, and lets the next pair come where it
  /// has waited.
  /// - Returns: Whether `decisions` are such a remark.
  mutating func takesRemark(_ decisions: [RowDecision]) -> Bool {
    guard decisions.count == 1, let given = decisions.first, given.row == review.editedRow,
      review.isGoingOn || pair.flatMap({ rowID(at: $0.position) }) != given.row
    else { return false }
    let position = dataset.index?.position(of: given.row)
    let row = position.map { "row \($0): " } ?? ""
    let reason = given.decision.reason.map { "reason \($0)" } ?? ""
    let criteria = given.decision.ratings.isEmpty ? "" : "criteria answered"
    let kept = [reason, criteria].filter { !$0.isEmpty }.joined(separator: ", ")
    notice = Notice("\(row)\(kept)", .statusOK)
    review.editedRow = nil
    guard review.isGoingOn else { return true }
    review.isGoingOn = false
    let target = DecisionTarget(row: given.row, position: position ?? 0, pair: given.decision.pair)
    if given.decision.ratings.isEmpty { goOnAfterReason(target) } else { goOnAfterEvidence() }
    return true
  }

  /// The decision that is meant, as it stands now.
  func standing(of target: DecisionTarget) -> ReviewLedger.Standing? {
    review.ledger.judgments(on: target.row, by: annotator).last {
      $0.decision.pair == target.pair
    }
  }

  /// The reasons with their keys, over the lowest rows.
  func drawReasons(_ question: ReasonQuestion, in frame: inout Frame) {
    let entries = configuration.rubric.reasons
    let perRow = size.columns >= 80 ? 2 : 1
    let rows = min(size.rows - 5, (entries.count + perRow - 1) / perRow) + 2
    let inside = frame.box(
      Rect(column: 0, row: size.rows - 2 - rows, columns: size.columns, rows: rows),
      title: [StyledRun(" row \(question.target.position): if its label is wrong, why? ", .title)],
      footer: [
        StyledRun(question.goesOn ? " Enter none, next pair " : " Esc none ", .hintText)
      ], role: .borderFocus)
    let entryColumns = (size.columns - 4) / perRow
    for (number, reason) in entries.enumerated() where number / perRow < inside.rows {
      let column = inside.column + 1 + (number % perRow) * entryColumns
      let row = inside.row + number / perRow
      frame.write(String(reason.key), column: column, row: row, role: .hintKey, limit: 2)
      frame.write(
        display.truncated("\(reason.name): \(reason.meaning)", to: entryColumns - 4),
        column: column + 2, row: row, role: .hintText)
    }
  }
}
