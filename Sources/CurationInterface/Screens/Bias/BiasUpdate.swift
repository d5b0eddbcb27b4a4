import PreferenceScoring
import TerminalSurface

extension Session {
  /// `gb`: the bias table, which is worked out when it is first asked for.
  mutating func openBiases() {
    guard dataset.index != nil else {
      notice = Notice("the rows are still being indexed: biases are compared after that")
      return
    }
    openQueue()
    screen = .bias
    if case .none = biases.phase {
      biases.phase = .working(share: 0)
      commands.append(.surveyBiases)
    }
  }

  mutating func updateBiases(_ message: Message) {
    switch message {
    case .surveyingBiases(let share):
      if biases.isRunning { biases.phase = .working(share: share) }
    case .biasesSurveyed(let table): biases = BiasState(phase: .ready(table))
    default: break
    }
  }

  mutating func cancelBiases() {
    biases.phase = .none
    commands.append(.cancelBiasSurvey)
    notice = Notice("cancelled: \(keyName(.openBiases)) compares anew")
    if screen == .bias { openQueue() }
  }

  mutating func performInBiases(_ action: Action) {
    let rows = biasGeometry.list.rows
    if action == .openCounterExamples { openCounterExamples() }
    if let lines = action.lines(inView: rows) { biases.cursor += lines }
    biases.scroll(visibleRows: rows)
  }

  /// Lists the pairs that go against the row under the cursor. Being among them tells which side is
  /// chosen, so blind mode does not list them.
  private mutating func openCounterExamples() {
    guard let table = biases.table, table.rows.indices.contains(biases.cursor) else { return }
    guard !isBlind else {
      notice = Notice(
        "this list would tell which side is chosen: \(keyName(.blind)) leaves blind mode")
      return
    }
    let row = table.rows[biases.cursor]
    let positions = table.counterExamples(ofRowAt: biases.cursor)
    guard !positions.isEmpty else {
      notice = Notice("no pair goes against it")
      return
    }
    screen = .queue
    setFilter(
      QueueFilter(title: row.counterExamplesPhrase, positions: positions, tellsLabel: true))
    queue.cursor = 0
    queue.top = 0
  }
}
