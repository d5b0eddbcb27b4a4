import PreferenceData
import PreferenceScoring
import TerminalSurface

/// What is known of the data set: its facts, the identities of its rows, and what went wrong.
struct DatasetState: Sendable {
  var name = ""
  var facts: DatasetFacts?
  /// nil until every row's identity is known; nothing can be decided before.
  var index: RowIndex?
  var indexingShare: Double?
  var failure: ProblemText?
  /// Says that the file is no longer what it was.
  var change: String?

  var rowCount: Int { index?.rowCount ?? facts?.rowCount ?? 0 }
}

extension Session {
  mutating func updateDataset(_ message: Message) {
    switch message {
    case .opened(let facts):
      dataset.facts = facts
      dataset.name = facts.name
      growQueue()
    case .indexing(let share): dataset.indexingShare = share
    case .indexed(let index):
      dataset.index = index
      dataset.indexingShare = nil
      growQueue()
      countDecidedRows()
      returnToPlace()
      beginAskedAudit()
    case .openFailed(let problem): dataset.failure = problem
    case .datasetChanged(let text):
      dataset.change = text
      notice = Notice(text, .statusWarning)
    case .rowsLoaded(let answers):
      for (position, answer) in answers.sorted(by: { $0.key < $1.key }) {
        take(answer, at: position)
      }
    default: break
    }
  }

  private mutating func take(_ answer: Result<PreferenceRow, RowProblem>, at position: Int) {
    requestedRows.remove(position)
    let content: RowContent =
      switch answer {
      case .success(let row) where row.sides.isEmpty:
        .problem(RowProblem(row: position, line: nil, reason: .noSides))
      case .success(let row):
        .pair(
          LoadedRow(
            row, showing: firstPair(at: position), seed: configuration.seed,
            annotator: annotator))
      case .failure(let problem): .problem(problem)
      }
    rows.insert(content, at: position)
    if let pair, pair.position == position { showPair(judged: pair.served) }
  }

  /// The identity of the row at `position`, or nil while it is not known.
  func rowID(at position: Int) -> RowID? {
    guard let index = dataset.index, index.ids.indices.contains(position) else { return nil }
    return index.ids[position]
  }

  /// The position of the first of `rows` that the data set still has.
  func firstPosition(of rows: [RowID]) -> Int? {
    for row in rows {
      if let position = dataset.index?.position(of: row) { return position }
    }
    return nil
  }

  /// Counts anew how many rows of this data set the annotator has decided.
  mutating func countDecidedRows() {
    guard let index = dataset.index else { return }
    review.decidedCount = index.ids.count { id in
      id.map { review.ledger.standing(on: $0, by: annotator) != nil } ?? false
    }
  }

  /// Asks for the rows on screen and some around them, as far as they are not there.
  mutating func requestRows() {
    let needed = neededRows()
    rows.trim(keeping: needed)
    let missing = needed.filter { rows[$0] == nil && !requestedRows.contains($0) }
    guard !missing.isEmpty else { return }
    requestedRows.formUnion(missing)
    commands.append(.loadRows(missing))
  }

  private func neededRows() -> [Int] {
    var places: Set<Int> = []
    if let pair, let place = queue.order.place(of: pair.position) {
      // The next pairs are read ahead, so that a decision never waits for the file.
      places.formUnion((place - 2)...(place + 3))
    }
    if screen == .queue || PairShape(size: size) == .workspace {
      let page = max(1, size.rows)
      places.formUnion((queue.top - page)..<(queue.top + 2 * page))
    }
    let order = queue.order.positions
    var positions = Set(places.filter { order.indices.contains($0) }.map { order[$0] })
    if let pair { positions.insert(pair.position) }
    if screen == .batch { positions.formUnion(batch.targets.map(\.position)) }
    positions.formUnion(historyPositions)
    if let evidence = evidenceInView { positions.formUnion(evidence.related?.rows ?? []) }
    return positions.sorted()
  }
}
