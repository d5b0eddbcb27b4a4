import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

/// A random audit of a file that holds rankings and pairs.
@Suite("Auditing rankings on screen")
struct RankingAuditTests {
  /// Every fourth row is a pair, the others rank four responses.
  private static func rows(
    _ count: Int, turned: Bool = false
  ) -> [Result<PreferenceRow, RowProblem>] {
    (0..<count).map { number in
      let places =
        number % 4 == 3 ? [0, 1] : [[2, 0, 3, 1], [0, 1, 2, 3], [1, 1, 0, 2]][number % 3]
      let last = places.max() ?? 0
      let shown = turned ? places.map { last - $0 } : places
      return .success(
        PreferenceRow(
          context: [Turn(.user, "question \(number)")],
          sides: places.indices.map {
            Side(turns: [Turn(.assistant, "response number \($0) of row \(number)")])
          },
          label: places.count == 2 ? .prefers(shown[0] == 0 ? 0 : 1) : .ranks(shown)))
    }
  }

  private func script(
    _ count: Int = 40, turned: Bool = false, audit: Int? = 30, repeats: Double = 0,
    events: [ReviewEvent] = []
  ) -> ReviewScript {
    ReviewScript(
      rows: Self.rows(count, turned: turned), events: events, auditCount: audit,
      repeatShare: repeats)
  }

  private func drawn(_ script: ReviewScript, at position: Int) -> SidePair? {
    script.session.dataset.index?.auditedPair(at: position, seed: 7)
  }

  @Test("each row of the audit shows the pair that was drawn, and a restart goes on with the next")
  func alone() throws {
    var script = script()
    let sample = AuditedRows.sample(script)
    #expect(sample.count == 40)
    for place in 0..<30 {
      if place == 12 { script = self.script(events: script.events) }
      #expect(script.position == sample[place])
      #expect(script.lines[0].contains("audit: \(place) of 30 decided"))
      let drawn = drawn(script, at: sample[place])
      #expect(script.session.loadedPair?.ranking?.shownSides == drawn)
      script.press(place % 3 == 0 ? "a" : "b")
      let id = try #require(script.session.rowID(at: sample[place]))
      let standing = script.ledger.standing(on: id, by: SampleRows.annotator)
      #expect(standing?.decision.pair == drawn)
    }
    #expect(script.session.screen == .dashboard)
    #expect(script.screen.contains("30 random rows, look 2 of 2"))
    #expect(script.screen.contains("one pair a row"))
    for event in script.events {
      guard case .decided(let rows) = event.content else { continue }
      #expect(rows.allSatisfy { $0.serving.route == .audit && $0.serving.isBlind })
    }
  }

  /// What the event with this number decided.
  private func decided(_ number: Int, in script: ReviewScript) throws -> RowDecision {
    guard case .decided(let rows) = try #require(script.events.dropFirst(number).first).content
    else {
      throw NotADecision()
    }
    return try #require(rows.first)
  }

  private struct NotADecision: Error {}

  @Test(
    "to step to another pair of an audited row is a search, and the drawn one stays to be judged")
  func stepping() throws {
    var script = script()
    while script.session.loadedPair?.ranking == nil { script.press("a") }
    let position = try #require(script.position)
    let asked = drawn(script, at: position)
    let count = script.events.count
    script.press(") a")
    let other = try decided(count, in: script)
    #expect(other.decision.pair != asked && other.decision.pair != nil)
    #expect(other.serving.route == .search && other.serving.probability == 1)
    #expect(script.position == position && script.session.pair?.route == .audit)
    #expect(script.session.loadedPair?.ranking?.shownSides == asked)
    script.press(") ( a")
    let own = try decided(count + 1, in: script)
    #expect(own.decision.pair == asked && own.serving.route == .audit)
    #expect(own.serving.probability == 30.0 / 40 && script.position != position)
  }

  @Test("with every label turned round, an audit shows the same pairs on the same screens")
  func blind() {
    var original = script()
    var turned = script(turned: true)
    #expect(original.session.frame() == turned.session.frame())
    for key in ") ( ,s ,s = Tab a ) ( b t J a K J b".split(separator: " ") {
      original.press(String(key))
      turned.press(String(key))
      #expect(original.position == turned.position, "after \(key)")
      #expect(
        original.session.loadedPair?.ranking?.shownSides
          == turned.session.loadedPair?.ranking?.shownSides, "after \(key)")
      guard original.events.isEmpty else { continue }
      #expect(original.session.frame() == turned.session.frame(), "after \(key)")
    }
    #expect(original.events.count > 3)
  }

  @Test("a ranking that comes again shows the pair that was judged before")
  func repeats() throws {
    var script = script(80, audit: nil, repeats: 0.4)
    script.press("Enter")
    var repeated = 0
    for _ in 0..<70 where script.session.pair != nil {
      if script.session.pair?.route == .repeat, let position = script.position,
        let ranking = script.session.loadedPair?.ranking
      {
        repeated += 1
        let id = try #require(script.session.rowID(at: position))
        let before = script.ledger.blindStanding(on: id, by: SampleRows.annotator)
        #expect(ranking.shownSides == before?.decision.pair)
      }
      script.press("a")
    }
    #expect(repeated > 5)
  }
}
