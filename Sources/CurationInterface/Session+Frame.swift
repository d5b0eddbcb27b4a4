public import TerminalSurface

extension Session {
  /// Under this nothing sensible fits.
  private static let leastSize = Size(columns: 40, rows: 10)

  var isLargeEnough: Bool {
    size.columns >= Self.leastSize.columns && size.rows >= Self.leastSize.rows
  }

  /// The screen as it stands, for the size it was told last.
  ///
  /// - Complexity: O(cells on screen); reads only what `receive` has prepared.
  public func frame() -> Frame {
    var frame = Frame(size: size, display: display)
    guard isLargeEnough else {
      drawTooSmall(in: &frame)
      return frame
    }
    switch screen {
    case .queue: drawQueueScreen(in: &frame)
    case .pair: drawPairScreen(in: &frame)
    case .evidence: drawEvidenceScreen(in: &frame)
    case .bias: drawBiasScreen(in: &frame)
    case .firstLook: drawFirstLookScreen(in: &frame)
    case .epochs: drawEpochsScreen(in: &frame)
    case .batch: drawBatchScreen(in: &frame)
    case .dashboard: drawDashboardScreen(in: &frame)
    }
    drawFooter(in: &frame)
    switch overlay {
    case .whichKey(let prefix): drawWhichKey(prefix, in: &frame)
    case .help(let help): drawHelp(help, in: &frame)
    case .filter(let filter): drawFilterBox(filter, in: &frame)
    case .export: drawExport(in: &frame)
    case .themes(let choice): drawThemes(choice, in: &frame)
    case .reason(let question): drawReasons(question, in: &frame)
    case .criteria(let question): drawCriteria(question, in: &frame)
    case .guidelines(let state): drawGuidelines(state, in: &frame)
    case .question, .prompt, nil: break
    }
    drawStatusRow(in: &frame)
    return frame
  }

  private func drawTooSmall(in frame: inout Frame) {
    let saving = review.failure == nil ? "still saving" : "NOT SAVED"
    let least = "\(Self.leastSize.columns)x\(Self.leastSize.rows)"
    // Whether decisions are saved is the last thing to go.
    let sentences = [
      "window too small, \(least) needed (now \(size.columns)x\(size.rows)), \(saving)",
      "too small, \(least) needed, \(saving)", "too small, \(saving)", saving,
    ]
    let fitting = sentences.first { $0.utf8.count <= size.columns } ?? saving
    frame.write(fitting, column: 0, row: 0, role: .statusWarning)
  }

  private func drawFooter(in frame: inout Frame) {
    if let hints = questionHints {
      frame.write(hints, column: 0, row: size.rows - 1, limit: size.columns)
      return
    }
    // Without hints there is room for the help alone.
    let columns = showsHints ? size.columns - 1 : 0
    frame.write(
      keymap.footer(in: screen.scope, isBlind: isBlind, columns: columns), column: 0,
      row: size.rows - 1)
  }

  /// The keys that are live while something is asked in the row above; no other one is.
  private var questionHints: [StyledRun]? {
    var hints: [(key: String, label: String)]
    switch overlay {
    case .prompt(let prompt):
      hints = [("Enter", prompt.purpose.acceptance), ("Esc", "cancel")]
      if prompt.purpose == .note { hints.append(("Ctrl-X", "editor")) }
    case .question: hints = [("y", "yes"), ("n", "no")]
    default: return nil
    }
    return hints.flatMap {
      [StyledRun(" \($0.key)", .hintKey), StyledRun(" \($0.label) ", .hintText)]
    }
  }

  /// The row above the hints: a question, what is being typed, what happened last, or the state of
  /// the view.
  private func drawStatusRow(in frame: inout Frame) {
    let row = size.rows - 2
    let area = Rect(column: 0, row: row, columns: size.columns, rows: 1)
    switch overlay {
    case .question(let question):
      frame.fill(area, role: .text)
      frame.write(question.text, column: 1, row: row, role: .statusWarning)
    case .prompt(let prompt):
      frame.fill(area, role: .text)
      let used = frame.write(prompt.title, column: 1, row: row, role: .titleKey)
      prompt.field.draw(
        in: &frame, column: 1 + used, row: row, columns: size.columns - 2 - used)
      drawCompletion(prompt, in: &frame)
    default:
      if let failure = dataset.failure {
        write(Notice(failure.description, .statusError), row: row, &frame)
      } else if let notice {
        write(notice, row: row, &frame)
        drawPairFacts(in: &frame, row: row, after: 1 + display.columns(of: notice.text))
      } else if let failure = review.failure {
        write(Notice("NOT SAVED: \(failure)", .statusError), row: row, &frame)
      } else {
        frame.write(statusRuns, column: 1, row: row, limit: size.columns - 2)
      }
    }
  }

  private func write(_ notice: Notice, row: Int, _ frame: inout Frame) {
    frame.fill(Rect(column: 0, row: row, columns: size.columns, rows: 1), role: .text)
    frame.write(
      display.truncated(notice.text, to: size.columns - 2), column: 1, row: row, role: notice.role)
  }

  /// At the right of a message about the pair before, what is to be known of the one in view; where both
  /// do not fit, the message alone.
  private func drawPairFacts(in frame: inout Frame, row: Int, after column: Int) {
    guard screen == .pair else { return }
    let facts = pairFacts
    let columns = facts.reduce(0) { $0 + display.columns(of: $1.text) }
    guard columns > 0, column + columns < size.columns else { return }
    frame.write(facts, endingAt: size.columns - 1, row: row)
  }

  private var statusRuns: [StyledRun] {
    switch screen {
    case .queue: queueStatus
    case .pair, .evidence, .epochs: pairStatus
    case .batch: batchStatus
    case .bias: biasStatus
    case .dashboard: dashboardStatus
    case .firstLook: firstLookStatus
    }
  }
}
