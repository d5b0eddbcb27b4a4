import Foundation
import GRDB
import PreferenceData
import Testing

@testable import ReviewStore

@Suite("Judged pairs in the journal")
struct JudgedPairTests {
  /// A journal as the first version of the tables left it.
  private func oldJournal(in folder: TemporaryFolder) throws {
    let queue = try DatabaseQueue(path: folder.session.journalPath)
    try JournalSchema.migrator.migrate(queue, upTo: JournalSchema.firstReadable)
    try queue.write { database in
      let hash = StableHash("row").description
      try database.execute(
        sql: """
          INSERT INTO event VALUES (1, 5, 'ada', 'decided', NULL);
          INSERT INTO decision VALUES (1, 0, '\(hash)', 0, 'drop', NULL, NULL, NULL, 'queue', 1.0,
            NULL, NULL, NULL, NULL, 0, 0, NULL);
          """)
    }
    try queue.close()
  }

  @Test("a journal from before there were judged pairs is read as it is, and written further")
  func old() throws {
    let folder = try TemporaryFolder()
    try oldJournal(in: folder)
    let reading = try ReviewJournal.open(folder: folder.session, access: .read)
    let known = try reading.events()
    #expect(known.count == 1)
    guard case .decided(let decisions) = try #require(known.first).content else {
      Issue.record("an event of another kind")
      return
    }
    #expect(decisions.map(\.decision) == [Decision(.drop)])

    let journal = try ReviewJournal.openForWriting(folder.session)
    #expect(try journal.events() == known)
    let sides = ["a", "b"].map { SideID(StableHash($0)) }
    let pair = SidePair(sides[0], sides[1])
    let row = try #require(decisions.first).row
    let made = [Verdict.prefers(sides[1]), .tie, .skip].map { Decision($0, on: pair) }
    for decision in made {
      _ = try journal.append(
        ReviewEvent(
          millisecondsSince1970: 6, annotator: try GeneratedReview.annotator(0),
          content: .decided([
            RowDecision(row: row, decision: decision, serving: Serving(route: .script))
          ])))
    }
    let again = try ReviewJournal.open(folder: folder.session, access: .read).events()
    let found = again.dropFirst().flatMap { event -> [Decision] in
      if case .decided(let decisions) = event.content { decisions.map(\.decision) } else { [] }
    }
    #expect(found == made)
  }

  @Test("half a pair is refused by the tables")
  func half() throws {
    let folder = try TemporaryFolder()
    try oldJournal(in: folder)
    _ = try ReviewJournal.openForWriting(folder.session)
    let queue = try DatabaseQueue(path: folder.session.journalPath)
    #expect(throws: DatabaseError.self) {
      try queue.write {
        try $0.execute(sql: "UPDATE decision SET judged_first = 'x'")
      }
    }
  }
}
