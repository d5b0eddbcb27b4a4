import PreferenceData
import Testing

@Suite("Review ledger")
struct ReviewLedgerTests {
  @Test("folding events in two parts gives the same ledger as at once", arguments: 0..<64)
  func foldInParts(seed: Int) throws {
    var review = SimulatedReview(seed: seed)
    for _ in 0..<80 { try review.act() }
    let whole = ReviewLedger(events: review.events)
    #expect(whole == review.ledger)
    for cut in stride(from: 0, through: review.events.count, by: 7) {
      var parts = ReviewLedger(events: review.events[..<cut])
      for event in review.events[cut...] { parts.append(event) }
      #expect(parts == whole)
    }
  }

  @Test("the ledger says what replaying the steps that are not taken back says", arguments: 0..<64)
  func agreesWithReplay(seed: Int) throws {
    var review = SimulatedReview(seed: seed)
    for _ in 0..<80 {
      try review.act()
      #expect(review.ledger.visible == review.replayed())
      #expect(review.ledger.decidedRows == review.ledger.decidedRows.sorted())
    }
  }

  @Test("undo takes back a decision exactly, and redo brings it back exactly", arguments: 0..<64)
  func undoAndRedo(seed: Int) throws {
    var review = SimulatedReview(seed: seed)
    for _ in 0..<40 { try review.act() }
    for _ in 0..<20 {
      let annotator = review.anyAnnotator()
      let before = review.ledger
      review.decide(annotator)
      let after = review.ledger
      #expect(after.nextUndo(of: annotator)?.sequence == after.lastSequence)
      #expect(after.redoCount(of: annotator) == 0)
      try review.undo(annotator)
      #expect(review.ledger.visible == before.visible)
      try review.redo(annotator)
      #expect(review.ledger.visible == after.visible)
      #expect(review.ledger.undoCount(of: annotator) == after.undoCount(of: annotator))
    }
  }

  @Test(
    "undo as often as there are steps returns to the start, and redo to the end",
    arguments: 0..<64)
  func allTheWay(seed: Int) throws {
    var review = SimulatedReview(seed: seed)
    for _ in 0..<60 { try review.act() }
    let end = review.ledger
    for annotator in end.annotators {
      let count = review.ledger.undoCount(of: annotator)
      for _ in 0..<count { try review.undo(annotator) }
      #expect(review.ledger.nextUndo(of: annotator) == nil)
      for _ in 0..<count { try review.redo(annotator) }
      #expect(review.ledger.visible[annotator] == end.visible[annotator])
      for _ in 0..<count { try review.undo(annotator) }
    }
    #expect(review.ledger.decidedRows.isEmpty)
    #expect(review.ledger.visible.isEmpty)
  }

  @Test("what one annotator does leaves the decisions of the others alone", arguments: 0..<32)
  func scopes(seed: Int) throws {
    var review = SimulatedReview(seed: seed)
    for _ in 0..<40 { try review.act() }
    for _ in 0..<40 {
      let before = review.ledger
      try review.act()
      let actor = try #require(review.events.last?.annotator)
      for other in before.annotators where other != actor {
        #expect(review.ledger.visible[other] == before.visible[other])
        #expect(review.ledger.nextUndo(of: other) == before.nextUndo(of: other))
        #expect(review.ledger.nextRedo(of: other) == before.nextRedo(of: other))
      }
    }
  }

  @Test("undo or redo of a step that is not one's own, or not there, changes nothing")
  func foreignSteps() throws {
    var review = SimulatedReview(seed: 1)
    let (ada, grace) = (SimulatedReview.annotators[0], SimulatedReview.annotators[1])
    review.decide(ada)
    let contents: [ReviewEvent.Content] = [
      .undone(1), .redone(1), .undone(2), .undone(0), .undone(-1), .undone(99), .redone(99),
    ]
    let before = review.ledger.visible
    for content in contents {
      review.append(grace, content)
      #expect(review.ledger.visible == before)
      #expect(review.ledger.undoCount(of: grace) == 0 && review.ledger.redoCount(of: grace) == 0)
    }
    #expect(review.ledger.isDone(1, by: ada) && !review.ledger.isDone(1, by: grace))
    // A step is taken back once.
    review.append(ada, .undone(1))
    review.append(ada, .undone(1))
    #expect(review.ledger.redoCount(of: ada) == 1)
    #expect(!review.ledger.isDone(1, by: ada))
  }

  @Test("taking back an older step leaves what was decided after it")
  func olderStep() {
    var review = SimulatedReview(seed: 2)
    let ada = SimulatedReview.annotators[0]
    let row = RowID(pair: PairID(StableHash("row")), occurrence: 0)
    for verdict in [Verdict.tie, .drop] {
      let step = RowDecision(
        row: row, decision: Decision(verdict), serving: Serving(route: .queue))
      review.append(ada, .decided([step]))
    }
    review.append(ada, .undone(1))
    #expect(review.ledger.standing(on: row, by: ada)?.decision.verdict == .drop)
    review.append(ada, .redone(1))
    #expect(review.ledger.standing(on: row, by: ada)?.decision.verdict == .drop)
    review.append(ada, .undone(2))
    #expect(review.ledger.standing(on: row, by: ada)?.decision.verdict == .tie)
  }
}
