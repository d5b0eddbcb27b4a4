import PreferenceData
import TerminalSurface

/// A question that takes one key: y does it, anything else does not.
enum Question: Hashable, Sendable {
  case reveal
  case quit(String)
  case bulk(BulkPlan, String)

  var text: String {
    switch self {
    case .bulk(_, let question): question
    case .reveal: "Show label and evidence? Recorded. y/n"
    case .quit(let reason): reason.isEmpty ? "Quit? y/n" : "\(reason) Quit? y/n"
    }
  }
}

extension Session {
  mutating func answer(_ question: Question, _ key: KeyPress) {
    overlay = nil
    guard key == .character("y") || key == .character("Y") else {
      notice = Notice("not done")
      return
    }
    switch question {
    case .reveal:
      guard let pair, let id = rowID(at: pair.position) else { return }
      review.revealed.insert(id)
      toggleEvidence()
    case .bulk(let plan, _): decideBulk(plan)
    case .quit: leave()
    }
  }

  /// `Esc`: ends what is being waited for.
  mutating func cancel() {
    if queries.pending != nil {
      cancelPendingQuery()
    } else if search?.isRunning == true {
      search?.isRunning = false
      commands.append(.cancelSearch)
      notice = Notice("search cancelled")
    } else if search != nil {
      search = nil
    } else if biases.isRunning {
      cancelBiases()
    } else if firstLook.isRunning {
      cancelFirstLook()
    } else if [.evidence, .epochs, .batch].contains(screen) {
      back()
    } else if [.bias, .firstLook, .dashboard].contains(screen) {
      openQueue()
    } else if screen == .queue, queue.filter != nil {
      clearFilter()
    } else if pair?.isZoomed == true || pair?.focus != nil {
      pair?.isZoomed = false
      pair?.focus = nil
    }
  }

  mutating func back() {
    switch screen {
    case .epochs: screen = .evidence
    case .evidence: if evidence.isOfBatch { jumpBack() } else { screen = .pair }
    case .batch: if pair == nil { openQueue() } else { screen = .pair }
    case .pair, .bias, .firstLook, .dashboard: openQueue()
    case .queue: if queue.filter == nil { quit() } else { clearFilter() }
    }
  }

  /// Leaves; asks only where leaving would cost something.
  mutating func quit() {
    if let reason = reasonToStay { overlay = .question(.quit(reason)) } else { leave() }
  }

  private var reasonToStay: String? {
    if review.pending != nil { return "A decision is still being saved." }
    if exportIsRunning { return "An export is running." }
    if !review.drafts.isEmpty {
      let count = review.drafts.count
      return "\(count == 1 ? "A note" : "\(count) notes") on undecided pairs would be lost."
    }
    if isRanking { return "The scan is still running." }
    return nil
  }

  /// Whether a first ranking is being worked out. Once it is there, and kept, nobody waits: only further
  /// signals are worked out, behind everything else.
  private var isRanking: Bool {
    guard case .scanning = engine.activity else { return false }
    return engine.latest == nil
  }

  /// `Ctrl-C`: stops the running job, else asks whether to quit.
  mutating func interrupt() {
    if exportIsRunning {
      commands.append(.cancelExport)
    } else if search?.isRunning == true {
      cancel()
    } else if isRanking {
      commands.append(.cancelScan)
    } else if biases.isRunning {
      cancelBiases()
    } else if firstLook.isRunning {
      cancelFirstLook()
    } else {
      overlay = .question(.quit(reasonToStay ?? ""))
    }
  }

  private mutating func leave() {
    savePlace()
    commands.append(.quit)
  }
}
