import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Criteria")
struct CriteriaTests {
  private static func rubric(scale: Int = 5, asks: Bool = false) throws -> Rubric {
    try Rubric(
      """
      ask = \(asks)
      scale = \(scale)
      [criteria]
      helpful = "Does it do what was asked?"
      honest = "Nothing is made up"
      harmless = "Would you show it to anyone?"
      """)
  }

  private func opened(_ position: Int, _ rubric: Rubric, isScanned: Bool = false) -> ReviewScript {
    var script = ReviewScript(isScanned: isScanned, rubric: rubric)
    script.go(to: position)
    return script
  }

  @Test("asked after a decision, a digit each answers the criteria, and the next pair comes")
  func asked() throws {
    var script = opened(0, try Self.rubric(asks: true))
    let row = try #require(script.loaded(0))
    let (a, b) = (row.sideIDs[row.order[0]], row.sideIDs[row.order[1]])
    script.press("a")
    #expect(script.position == 0)
    #expect(script.screen.contains("Does it do what was asked?"))
    script.press("1 3 4")
    #expect(
      script.decision(on: 0)?.ratings == [
        CriterionRating("helpful", side: a, strength: 2), CriterionRating("honest", side: nil),
        CriterionRating("harmless", side: b, strength: 1),
      ])
    #expect(script.position == 1 && script.session.overlay == nil)
    #expect(script.events.count == 2)
    script.press("u")
    #expect(script.decision(on: 0)?.ratings == [] && script.decision(on: 0)?.strength == 1)
    script.press("u")
    #expect(script.ledger.decidedRows.isEmpty)
  }

  @Test(
    "Esc leaves them out, Enter keeps what is answered, and what is dropped or skipped asks nothing"
  )
  func leftOut() throws {
    var script = opened(0, try Self.rubric(asks: true))
    script.press("a Esc")
    #expect(script.position == 1 && script.events.count == 1)
    script.press("b 5 Enter")
    #expect(script.decision(on: 1)?.ratings.count == 1 && script.position == 2)
    script.press("d")
    #expect(script.position == 3)
    script.press("-")
    #expect(script.position == 4 && script.session.overlay == nil)
  }

  @Test("C opens them with what stands; turned sides keep what was said of which side")
  func again() throws {
    var script = opened(0, try Self.rubric())
    script.press("a K C 1 5 3 C")
    #expect(script.lines.contains { $0.contains("helpful") && $0.contains("A x . . . . B") })
    script.press("Esc ,s C")
    #expect(script.lines.contains { $0.contains("helpful") && $0.contains("A . . . . x B") })
    let before = script.decision(on: 0)
    script.press("Enter")
    #expect(script.decision(on: 0) == before && script.events.count == 2)
    script.press("C 0 Enter")
    #expect(script.decision(on: 0)?.ratings.map(\.criterion) == ["honest", "harmless"])
  }

  @Test("a scale of three has no much")
  func three() throws {
    var script = opened(0, try Self.rubric(scale: 3))
    script.press("a K C 5 4 1 2 3")
    #expect(script.decision(on: 0)?.ratings.map(\.strength) == [1, nil, 1])
  }

  @Test("criteria answered before the decision wait for it, outlive its undo, and decide nothing")
  func beforeDeciding() throws {
    var script = opened(0, try Self.rubric())
    script.press("C")
    let count = try Self.rubric().criteria.count
    for _ in 0..<count { script.press("1") }
    #expect(script.session.overlay == nil && script.events.isEmpty)
    #expect(script.screen.contains("saved together with your decision"))
    script.press(",n b")
    let ratings = try #require(script.decision(on: 0)).ratings
    let a = try #require(script.loaded(0)).sideIDs[try #require(script.loaded(0)).order[0]]
    #expect(ratings.count == count && ratings.allSatisfy { $0.side == a && $0.strength == 2 })
    script.press("u a")
    #expect(script.decision(on: 0)?.ratings == ratings)
    #expect(ReviewLedger(events: script.events) == script.ledger)
  }

  @Test("without a rubric there is nothing to answer")
  func nothing() throws {
    var script = opened(0, Rubric())
    script.press("a K C")
    #expect(script.screen.contains("no rubric"))
  }

  @Test("a swap that asks for its reason asks for the criteria after it, and then goes on")
  func afterReason() throws {
    var script = opened(0, try Self.rubric(asks: true))
    let row = try #require(script.loaded(0))
    script.press(",y")
    script.press(row.order[0] == row.row.label.preferred ? "b" : "a")
    script.press("m")
    #expect(script.screen.contains("criteria") && script.position == 0)
    script.press("1 1 1")
    #expect(script.position == 1)
    #expect(script.decision(on: 0)?.reason == "misread")
    #expect(script.decision(on: 0)?.ratings.count == 3)
    script.press("u u u")
    #expect(script.ledger.decidedRows.isEmpty)
  }

  @Test("another decision on the row keeps its criteria")
  func redecided() throws {
    var script = opened(0, try Self.rubric())
    script.press("a K C 1 1 1 t")
    #expect(script.decision(on: 0)?.verdict == .tie)
    #expect(script.decision(on: 0)?.ratings.count == 3)
  }

  @Test("evidence comes by itself where that is asked for, and ] goes on")
  func evidence() throws {
    var script = opened(0, Rubric(), isScanned: true)
    script.press(",e a")
    #expect(script.session.screen == .evidence && script.session.pair?.position == 0)
    script.press("]")
    #expect(script.session.screen == .pair && script.session.pair?.position != 0)
    script.press(",e")
    let position = script.session.pair?.position
    script.press("a")
    #expect(script.session.screen == .pair && script.session.pair?.position != position)
  }

  @Test("* lists the copies and contradicting copies of a decided pair, and nothing before")
  func similar() {
    var script = opened(8, Rubric(), isScanned: true)
    script.press("*")
    #expect(script.session.screen == .pair && script.screen.contains("decide first"))
    script.press(",n a *")
    #expect(script.session.screen == .queue)
    let listed = Set(script.session.queue.order.positions)
    #expect(listed.isSuperset(of: [8, 9, 10]))
    // It is a query, which can be narrowed.
    #expect(script.session.queue.filter?.query?.text == "near:row:8")
    script.press("F")
    #expect(script.session.queue.order.count == 15)
  }

  @Test("whoever presses another key while * looks is not torn away from it")
  func similarCalledOff() {
    var script = opened(8, Rubric(), isScanned: true)
    script.press(",n a")
    script.isQueryWaiting = true
    script.press("*")
    guard let number = script.session.queries.pending?.number else {
      Issue.record("nothing is asked")
      return
    }
    script.press("j")
    #expect(script.session.queries.pending == nil)
    script.send(.queried(number: number, QueryAnswer(positions: [8, 9])))
    #expect(script.session.screen == .pair && script.session.queue.filter == nil)
  }

  @Test("the criteria fit every size")
  func sizes() throws {
    for (columns, rows) in [(40, 10), (60, 20), (80, 24), (160, 48)] {
      var script = ReviewScript(
        size: Size(columns: columns, rows: rows), rubric: try Self.rubric(asks: true))
      script.go(to: 0)
      script.press("a 2")
      try GoldenScreen.check(script.session.frame(), "pair/criteria")
    }
  }
}
