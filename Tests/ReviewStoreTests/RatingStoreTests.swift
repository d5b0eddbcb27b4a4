import GRDB
import PreferenceData
import Testing

@testable import ReviewStore

@Suite("Criteria in the journal")
struct RatingStoreTests {
  @Test(
    "a journal from before there were criteria is read as it is, and takes them when it is written",
    arguments: ["1 events", "2 judged pairs"])
  func old(version: String) throws {
    let folder = try TemporaryFolder()
    let queue = try DatabaseQueue(path: folder.session.journalPath)
    try JournalSchema.migrator.migrate(queue, upTo: version)
    let row = RowID(pair: PairID(StableHash("row")), occurrence: 0)
    try queue.write { database in
      try database.execute(
        sql: """
          INSERT INTO event VALUES (1, 5, 'ada', 'decided', NULL);
          INSERT INTO decision (event, position, pair, occurrence, verdict, route, probability,
            label_seen, evidence_seen) VALUES (1, 0, '\(row.pair)', 0, 'tie', 'queue', 1.0, 0, 0);
          """)
    }
    try queue.close()
    let known = try ReviewJournal.open(folder: folder.session, access: .read).ledger()
    let annotator = try GeneratedReview.annotator(0)
    #expect(known.standing(on: row, by: annotator)?.decision == Decision(.tie))

    let side = SideID(StableHash("a"))
    let rated = Decision(
      .tie,
      ratings: [
        CriterionRating("helpful", side: side, strength: 2), CriterionRating("b", side: nil),
      ])
    let journal = try ReviewJournal.openForWriting(folder.session)
    _ = try journal.append(
      ReviewEvent(
        millisecondsSince1970: 6, annotator: annotator,
        content: .decided([
          RowDecision(row: row, decision: rated, serving: Serving(route: .script))
        ])))
    let later = try ReviewJournal.open(folder: folder.session, access: .read).ledger()
    #expect(later.standing(on: row, by: annotator)?.decision == rated)
  }

  @Test("a rating that this version cannot read is an error, and never no rating")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let journal = try ReviewJournal.openForWriting(folder.session)
    var review = GeneratedReview(seed: 3)
    _ = try journal.append(
      ReviewEvent(
        millisecondsSince1970: 1, annotator: try GeneratedReview.annotator(0),
        content: .decided([review.decision()])))
    for text in ["nonsense", #"[{"criterion":"x","prefers":"no hash"}]"#] {
      try DatabaseQueue(path: folder.session.journalPath).write {
        try $0.execute(sql: "UPDATE decision SET ratings = ?", arguments: [text])
      }
      #expect(throws: JournalError.self) { try journal.events() }
    }
  }
}
