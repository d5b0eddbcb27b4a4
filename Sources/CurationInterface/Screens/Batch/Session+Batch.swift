import PreferenceData
import PreferenceScoring
import TerminalSurface

/// A decision of the batch that stands.
struct BatchEntry: Sendable {
  let target: DecisionTarget
  let standing: ReviewLedger.Standing
  /// False for a row of the random audit: what is there to measure the reviewer, and the signals, is not
  /// explained by them.
  let hasEvidence: Bool
}

// The evidence of many decisions at once: at the end of a batch, and when it is asked for.
extension Session {
  /// `,E`: whether the evidence comes after every so many decisions.
  mutating func toggleEvidenceAfterBatch() {
    if batch.size > 0 {
      batch.size = 0
      notice = Notice(
        "no evidence comes by itself; \(keyName(.openBatch)) goes over the last decisions")
      return
    }
    batch.size = configuration.batchSize > 0 ? configuration.batchSize : BatchState.usualSize
    showsEvidenceAfterDeciding = false
    notice = Notice(
      "after \(Numbers.count(batch.size, "decision")), and at the end, their evidence is gone over")
  }

  /// `gv`: goes over the decisions since the last look.
  mutating func goOverBatch() {
    guard audit.mode != .alone else {
      notice = Notice("nothing is gone over while an audit goes on")
      return
    }
    guard engine.file != nil else {
      notice = Notice("no scan has finished yet, so no signal says anything of the decisions")
      return
    }
    guard !batchEntries.isEmpty else {
      notice = Notice("nothing has been decided since the start")
      return
    }
    openBatch()
  }

  mutating func openBatch() {
    batch.goOver()
    screen = .batch
    for entry in batchEntries where entry.hasEvidence {
      review.labelsSeen.insert(entry.target.row)
      review.evidenceSeen.insert(entry.target.row)
    }
  }

  /// Remembers a decision for its batch. What was skipped is not decided, and that a row came once more
  /// is not to be told.
  mutating func addToBatch(_ decided: RowDecision, at position: Int) {
    guard decided.decision.verdict != .skip, decided.serving.route != .repeat else { return }
    batch.add(
      DecisionTarget(row: decided.row, position: position, pair: decided.decision.pair))
  }

  /// The decisions of the batch that have not been taken back.
  var batchEntries: [BatchEntry] {
    batch.targets.compactMap { target in
      guard let standing = standing(of: target), standing.decision.verdict != .skip else {
        return nil
      }
      let first = review.ledger.blindStanding(on: target.row, by: annotator)
      let routes = [standing.serving.route, first?.serving.route]
      return BatchEntry(
        target: target, standing: standing, hasEvidence: !routes.contains(.audit))
    }
  }

  /// Whether the evidence of the batch comes by itself now, `atEnd` also where it is not full.
  func isBatchDue(atEnd: Bool = false) -> Bool {
    guard batch.size > 0, !batch.isGoneOver, engine.file != nil, audit.mode != .alone else {
      return false
    }
    let count = batchEntries.count
    return count >= batch.size || (atEnd && count > 0)
  }

  /// The decision under the cursor.
  var selectedBatchEntry: BatchEntry? {
    let entries = batchEntries
    return entries.isEmpty ? nil : entries[min(max(0, batch.cursor), entries.count - 1)]
  }

  mutating func performInBatch(_ action: Action) {
    if action == .jump { return openSelectedOfBatch() }
    guard let lines = action.lines(inView: batchRows) else { return }
    batch.cursor = min(max(0, batch.cursor + lines), max(0, batchEntries.count - 1))
  }

  /// Goes to the pair under the cursor, and to its evidence where that may be shown.
  private mutating func openSelectedOfBatch() {
    guard let entry = selectedBatchEntry,
      let position = dataset.index?.position(of: entry.target.row)
    else { return }
    leaveForJump()
    goTo(position: position, route: .search)
    showPair(judged: entry.target.pair)
    if entry.hasEvidence, showsLabel(at: position) {
      screen = .evidence
      evidence = EvidenceState(isOfBatch: true)
    }
    notice = Notice(
      "row \(position); \(keyName(.jumpBack)) goes back"
        + (entry.hasEvidence ? "" : ". A row of the audit: its evidence stays hidden"))
  }
}
