import PreferenceData
import TerminalSurface

extension Session {
  /// What a label key asks for, before it is known what row it meets.
  enum Choice: Hashable, Sendable {
    /// The side that stands at this place, 0 for A; 1 better, 2 much better.
    case side(Int, strength: Int)
    case tie, bothBad, drop, skip
    /// The file's label, as it is or exchanged.
    case keep, swap
  }

  /// Decides the pair in view: one event, which goes to the journal; the view moves on when the
  /// journal has it.
  mutating func decide(_ choice: Choice) {
    guard let pair else { return }
    guard let (id, row) = decidablePair() else { return }
    guard let (verdict, strength) = verdict(of: choice, on: row) else { return }
    guard row.row.sides.count == 2 || verdict == .drop || verdict == .skip else {
      notice = Notice(
        "this row has \(Numbers.count(row.row.sides.count, "response")): it can be dropped "
          + "(\(keyName(.drop))) or skipped (\(keyName(.skip)))",
        .statusWarning)
      return
    }
    var decision = Decision(verdict, strength: strength)
    if let ranking = row.ranking, verdict != .bothBad, verdict != .drop {
      decision.pair = ranking.shownSides
      if let hindrance = hindrance(to: decision, on: id, ranking) {
        notice = Notice(hindrance, .statusWarning)
        return
      }
    }
    let standing = standing(at: pair.position)
    let draft = review.drafts[id]
    decision.note = draft?.note ?? standing?.decision.note ?? ""
    decision.tags = draft?.tags ?? standing?.decision.tags ?? []
    let ratings = draft?.ratings ?? []
    decision.ratings = ratings.isEmpty ? standing?.decision.ratings ?? [] : ratings
    record(
      .decided([RowDecision(row: id, decision: decision, serving: serving(of: id, pair, row))]))
  }

  private func verdict(of choice: Choice, on row: LoadedRow) -> (Verdict, strength: Int?)? {
    let order = sideOrder(of: row)
    let preferred = row.row.label.preferred
    switch choice {
    case .side(let place, let strength):
      // A row with one response has no B; that it cannot be compared is said next.
      return (.prefers(row.sideIDs[order[min(place, order.count - 1)]]), strength)
    case .tie: return (.tie, nil)
    case .bothBad: return (.bothBad, nil)
    case .drop: return (.drop, nil)
    case .skip: return (.skip, nil)
    case .keep:
      return Verdict(.keep, sides: row.sideIDs, preferred: preferred).map { ($0, nil) }
    case .swap:
      return Verdict(.swap, sides: row.sideIDs, preferred: preferred).map { ($0, nil) }
    }
  }

  /// What no later analysis can reconstruct: why this row was in view and what could be seen of it.
  private func serving(of id: RowID, _ pair: PairState, _ row: LoadedRow) -> Serving {
    let result = queue.scores?.result
    let standing = review.ledger.standing(on: id, by: annotator)
    let route = route(of: pair, row)
    return Serving(
      route: route, probability: servingProbability(of: route), scan: queue.scores?.id,
      rank: result?.rank(at: pair.position),
      suspicion: result?.suspicion(at: pair.position),
      firstSide: row.sideIDs[sideOrder(of: row)[0]],
      labelSeen: review.labelsSeen.contains(id) || standing?.serving.labelSeen == true,
      evidenceSeen: review.evidenceSeen.contains(id) || standing?.serving.evidenceSeen == true,
      seconds: pair.activeMilliseconds.map { Double($0) / 1_000 })
  }

  /// The pair in view if it may be decided now; else says why not.
  mutating func decidablePair() -> (id: RowID, row: LoadedRow)? {
    guard let pair, mayRecord() else { return nil }
    switch rows[pair.position] {
    case .problem:
      notice = Notice("this row cannot be read as a pair, so it cannot be decided", .statusWarning)
    case .pair(let row):
      if let id = rowID(at: pair.position) { return (id, row) }
      notice = Notice("this row has no identity: the file may have changed", .statusWarning)
    case nil: notice = Notice("this row is still being read", .statusWarning)
    }
    return nil
  }

  /// Whether an event may be made now; else says why not.
  mutating func mayRecord() -> Bool {
    switch review.access {
    case nil:
      notice = Notice(
        "the review is still being opened; nothing can be decided yet", .statusWarning)
      return false
    case .read(let holder):
      notice = Notice(
        "read-only: \(holder) holds this review; decisions are refused here", .statusWarning)
      return false
    case .write: break
    }
    guard dataset.index != nil else {
      refuseUntilIndexed()
      return false
    }
    return true
  }

  mutating func refuseUntilIndexed() {
    let share = dataset.indexingShare.map { " (\(Numbers.percent($0)) done)" } ?? ""
    notice = Notice(
      "the rows are still being indexed\(share); nothing can be decided yet", .statusWarning)
  }

  /// Offers an event to the journal. Until it answers, keys wait.
  mutating func record(_ content: ReviewEvent.Content) {
    let event = ReviewEvent(
      millisecondsSince1970: clock, annotator: annotator, content: content)
    review.pending = event
    commands.append(.record(event))
  }

  mutating func undo() {
    guard mayRecord() else { return }
    guard let step = review.ledger.nextUndo(of: annotator) else {
      notice = Notice("nothing to undo")
      return
    }
    record(.undone(step.sequence))
  }

  mutating func redo() {
    guard mayRecord() else { return }
    guard let step = review.ledger.nextRedo(of: annotator) else {
      notice = Notice("nothing to redo")
      return
    }
    record(.redone(step.sequence))
  }

  /// Decides the other rows of this pair alike: one step for all of them.
  mutating func decideCopies() {
    guard mayRecord() else { return }
    if review.copyOffer == nil, let pair, let standing = standing(at: pair.position) {
      review.copyOffer = copyOffer(of: pair.position, decision: standing.decision)
    }
    guard let offer = review.copyOffer else {
      notice = Notice("no copies of this pair are left to decide")
      return
    }
    let decisions = offer.positions.compactMap { position -> RowDecision? in
      guard let id = rowID(at: position) else { return nil }
      let serving = Serving(
        route: .bulk, scan: queue.scores?.id, rank: queue.scores?.result.rank(at: position),
        suspicion: queue.scores?.result.suspicion(at: position),
        labelSeen: review.labelsSeen.contains(id), evidenceSeen: review.evidenceSeen.contains(id))
      return RowDecision(row: id, decision: offer.decision, serving: serving)
    }
    record(.decided(decisions))
  }

  /// The other rows with the pair of the row at `position` on which another decision stands, or none.
  func copyOffer(of position: Int, decision: Decision) -> ReviewState.CopyOffer? {
    guard let index = dataset.index, let id = rowID(at: position) else { return nil }
    let copies = index.positions(of: id.pair).filter { copy in
      copy != position && standing(at: copy)?.decision != decision
    }
    return copies.isEmpty ? nil : ReviewState.CopyOffer(positions: copies, decision: decision)
  }
}
