import PreferenceScoring
import TerminalSurface

extension Session {
  mutating func openFilter() {
    guard dataset.index != nil, review.access != nil else { return refuseUntilIndexed() }
    commands.append(.countValues(marked: queries.marked))
    let text = queue.filter?.query?.text ?? ""
    var filter = FilterState(field: TextField(text), reading: .answered(Query(), all))
    read(&filter)
    overlay = .filter(filter)
  }

  private var all: QueryAnswer { QueryAnswer(positions: Array(0..<dataset.rowCount)) }

  /// Reads what the line says now, and has it answered.
  private mutating func read(_ filter: inout FilterState) {
    do {
      let query = try Query(filter.field.text, isBlind: isBlind)
      guard query != Query() else {
        commands.append(.cancelQuery)
        filter.reading = .answered(query, all)
        return
      }
      filter.reading = .asked(query, number: ask(query), share: 0, found: 0)
    } catch {
      commands.append(.cancelQuery)
      filter.reading = .wrong(error)
    }
  }

  /// Has `query` answered, under the number that this gives.
  mutating func ask(_ query: Query) -> Int {
    queries.lastNumber += 1
    commands.append(.query(query, number: queries.lastNumber, marked: queries.marked))
    return queries.lastNumber
  }

  /// Has the queue list what `query`, written as `text`, finds, once that is known; the number under
  /// which it is asked.
  mutating func list(_ query: Query, as text: String) -> Int {
    let number = ask(query)
    queries.pending = .filter(text: text, query, number: number, share: 0)
    return number
  }

  mutating func press(_ key: KeyPress, in filter: FilterState) {
    var filter = filter
    if filter.name != nil { return press(key, naming: filter) }
    switch key {
    case .escape:
      overlay = nil
      if case .asked = filter.reading { commands.append(.cancelQuery) }
      return
    case .enter:
      accept(filter)
      return
    case .tab: complete(&filter)
    case .up, .down: recall(&filter, isOlder: key == .up)
    case .control("s"):
      if case .wrong = filter.reading { break }
      if !filter.field.isEmpty { filter.name = TextField() }
    default:
      let before = filter.field.text
      if before.isEmpty, let saved = savedQuery(under: key) {
        filter.field = TextField(saved)
      } else if !filter.field.press(key) {
        break
      }
      filter.completion = nil
      filter.historyPlace = nil
      if filter.field.text != before { read(&filter) }
    }
    overlay = .filter(filter)
  }

  /// The saved query that a digit calls in an empty line.
  private func savedQuery(under key: KeyPress) -> String? {
    guard case .character(let character) = key, let number = character.wholeNumberValue,
      queries.library.saved.indices.contains(number - 1), number < 10
    else { return nil }
    return queries.library.saved[number - 1].text
  }

  private mutating func press(_ key: KeyPress, naming filter: FilterState) {
    var filter = filter
    switch key {
    case .escape: filter.name = nil
    case .enter:
      if let name = filter.name, !name.isEmpty {
        queries.library.save(filter.field.text, as: name.text)
        commands.append(.saveQueries(queries.library))
      }
      filter.name = nil
    default: _ = filter.name?.press(key)
    }
    overlay = .filter(filter)
  }

  private mutating func complete(_ filter: inout FilterState) {
    let old = filter.completion
    let choices =
      old?.choices
      ?? QueryCompletion(before: filter.before, values: queries.values, isBlind: isBlind)
    guard !choices.candidates.isEmpty else { return }
    let place = old.map { ($0.place + 1) % choices.candidates.count } ?? 0
    let shown = old.map { choices.candidates[$0.place].text } ?? choices.replaced
    for _ in shown { _ = filter.field.press(.backspace) }
    filter.field.insert(choices.candidates[place].text)
    filter.completion = (choices, place)
    read(&filter)
  }

  private mutating func recall(_ filter: inout FilterState, isOlder: Bool) {
    let history = queries.library.history
    if filter.historyPlace == nil { filter.typed = filter.field.text }
    let place = (filter.historyPlace ?? history.count) + (isOlder ? -1 : 1)
    guard place >= 0, place <= history.count else { return }
    filter.historyPlace = place == history.count ? nil : place
    filter.field = TextField(place == history.count ? filter.typed : history[place])
    filter.completion = nil
    read(&filter)
  }

  /// Enter: lists what the query finds, as soon as that is known.
  private mutating func accept(_ filter: FilterState) {
    let text = filter.field.text
    switch filter.reading {
    case .wrong: return
    case .asked(let query, let number, let share, _):
      overlay = nil
      queries.pending = .filter(text: text, query, number: number, share: share)
      notice = Notice("the texts are being looked through: \(keyName(.cancel)) cancels")
    case .answered(let query, let answer):
      overlay = nil
      if query == Query() {
        if queue.filter != nil { clearFilter() }
      } else {
        list(answer, of: query, text)
      }
    }
  }

