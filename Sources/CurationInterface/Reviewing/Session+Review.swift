import PreferenceData
import TerminalSurface

extension Session {
  mutating func updateReview(_ message: Message) {
    switch message {
    case .reviewOpened(let ledger, let access, let place):
      review.ledger = ledger
      review.access = access
      review.place = place
      countDecidedRows()
      returnToPlace()
      beginAskedAudit()
    case .recorded(let event): take(recorded: event)
    case .recordFailed(let problem):
      review.pending = nil
      review.editedRow = nil
      review.isGoingOn = false
      bulk.saving = nil
      review.failure = problem
      // They were meant for the pairs that would have come: on this one they would be wrong.
      let dropped = review.heldKeys.count
      review.heldKeys = []
      let lost = dropped == 0 ? "" : " (\(dropped) keys typed since were dropped)"
      notice = Notice("NOT SAVED: \(problem)\(lost)", .statusError)
    default: break
    }
  }

  /// Comes back to the pair that was in view when the review was closed, unless the person has
  /// begun with something else.
  mutating func returnToPlace() {
    guard let place = review.place, let index = dataset.index, review.access != nil else { return }
    review.place = nil
    guard !hasKeyBeenPressed, let position = index.position(of: place) else { return }
    queue.cursor = queue.order.place(of: position) ?? 0
    openPair()
    notice = Notice("back where you were; \(keyName(.back)) shows the queue")
  }

  private mutating func take(recorded event: ReviewEvent) {
    let touched = review.decisions(of: event, annotator: annotator)
    // One event is under way at a time, so an answer is the answer to it.
    let isOwn = review.pending != nil
    if event.sequence > review.ledger.lastSequence { review.append(event, annotator: annotator) }
    guard isOwn else { return }
    review.pending = nil
    review.failure = nil
    review.copyOffer = nil
    switch event.content {
    case .decided(let decisions): continueAfter(decisions)
    case .undone, .redone: continueAt(touched, isUndo: event.content.isUndo)
    }
    takeHeldKeys()
  }

  private mutating func continueAfter(_ decisions: [RowDecision]) {
    for decision in decisions { review.drafts[decision.row] = nil }
    if takesRemark(decisions) { return }
    guard let pair, let row = loadedPair, let id = rowID(at: pair.position),
      let own = decisions.first(where: { $0.row == id })
    else {
      let what: String
      if let participle = bulk.saving {
        what = "\(Numbers.counted(decisions.count, "pair")) \(participle)"
      } else {
        what =
          decisions.count == 1
          ? "1 row decided" : "\(Numbers.grouped(decisions.count)) copies decided alike"
      }
      bulk.saving = nil
      notice = Notice("\(what): \(keyName(.undo)) takes it back", .statusOK)
      return
    }
    let wasEdit = review.editedRow == id
    review.editedRow = nil
    let phrase = Phrases.verdict(own.decision, of: row, order: sideOrder(of: row))
    notice = Notice("row \(pair.position): \(phrase)", .statusOK)
    let wasRepeat = pair.route == .repeat
    if !wasRepeat { review.copyOffer = copyOffer(of: pair.position, decision: own.decision) }
    if let count = review.copyOffer?.positions.count, !wasEdit {
      let copies = count == 1 ? "1 copy" : "\(count) copies"
      let key = keyName(.decideCopies)
      notice?.text += "  \(copies) of this pair: press \(key) to decide alike"
    }
    if !wasEdit { addToBatch(own, at: pair.position) }
    if !wasEdit, !wasRepeat, asksReason(of: own, at: pair.position, on: row) { return }
    if !wasEdit, wantsCriteria(after: own.decision.verdict) {
      openCriteria(goesOn: goesOnAfterDeciding)
    } else if goesOnAfterDeciding, !wasEdit {
      goOnAfterEvidence()
    } else if wasRepeat {
      show(pair.position, route: .search)
    }
  }

  /// Shows the row that was undone or redone.
  private mutating func continueAt(_ decisions: [RowDecision], isUndo: Bool) {
    if isUndo { keepRemarks(of: decisions) } else { dropRemarks(of: decisions) }
    let word = isUndo ? "undone" : "redone"
    let rows = decisions.map(\.row)
    guard let position = firstPosition(of: rows) else {
      notice = Notice("\(word); its row is no longer in the data set", .statusOK)
      return
    }
    let many = rows.count > 1 ? " (\(rows.count) rows in one step)" : ""
    goTo(position: position)
    showPair(judged: decisions.first?.decision.pair)
    notice = Notice("row \(position): \(word)\(many)", .statusOK)
  }

  /// Note and tags stay for the next decision where the one that carried them is taken back, and no
  /// other stands: whoever changes a verdict does not write them again.
  private mutating func keepRemarks(of decisions: [RowDecision]) {
    guard decisions.count == 1, let row = decisions.first?.row,
      let decision = decisions.first?.decision,
      review.ledger.standing(on: row, by: annotator) == nil
    else { return }
    let remarks = ReviewState.Draft(
      note: decision.note, tags: decision.tags, ratings: decision.ratings)
    if !remarks.isEmpty { review.drafts[row] = remarks }
  }

  /// A decision that is brought back brings them itself.
  private mutating func dropRemarks(of decisions: [RowDecision]) {
    for decided in decisions {
      let remarks = ReviewState.Draft(
        note: decided.decision.note, tags: decided.decision.tags, ratings: decided.decision.ratings)
      if review.drafts[decided.row] == remarks { review.drafts[decided.row] = nil }
    }
  }
}

extension ReviewEvent.Content {
  fileprivate var isUndo: Bool { if case .undone = self { true } else { false } }
}
