import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  /// Where the rows of the queue stand while the queue fills the screen.
  var queueArea: Rect { QueueGeometry(size: size).list }

  /// Makes room for rows that have become known; rows never leave the queue.
  mutating func growQueue() {
    guard dataset.rowCount != queue.order.rowCount else { return }
    queue.reorder(
      queueOrder(scores: queue.scores), scores: queue.scores, keepsRow: true,
      visibleRows: queueArea.rows)
  }

  mutating func clampCursor() {
    if let pair, !pair.isAside, let place = queue.order.place(of: pair.position), screen != .queue {
      queue.cursor = place
    }
    let isWorkspace = screen != .queue && PairShape(size: size) == .workspace
    queue.scroll(visibleRows: isWorkspace ? PairGeometry.queueRows(in: size) : queueArea.rows)
  }

  mutating func performInQueue(_ action: Action) {
    if let keys = action.order { return order(by: keys) }
    switch action {
    case .openPair: return openPair()
    case .reverseOrder: return reverseOrder()
    case .mark: return toggleMark()
    case .markRange: return markRange()
    case .markAll: return markAll()
    case .clearMarks: return clearMarks()
    case .keepMarked: return proposeBulk(.keep)
    case .swapMarked: return proposeBulk(.swap)
    case .tieMarked: return proposeBulk(.tie)
    case .bothBadMarked: return proposeBulk(.bothBad)
    case .dropMarked: return proposeBulk(.drop)
    case .skipMarked: return proposeBulk(.skip)
    case .tagMarked: return openBulkTags()
    default: break
    }
    guard let lines = action.lines(inView: queueArea.rows) else { return }
    queue.cursor = min(max(0, queue.cursor + lines), max(0, queue.order.count - 1))
  }

  /// Whether this annotator has still to decide the row at `position`; rows that cannot be read are
  /// never decided.
  private func isUndecided(_ position: Int, countingSkips: Bool) -> Bool {
    guard let id = rowID(at: position) else { return false }
    guard let standing = review.ledger.standing(on: id, by: annotator) else { return true }
    return countingSkips && standing.decision.verdict == .skip
  }

  /// The first of `positions` that is undecided. What was skipped comes back when nothing else is
  /// left.
  func firstUndecided(in positions: some Collection<Int>) -> (position: Int, isSkipped: Bool)? {
    for countingSkips in [false, true] {
      if let position = positions.first(where: { isUndecided($0, countingSkips: countingSkips) }) {
        return (position, countingSkips)
      }
    }
    return nil
  }

  /// Goes to the first of `positions` that is undecided, and adds to the notice what is to be said.
  /// - Returns: Whether there is one.
  @discardableResult
  mutating func goToUndecided(in positions: some Collection<Int>) -> Bool {
    guard dataset.index != nil else {
      refuseUntilIndexed()
      return false
    }
    guard let next = firstUndecided(in: positions) else {
      let isWhole = review.decidedCount == dataset.index?.readableCount
      addToNotice(
        isWhole
          ? "every pair is decided: \(keyName(.export)) exports" : "no other undecided pair")
      return false
    }
    goTo(position: next.position)
    if next.isSkipped { addToNotice("only skipped pairs are left") }
    return true
  }

  mutating func addToNotice(_ text: String) {
    notice = notice.map { Notice("\($0.text)  \(text)", $0.role) } ?? Notice(text)
  }

  /// Puts the cursor on the row at `position`, and opens it where a pair is in view. To a row that the
  /// filter keeps out it goes without the filter.
  mutating func goTo(position: Int, route: Serving.Route = .queue) {
    if [.pair, .evidence, .batch].contains(screen), audit.shown.contains(position) {
      return show(position, route: .search)
    }
    if queue.filter != nil, queue.order.place(of: position) == nil { clearFilter() }
    guard let place = queue.order.place(of: position) else { return }
    queue.cursor = place
    if screen == .queue {
      queue.scroll(visibleRows: queueArea.rows)
    } else {
      openPair(route: route)
    }
  }
}
