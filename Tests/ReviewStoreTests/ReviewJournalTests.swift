import Foundation
import GRDB
import PreferenceData
import Testing

@testable import ReviewStore

@Suite("Review journal")
struct ReviewJournalTests {
  @Test("what was appended is there after reopening, every field of it", arguments: 0..<32)
  func reopening(seed: Int) throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: seed)
    let events = try review.events(60)
    let appended = try withOpenJournal(folder) { (journal) throws in
      try events.prefix(30).map { try journal.append($0) }
        + journal.append(Array(events.dropFirst(30)))
    }
    #expect(appended.map(\.sequence) == Array(1...60))
    var expected = events
    for index in expected.indices { expected[index].sequence = Int64(index + 1) }
    #expect(appended == expected)

    try withOpenJournal(folder) { (journal) throws in
      #expect(try journal.events() == expected)
      #expect(try journal.events(after: 42) == Array(expected.dropFirst(42)))
      #expect(try journal.events(after: 60).isEmpty)
      #expect(try journal.ledger() == ReviewLedger(events: expected))
    }
  }

  @Test("texts keep their bytes, NUL and all")
  func textBytes() throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 1)
    for _ in 0..<40 {
      var decision = review.decision()
      decision.decision.note = review.text()
      let event = try withOpenJournal(folder) {
        try $0.append(
          ReviewEvent(
            millisecondsSince1970: 0, annotator: try GeneratedReview.annotator(2),
            content: .decided([decision])))
      }
      let read = try ReviewJournal.open(folder: folder.session, access: .read)
      guard case .decided(let stored) = try read.events(after: event.sequence - 1).first?.content
      else {
        Issue.record("the event is not there")
        return
      }
      #expect(stored.first?.decision.note.utf8.elementsEqual(decision.decision.note.utf8) == true)
    }
  }

  @Test("several events are appended all or not at all")
  func allOrNothing() throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 3)
    let events = try review.events(5)
    try withOpenJournal(folder) { (journal) throws in
      let before = try journal.append(events)
      // A row of the second event whose occurrence the table refuses.
      var broken = review.decision()
      broken.row = RowID(pair: broken.row.pair, occurrence: -1)
      let refused = ReviewEvent(
        millisecondsSince1970: 0, annotator: events[0].annotator, content: .decided([broken]))
      #expect(throws: JournalError.self) { try journal.append([events[0], refused]) }
      #expect(try journal.events() == before)
      let next = try journal.append(events[1])
      #expect(next.sequence == before.count + 1)
    }
  }

  @Test("undo and redo go on after a restart where they were")
  func undoAfterRestart() throws {
    let folder = try TemporaryFolder()
    let annotator = try GeneratedReview.annotator(0)
    var review = GeneratedReview(seed: 4)
    for _ in 0..<3 {
      try withOpenJournal(folder) {
        _ = try $0.append(
          ReviewEvent(
            millisecondsSince1970: 0, annotator: annotator, content: .decided([review.decision()])))
      }
    }
    for expected in [3, 2, 1] as [Int64] {
      try withOpenJournal(folder) { (journal) throws in
        let ledger = try journal.ledger()
        let step = try #require(ledger.nextUndo(of: annotator))
        #expect(step.sequence == expected)
        _ = try journal.append(
          ReviewEvent(
            millisecondsSince1970: 0, annotator: annotator, content: .undone(step.sequence)))
      }
    }
    try withOpenJournal(folder) { (journal) throws in
      let ledger = try journal.ledger()
      #expect(ledger.decidedRows.isEmpty)
      #expect(ledger.nextUndo(of: annotator) == nil)
      #expect(ledger.nextRedo(of: annotator)?.sequence == 1)
    }
  }

  @Test("the seed is made once, and places and fingerprint are kept")
  func settings() throws {
    let folder = try TemporaryFolder()
    var review = GeneratedReview(seed: 5)
    let (ada, grace) = (try GeneratedReview.annotator(0), try GeneratedReview.annotator(1))
    let (first, second) = (review.decision().row, review.decision().row)
    try withOpenJournal(folder, newSeed: .max) { (journal) throws in
      #expect(try journal.place(of: ada) == nil)
      #expect(try journal.fingerprint() == nil)
      try journal.setPlace(of: ada, to: first)
      try journal.setPlace(of: ada, to: second)
      try journal.setPlace(of: grace, to: first)
      try journal.setFingerprint("sha256:1")
      try journal.setFingerprint("sha256:2")
    }
    try withOpenJournal(folder, newSeed: 5) { (journal) throws in
      #expect(try journal.seed() == .max)
      #expect(try journal.place(of: ada) == second)
      #expect(try journal.place(of: grace) == first)
      #expect(try journal.fingerprint() == "sha256:2")
    }
  }

  @Test("stored words are those that old journals hold")
  func storedWords() throws {
    let folder = try TemporaryFolder()
    let annotator = try GeneratedReview.annotator(0)
    let side = SideID(StableHash(high: 1, low: 2))
    let verdicts: [Verdict] = [.prefers(side), .tie, .bothBad, .drop, .skip]
    let routes: [Serving.Route] = [.queue, .audit, .search, .bulk, .repeat, .script]
    let decisions = routes.enumerated().map { index, route in
      RowDecision(
        row: RowID(pair: PairID(StableHash(high: 0, low: 3)), occurrence: index),
        decision: Decision(verdicts[index % 5], note: index == 0 ? "n" : "", tags: ["t"]),
        serving: Serving(route: route, firstSide: side))
    }
    try withOpenJournal(folder) {
      _ = try $0.append(
        ReviewEvent(millisecondsSince1970: 9, annotator: annotator, content: .decided(decisions)))
      _ = try $0.append(
        ReviewEvent(millisecondsSince1970: 9, annotator: annotator, content: .undone(1)))
      _ = try $0.append(
        ReviewEvent(millisecondsSince1970: 9, annotator: annotator, content: .redone(1)))
    }
    let queue = try DatabaseQueue(path: folder.session.journalPath)
    try queue.read { database in
      #expect(
        try String.fetchAll(database, sql: "SELECT kind FROM event ORDER BY sequence")
          == ["decided", "undone", "redone"])
      #expect(
        try String.fetchAll(database, sql: "SELECT verdict FROM decision ORDER BY position")
          == ["prefers", "tie", "both-bad", "drop", "skip", "prefers"])
      #expect(
        try String.fetchAll(database, sql: "SELECT route FROM decision ORDER BY position")
          == ["queue", "audit", "search", "bulk", "repeat", "script"])
      let row = try #require(try Row.fetchOne(database, sql: "SELECT * FROM decision"))
      #expect(row["pair"] == "00000000000000000000000000000003")
      #expect(row["preferred"] == "00000000000000010000000000000002")
      #expect(row["first_side"] == "00000000000000010000000000000002")
      #expect(row["remarks"] == #"{"note":"n","tags":["t"]}"#)
    }
  }
}

/// Runs `body` on a journal that is closed, and its lock let go, when this returns.
func withOpenJournal<Value>(
  _ folder: TemporaryFolder, newSeed: UInt64 = 7, _ body: (ReviewJournal) throws -> Value
) throws -> Value {
  try body(try .openForWriting(folder.session, newSeed: newSeed))
}
