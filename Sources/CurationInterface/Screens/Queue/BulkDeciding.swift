import PreferenceData
import TerminalSurface

/// A decision about many rows that is being worked out.
struct BulkState: Hashable, Sendable {
  var lastNumber = 0
  /// The number under which a plan is awaited.
  var pending: Int?
  /// What the step that is being saved does to its rows, in a word.
  var saving: String?
}

extension Session {
  /// Has it worked out what a decision would do to the marked rows, or where none is marked to those of
  /// the filter; the question comes with the counts.
  mutating func proposeBulk(_ outcome: Outcome?, tags: [String] = []) {
    guard mayRecord() else { return }
    if isBlind, outcome == .keep || outcome == .swap {
      notice = Notice(
        "blind mode hides the labels: \(keyName(.blind)) opens them, then many can be kept or swapped"
      )
      return
    }
    let positions = bulkPositions
    guard !positions.isEmpty else {
      notice = Notice(
        "mark rows (\(keyName(.mark)), \(keyName(.markRange)), \(keyName(.markAll))) or filter the "
          + "queue (\(keyName(.filter))) first")
      return
    }
    bulk.lastNumber += 1
    bulk.pending = bulk.lastNumber
    notice = Notice("looking at \(Numbers.count(positions.count, "row")); any key ends that")
    commands.append(
      .planBulk(
        BulkPlan(outcome, remarks: DecisionRemarks(tags: tags)), positions: positions,
        number: bulk.lastNumber))
  }

  /// Ends the working out: whoever types on has given it up, and must not answer a question by that.
  mutating func cancelBulk() {
    guard bulk.pending != nil else { return }
    bulk.pending = nil
    commands.append(.cancelBulk)
  }

  mutating func updateBulk(_ message: Message) {
    guard case .bulkPlanned(let number, let plan) = message, number == bulk.pending else { return }
    bulk.pending = nil
    notice = nil
    guard !plan.items.isEmpty else {
      notice = Notice("nothing to do\(Self.details(of: plan))")
      return
    }
    overlay = .question(.bulk(plan, Self.question(about: plan)))
  }

  static func question(about plan: BulkPlan) -> String {
    let pairs = Numbers.counted(plan.items.count, "pair")
    let act =
      switch plan.outcome {
      case .keep: "Keep the labels of \(pairs)"
      case .swap: "Swap the labels of \(pairs)"
      case .tie: "Call \(pairs) ties"
      case .bothBad: "Call both sides of \(pairs) bad"
      case .drop: "Drop \(pairs)"
      case .skip: "Skip \(pairs)"
      case nil: "Tag \(pairs) \(plan.remarks.tags.joined(separator: " "))"
      }
    return "\(act)\(details(of: plan))? y/n"
  }

  private static func participle(of plan: BulkPlan) -> String {
    switch plan.outcome {
    case .keep: "kept"
    case .swap: "swapped"
    case .tie: "called ties"
    case .bothBad: "called bad"
    case .drop: "dropped"
    case .skip: "skipped"
    case nil: "tagged"
    }
  }

  /// What is to be known of the rows before one says yes.
  private static func details(of plan: BulkPlan) -> String {
    var parts: [String] = []
    let undecided = plan.items.count - plan.decidedBeforeCount
    if plan.outcome == nil, undecided > 0 {
      parts.append("\(Numbers.grouped(undecided)) undecided get skipped")
    } else if plan.outcome != nil, plan.decidedBeforeCount > 0 {
      parts.append("\(Numbers.grouped(plan.decidedBeforeCount)) decided before")
    }
    if plan.unchangedCount > 0 { parts.append("\(Numbers.grouped(plan.unchangedCount)) are so") }
    if plan.unfitCount > 0 { parts.append("\(Numbers.grouped(plan.unfitCount)) left out") }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  /// Decides the rows of `plan`: one step, which `u` takes back.
  mutating func decideBulk(_ plan: BulkPlan) {
    guard mayRecord() else { return }
    let tellsLabel = plan.outcome == .keep || plan.outcome == .swap
    let decisions = plan.items.map { item in
      var decision = item.decision
      if let draft = review.drafts[item.row] {
        decision.note = draft.note
        decision.tags = draft.tags + decision.tags.filter { !draft.tags.contains($0) }
        if !draft.ratings.isEmpty { decision.ratings = draft.ratings }
      }
      return RowDecision(
        row: item.row, decision: decision,
        serving: Serving(
          route: .bulk, scan: queue.scores?.id,
          rank: queue.scores?.result.rank(at: item.position),
          suspicion: queue.scores?.result.suspicion(at: item.position),
          labelSeen: tellsLabel || review.labelsSeen.contains(item.row),
          evidenceSeen: review.evidenceSeen.contains(item.row)))
    }
    queries.marked = []
    queries.lastMark = nil
    bulk.saving = Self.participle(of: plan)
    record(.decided(decisions))
  }

  /// The tags that `text` names, with blanks or commas between them; none twice.
  static func tags(in text: String) -> [String] {
    text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
      .reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The marked rows in file order, or where none is marked those of the filter.
  private var bulkPositions: [Int] {
    let positions = queries.marked.isEmpty ? queue.filter?.positions ?? [] : Array(queries.marked)
    return positions.sorted()
  }
}
