import PreferenceScoring
import TerminalSurface

// A filter whose answer new numbers have changed.
extension Session {
  /// Has the query of the filter answered anew, behind everything that a person waits for.
  ///
  /// - Parameter looksIntoTexts: Whether also where every text would have to be looked through again,
  ///   which is too much after each decision.
  mutating func refreshFilter(lookingIntoTexts looksIntoTexts: Bool = false) {
    guard let query = queue.filter?.query?.query, queries.pending == nil else { return }
    // A newer query would end the one that is being written.
    if case .filter = overlay { return }
    guard looksIntoTexts || (query.needsScan && !query.readsRows) else { return }
    queries.refresh = (ask(query), query)
  }

  /// Lists what the filter finds now: the rows as far as the cursor stay as they are, what comes behind
  /// them is new.
  mutating func takeRefreshed(_ answer: QueryAnswer) {
    guard let (_, query) = queries.refresh, let old = queue.filter, old.query?.query == query else {
      return
    }
    queries.refresh = nil
    let gone = Array(queue.order.positions.prefix(queue.cursor + 1))
    let isGone = Set(gone)
    let found = gone + answer.positions.filter { !isGone.contains($0) }
    queue.filter = QueueFilter(
      title: old.title, positions: old.isOrdered ? found : found.sorted(),
      tellsLabel: old.tellsLabel, query: old.query, isOrdered: old.isOrdered)
    let rest = queueOrder(scores: queue.scores).positions.filter { !isGone.contains($0) }
    queue.reorder(
      QueueOrder(rowCount: dataset.rowCount, positions: gone + rest), scores: queue.scores,
      keepsRow: true, visibleRows: queueArea.rows)
  }
}
