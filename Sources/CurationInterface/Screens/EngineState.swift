import PreferenceData
import PreferenceScoring
import TerminalSurface

/// What the background engine does, as far as the screens show it.
struct EngineState: Sendable {
  enum Activity: Hashable, Sendable {
    /// Nothing has been scanned and nothing runs.
    case idle
    case scanning(share: Double, secondsLeft: Double?)
    case paused(share: Double)
    case done
    case failed(ProblemText)
  }

  var activity = Activity.idle
  /// The newest scores.
  var latest: Scores?
  /// The scan of the file as it was before any decision.
  var file: ScanResult?
}

/// The outcome of a scan, with the name under which decisions remember it.
struct Scores: Sendable {
  let id: String
  let result: ScanResult
}

extension Session {
  mutating func updateEngine(_ message: Message) {
    switch message {
    case .scanning(let progress, let secondsLeft):
      engine.activity = .scanning(share: progress.share, secondsLeft: secondsLeft)
    case .scanned(let result, let scanID):
      engine.activity = .done
      engine.latest = Scores(id: scanID, result: result)
      engine.file = result
      explanations = [:]
      // The queue sorts itself once, while nobody has touched a key; never under the cursor.
      if !hasKeyBeenPressed, queue.scores == nil { takeNewScores() }
    case .compared(let result, let scanID):
      engine.activity = .done
      let known = engine.latest.flatMap { $0.id == scanID ? $0.result : nil }
      engine.file = engine.file?.withSignals(of: result) ?? result
      take(known?.withSignals(of: result) ?? result, of: scanID)
    case .rescored(let result):
      guard let scanID = engine.latest?.id else { return }
      take(result, of: scanID)
      if queue.scores?.id == scanID { sortBelowCursor() }
    case .scanCancelled:
      if case .scanning(let share, _) = engine.activity { engine.activity = .paused(share: share) }
    case .scanFailed(let problem):
      engine.activity = .failed(problem)
      // That decisions are not saved is the worse news.
      if review.failure == nil { notice = Notice(problem.description, .statusError) }
    case .explained(let position, let pair, let evidence):
      // A person may have gone on to another pair of the row.
      guard rows[position]?.loaded?.ranking?.shownPair == pair else { return }
      explanations[position] = .some(evidence)
    default: break
    }
  }

  /// Takes in new numbers of a scan that is known; what lists its scores shows the new ones.
  private mutating func take(_ result: ScanResult, of scanID: String) {
    let scores = Scores(id: scanID, result: result)
    engine.latest = scores
    explanations = [:]
    guard queue.scores?.id == scanID else { return }
    queue.scores = scores
    refreshFilter()
  }

  /// Sorts what comes after the cursor by the present scores: what a person has gone past, and the
  /// row under the cursor, stay where they are. Before the first key everything is sorted.
  private mutating func sortBelowCursor() {
    guard hasKeyBeenPressed || pair != nil else { return takeNewScores() }
    guard let scores = queue.scores, !hasOwnOrder else { return }
    let order = queueOrder(
      scores: scores, keeping: queue.order.positions.prefix(queue.cursor + 1))
    queue.reorder(order, scores: scores, keepsRow: true, visibleRows: queueArea.rows)
  }

  var hasNewScores: Bool { engine.latest != nil && engine.latest?.id != queue.scores?.id }

  /// Sorts the queue by the newest scores; the cursor stays on its row.
  mutating func takeNewScores() {
    guard let latest = engine.latest else {
      notice = Notice("no scores yet: \(keyName(.engine)) starts a scan")
      return
    }
    queue.reorder(
      queueOrder(scores: latest), scores: latest,
      keepsRow: hasKeyBeenPressed || pair != nil, visibleRows: queueArea.rows)
    if let keys = queue.ordering?.keys, Query(order: keys).needsScan {
      order(by: keys)
    } else {
      refreshFilter(lookingIntoTexts: true)
    }
  }

  mutating func toggleScan() {
    if case .scanning = engine.activity {
      commands.append(.cancelScan)
    } else {
      commands.append(.startScan)
    }
  }

  /// More explanations than this are not kept; they are asked for anew.
  private static let explanationLimit = 500

  /// Asks why the row in view is suspected, as soon as that may be shown.
  mutating func requestExplanation() {
    guard let position = explainedPosition, engine.latest != nil, rows[position] != nil,
      explanations[position] == nil
    else { return }
    if explanations.count >= Self.explanationLimit { explanations = [:] }
    explanations[position] = .some(nil)
    commands.append(
      .explain(position: position, pair: rows[position]?.loaded?.ranking?.shownPair))
  }
}
