import PreferenceData
import Testing

/// A review by three annotators over a few rows, from a seed, with its ledger and its events.
struct SimulatedReview {
  static let annotators = ["ada", "grace", "李雷"].compactMap(AnnotatorName.init)

  private(set) var events: [ReviewEvent] = []
  private(set) var ledger = ReviewLedger()
  private var state: UInt64

  init(seed: Int) { state = StableHash("review", seed: UInt64(seed)).high }

  /// Does something that a person could do now.
  mutating func act() throws {
    let annotator = anyAnnotator()
    switch below(5) {
    case 0 where ledger.nextUndo(of: annotator) != nil: try undo(annotator)
    case 1 where ledger.nextRedo(of: annotator) != nil: try redo(annotator)
    default: decide(annotator)
    }
  }

  mutating func decide(_ annotator: AnnotatorName) {
    let count = below(4) == 0 ? below(6) : 1
    var decisions: [RowDecision] = []
    for _ in 0..<count { decisions.append(decision()) }
    append(annotator, .decided(decisions))
  }

  mutating func undo(_ annotator: AnnotatorName) throws {
    append(annotator, .undone(try #require(ledger.nextUndo(of: annotator)).sequence))
  }

  mutating func redo(_ annotator: AnnotatorName) throws {
    append(annotator, .redone(try #require(ledger.nextRedo(of: annotator)).sequence))
  }

  mutating func append(_ annotator: AnnotatorName, _ content: ReviewEvent.Content) {
    let sequence = ledger.lastSequence + 1
    let event = ReviewEvent(
      sequence: sequence, millisecondsSince1970: 1000 * sequence, annotator: annotator,
      content: content)
    events.append(event)
    ledger.append(event)
  }

  mutating func anyAnnotator() -> AnnotatorName { Self.annotators[below(Self.annotators.count)] }

  mutating func below(_ bound: Int) -> Int {
    state = state &+ 0x9e37_79b9_7f4a_7c15
    return Int(StableHash.finalMix(state) % UInt64(bound))
  }

  private mutating func decision() -> RowDecision {
    let sides = ["a", "b"].map { SideID(StableHash($0)) }
    let verdicts: [Verdict] = [.prefers(sides[0]), .prefers(sides[1]), .tie, .drop, .skip]
    return RowDecision(
      row: RowID(pair: PairID(StableHash("\(below(6))")), occurrence: below(2)),
      decision: Decision(verdicts[below(5)], note: "\(below(1000))"),
      serving: Serving(route: .queue, rank: below(100)))
  }

  /// What stands, worked out anew without a ledger: the steps that were made and not taken back, in
  /// the order in which they were made.
  func replayed() -> [AnnotatorName: [RowID: Decision]] {
    var takenBack: Set<Int64> = []
    for event in events {
      switch event.content {
      case .decided: break
      case .undone(let step): takenBack.insert(step)
      case .redone(let step): takenBack.remove(step)
      }
    }
    var standing: [AnnotatorName: [RowID: Decision]] = [:]
    for event in events where !takenBack.contains(event.sequence) {
      guard case .decided(let decisions) = event.content else { continue }
      for decision in decisions {
        standing[event.annotator, default: [:]][decision.row] = decision.decision
      }
    }
    return standing
  }
}

extension ReviewLedger {
  /// What each annotator sees of the state: the decision on each row.
  var visible: [AnnotatorName: [RowID: Decision]] {
    var visible: [AnnotatorName: [RowID: Decision]] = [:]
    for row in decidedRows {
      for entry in standing(on: row) {
        visible[entry.annotator, default: [:]][row] = entry.decision
      }
    }
    return visible
  }
}
