import PreferenceData
import PreferenceScoring
import TerminalSurface

extension Session {
  func drawQueueScreen(in frame: inout Frame) {
    let count = Numbers.grouped(dataset.rowCount)
    var title = [StyledRun(dataset.name, .title)]
    if dataset.facts != nil { title.append(StyledRun("  \(count) rows", .textMuted)) }
    drawHeader(title, in: &frame)
    drawQueueHead(in: &frame)
    let columns = QueueColumns(
      columns: size.columns, rowCount: dataset.rowCount, hasScores: queue.scores != nil,
      showsMargin: !isBlind)
    write(columns.heads, columns, row: QueueGeometry.headRows - 1, column: 0, in: &frame)
    drawQueueRows(columns, in: queueArea, of: &frame)
  }

  private func drawQueueHead(in frame: inout Frame) {
    if let filter = queue.filter { return drawFilter(filter, in: &frame) }
    let order = queueOrderPhrase
    frame.write(order, column: 1, row: 1, role: .textMuted)
    let progress =
      dataset.index.map {
        "\(Numbers.grouped(review.decidedCount)) of \(Numbers.grouped($0.readableCount)) decided"
      } ?? "first rows"
    frame.write(
      [StyledRun(progress, .textMuted)], endingAt: size.columns - 1, row: 1,
      limit: size.columns - order.utf8.count - 4)
  }

  /// How many steps can be taken back, and brought back.
  var stepCounts: String {
    let undo = review.ledger.undoCount(of: annotator)
    return "undo \(undo)  redo \(review.ledger.redoCount(of: annotator))"
  }

  var queueOrderPhrase: String {
    queue.ordering.map { "order: \(Query(order: $0.keys))" }
      ?? (queue.scores == nil ? "order: as in the file" : "order: most suspicious first")
  }

  /// Which rows are listed, and the key that brings back the others.
  func drawFilter(_ filter: QueueFilter, in frame: inout Frame) {
    let key = keymap.key(for: .clearFilter, in: .queue)?.description ?? ""
    var way = [StyledRun(key, .hintKey), StyledRun(" all rows", .hintText)]
    if filter.query != nil {
      let count = Numbers.grouped(filter.positions.count)
      let total = Numbers.grouped(dataset.rowCount)
      way.insert(StyledRun("\(count) of \(total)  ", .textMuted), at: 0)
    }
    frame.write(way, endingAt: size.columns - 1, row: 1)
    let room = size.columns - 4 - way.reduce(0) { $0 + display.columns(of: $1.text) }
    frame.write(
      display.truncated(
        "\(filter.query == nil ? "only" : "filter"): \(filter.title)", to: room), column: 1, row: 1,
      role: .statusWarning)
  }

  /// The rows of the queue in `area`, with the columns given.
  func drawQueueRows(_ columns: QueueColumns, in area: Rect, of frame: inout Frame) {
    guard queue.order.count > 0 else {
      let text = dataset.failure?.description ?? (dataset.facts == nil ? "reading..." : "no rows")
      frame.write(
        display.truncated(text, to: area.columns - 2), column: area.column + 1, row: area.row,
        role: dataset.failure == nil ? .textMuted : .statusError)
      return
    }
    for line in 0..<area.rows where queue.order.positions.indices.contains(queue.top + line) {
      let place = queue.top + line
      let position = queue.order.positions[place]
      write(
        queueFields(at: position, columns), columns, row: area.row + line, column: area.column,
        in: &frame)
      let isMarked = queries.marked.contains(position)
      if isMarked {
        frame.put(Cell("*", role: .marked), column: area.column, row: area.row + line)
      }
      // Beside an audit the cursor would tell which pairs do not come from the queue.
      guard place == queue.cursor, pair == nil || audit.mode == .off else { continue }
      frame.put(
        Cell(isMarked ? "*" : ">", role: .cursor), column: area.column, row: area.row + line)
      frame.recolour(
        Rect(column: area.column, row: area.row + line, columns: area.columns, rows: 1)
      ) { _ in .cursor }
    }
  }

  private func queueFields(at position: Int, _ columns: QueueColumns) -> [QueueColumns.Field:
    StyledRun]
  {
    var fields: [QueueColumns.Field: StyledRun] = [.row: StyledRun(String(position), .textMuted)]
    if let result = queue.scores?.result {
      if let suspicion = result.suspicion(at: position) {
        let band = result.bandMark(at: position)
        fields[.suspicion] = StyledRun(
          "\(band.mark) \(Numbers.suspicion(suspicion))", Self.bandRoles[band.level])
      }
      if let margin = result.leaveOneOutMargin(at: position) {
        fields[.margin] = StyledRun(Numbers.signed(margin))
      }
    }
    switch rows[position] {
    case .pair(let row):
      fields[.words] = StyledRun(
        (row.ranking?.words ?? row.words).map(String.init).joined(separator: ":"), .textMuted)
      fields[.prompt] = StyledRun(row.summary)
      let standing = standing(at: position)
      fields[.state] =
        standing.map { Phrases.state($0.decision, of: row, order: row.order) }
        ?? StyledRun("open", .textMuted)
    case .problem(let problem):
      fields[.state] = StyledRun("error", .statusWarning)
      fields[.prompt] = StyledRun(Phrases.problem(problem), .statusWarning)
    case nil: fields[.prompt] = StyledRun("...", .textMuted)
    }
    return fields
  }

  static let bandRoles: [ThemeRole] = [
    .text, .suspicionLow, .suspicionMiddle, .suspicionHigh,
  ]

  private func write(
    _ fields: [QueueColumns.Field: StyledRun], _ columns: QueueColumns, row: Int, column: Int,
    in frame: inout Frame
  ) {
    for part in columns.parts {
      guard let run = fields[part.field] else { continue }
      let text =
        part.isAlignedRight
        ? display.padded(run.text, to: part.columns, alignedRight: true)
        : display.truncated(run.text, to: part.columns)
      frame.write(
        text, column: column + part.column, row: row, role: run.role, limit: part.columns)
    }
  }

  var queueStatus: [StyledRun] {
    var runs: [StyledRun] = []
    if queue.order.count > 0 {
      let place = Numbers.grouped(queue.cursor + 1)
      runs.append(StyledRun("\(place) of \(Numbers.grouped(queue.order.count))", .textMuted))
    }
    if let index = dataset.index, !index.problems.isEmpty {
      let rows = Numbers.counted(index.problems.count, "row")
      runs.append(StyledRun("  \(rows) cannot be read", .statusWarning))
    }
    if !queries.marked.isEmpty {
      runs.append(StyledRun("  \(Numbers.grouped(queries.marked.count)) marked", .marked))
    }
    if review.ledger.undoCount(of: annotator) + review.ledger.redoCount(of: annotator) > 0 {
      runs.append(StyledRun("  \(stepCounts)", .textMuted))
    }
    if case .read(let holder) = review.access {
      runs.append(StyledRun("  read-only: \(holder) holds this review", .statusWarning))
    }
    if queue.scores.map({ !$0.result.quality.hasSignal }) == true {
      runs.append(StyledRun("  this order is little better than random", .statusWarning))
    }
    return runs
  }
}