  private mutating func list(_ answer: QueryAnswer, of query: Query, _ text: String) {
    guard !answer.positions.isEmpty else {
      notice = Notice("no row matches: the queue stays as it is", .statusWarning)
      return
    }
    queries.library.use(text)
    commands.append(.saveQueries(queries.library))
    openQueue()
    setFilter(
      QueueFilter(
        title: text, positions: answer.positions, tellsLabel: query.tellsLabel,
        query: QueueFilter.Asked(text: text, query: query), isOrdered: answer.isOrdered))
    if answer.givenUpCount > 0 {
      notice = Notice(
        "\(Numbers.counted(answer.givenUpCount, "row")) left out: the expression takes too many "
          + "steps there", .statusWarning)
    }
  }

  mutating func updateFilter(_ message: Message) {
    switch message {
    case .querying(let number, let share, let found):
      if case .filter(var filter) = overlay,
        case .asked(let query, number, _, _) = filter.reading
      {
        filter.reading = .asked(query, number: number, share: share, found: found)
        overlay = .filter(filter)
      } else if case .filter(let text, let query, number, _) = queries.pending {
        queries.pending = .filter(text: text, query, number: number, share: share)
      }
    case .queried(let number, let answer):
      if case .filter(var filter) = overlay,
        case .asked(let query, number, _, _) = filter.reading
      {
        filter.reading = .answered(query, answer)
        overlay = .filter(filter)
      } else if queries.pending?.number == number, let pending = queries.pending {
        queries.pending = nil
        take(answer, for: pending)
      } else if queries.refresh?.number == number {
        takeRefreshed(answer)
      }
    case .valuesCounted(let values): queries.values = values
    case .queriesLoaded(let library): queries.library = library
    default: break
    }
  }

  private mutating func take(_ answer: QueryAnswer, for pending: PendingQuery) {
    switch pending {
    case .filter(let text, let query, _, _):
      // It said that this is being waited for.
      notice = nil
      // Blind mode may have been entered since.
      if isBlind, query.tellsLabel { return }
      list(answer, of: query, text)
    case .order(let keys, _):
      queue.filter?.isOrdered = false
      queue.ordering = QueueOrdering(keys: keys, positions: answer.positions)
      orderAnew()
      notice = Notice("order: \(Query(order: keys))")
    }
  }

  mutating func cancelPendingQuery() {
    queries.pending = nil
    commands.append(.cancelQuery)
    notice = Notice("cancelled: the queue stays as it is")
  }

  // MARK: Order

  /// Lists the queue by `keys`; where there are none, the most suspicious rows first.
  mutating func order(by keys: [Query.SortKey]) {
    guard dataset.index != nil, review.access != nil else { return refuseUntilIndexed() }
    guard !keys.isEmpty else {
      queue.ordering = nil
      queue.filter?.isOrdered = false
      guard queue.scores != nil || engine.latest != nil else {
        notice = Notice("no scores yet: \(keyName(.engine)) starts a scan")
        return orderAnew()
      }
      return takeNewScores()
    }
    if case .signal(let id)? = keys.first?.number, SignalID.selectable.contains(id),
      let known = engine.latest?.result.signals, known[id] == nil
    {
      notice = Notice("\(id.phrase) is being worked out: Esc cancels")
    }
    queries.pending = .order(keys, number: ask(Query(order: keys)))
  }

  /// Turns the order round.
  mutating func reverseOrder() {
    var keys = queue.ordering?.keys ?? []
    if let query = queue.filter?.query?.query, queue.filter?.isOrdered == true {
      keys = query.order
    }
    if keys.isEmpty {
      keys = [
        queue.scores == nil
          ? Query.SortKey(.row) : Query.SortKey(.suspicion, isFalling: true)
      ]
    }
    order(by: keys.map { Query.SortKey($0.number, isFalling: !$0.isFalling) })
  }

  private mutating func orderAnew() {
    queue.reorder(
      queueOrder(scores: queue.scores), scores: queue.scores, keepsRow: true,
      visibleRows: queueArea.rows)
  }
}

extension Action {
  /// The order that this action asks for; nil for one that asks for none, empty for the first one.
  var order: [Query.SortKey]? {
    switch self {
    case .orderBySuspicion: []
    case .orderByMargin: [Query.SortKey(.signal(.leaveOneOut))]
    case .orderByInfluence: [Query.SortKey(.signal(.influence))]
    case .orderByUncertainty: [Query.SortKey(.signal(.uncertainty), isFalling: true)]
    case .orderByValue:
      [
        Query.SortKey(.signal(.value), isFalling: true), Query.SortKey(.suspicion, isFalling: true),
      ]
    case .orderByLength: [Query.SortKey(.length, isFalling: true)]
    case .orderByRatio: [Query.SortKey(.ratio, isFalling: true)]
    case .orderByTime: [Query.SortKey(.time, isFalling: true)]
    case .orderAsInFile: [Query.SortKey(.row)]
    default: nil
    }
  }
}
