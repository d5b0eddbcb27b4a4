import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface
@testable import PreferenceScoring

@Suite("Bias screen")
struct BiasScreenTests {
  private func opened(isBlind: Bool) -> ReviewScript {
    var script = ReviewScript(isBlind: isBlind, isScanned: true)
    script.press("gb")
    return script
  }

  @Test("gb asks for the table once, and shows it again without asking")
  func asking() {
    var script = opened(isBlind: true)
    #expect(script.session.screen == .bias && script.session.biases.table != nil)
    script.press("q gb")
    #expect(script.commands.count { $0 == .surveyBiases } == 1)
    #expect(script.session.screen == .bias)
  }

  @Test("the evidence of a pair names the clear biases that its label goes against, once known")
  func againstInEvidence() throws {
    var known: [Bool] = []
    for position in [0, 3, 8] {
      var script = ReviewScript(
        size: Size(columns: 200, rows: 60), isBlind: false, isScanned: true)
      script.go(to: position)
      script.press("e")
      #expect(!script.screen.contains("goes against"))
      script.press("gb gq")
      script.go(to: position)
      script.press("e")
      let against = script.biases.effectsAgainst(pairAt: position)
      #expect(script.screen.contains("goes against what clearly wins here") == !against.isEmpty)
      for row in against.prefix(1) {
        #expect(script.screen.contains("here: \(script.biases.rows[row].subject.phrase)"))
      }
      known.append(!against.isEmpty)
    }
    #expect(known.contains(true), "a test that never sees one proves nothing")
  }

  @Test("in open mode Enter lists the pairs that go against the row, most suspicious first")
  func counterExamples() throws {
    var script = opened(isBlind: false)
    script.press("j j Enter")
    let against = script.biases.counterExamples(ofRowAt: 2)
    let listed = script.session.queue.order.positions
    #expect(script.session.screen == .queue && !against.isEmpty)
    #expect(listed.sorted() == against)
    let ranked = listed.compactMap { script.scan.ranks[$0] }
    #expect(ranked == ranked.sorted() && script.session.queue.cursor == 0)
    let title = try #require(script.session.queue.filter).title
    #expect(title == script.biases.rows[2].counterExamplesPhrase)
    #expect(script.lines[1].contains("only: \(title.prefix(40))"))
  }

  @Test(
    "F, Esc and q list all rows again, and the cursor stays on its row",
    arguments: ["F", "Esc", "q"])
  func leaving(key: String) {
    var script = opened(isBlind: false)
    script.press("Enter j")
    let row = script.position
    script.press(key)
    #expect(script.session.queue.filter == nil)
    #expect(script.session.queue.order.count == SampleRows.rows.count)
    #expect(script.position == row && script.session.screen == .queue)
  }

  @Test("blind mode refuses the list in one line, and says how to leave")
  func refused() {
    var script = opened(isBlind: true)
    script.press("Enter")
    #expect(script.session.screen == .bias && script.session.queue.filter == nil)
    #expect(
      script.screen.contains("this list would tell which side is chosen: ,b leaves blind mode"))
    script.press(",b Enter")
    #expect(script.session.queue.filter?.tellsLabel == true)
  }

  @Test("going blind gives up a list that would tell the labels", arguments: [false, true])
  func goingBlind(isInPair: Bool) {
    var script = opened(isBlind: false)
    script.press(isInPair ? "Enter Enter" : "Enter")
    script.press(",b")
    #expect(script.session.isBlind && script.session.queue.filter == nil)
    #expect(script.session.queue.order.count == SampleRows.rows.count)
  }

  @Test("deciding goes through the list alone, and the record says that it was a search")
  func deciding() {
    var script = opened(isBlind: false)
    script.press("Enter Enter")
    let listed = script.session.queue.order.positions
    #expect(script.position == listed[0])
    script.press("t")
    #expect(listed.contains(script.position ?? -1) && script.position != listed[0])
    let routes = script.events.flatMap { event -> [Serving.Route] in
      guard case .decided(let rows) = event.content else { return [] }
      return rows.map(\.serving.route)
    }
    #expect(routes == [.search])
  }

  @Test("a row that the list has not is gone to without it")
  func outside() throws {
    var script = opened(isBlind: false)
    script.press("Enter")
    let listed = script.session.queue.order.positions
    let other = try #require(SampleRows.rows.indices.first { !listed.contains($0) })
    script.press("gn")
    script.type(String(other))
    script.press("Enter")
    #expect(script.session.queue.filter == nil && script.position == other)
  }

  @Test("new scores sort the list and leave it what it is")
  func newScores() {
    var script = opened(isBlind: false)
    script.press("Enter")
    let listed = script.session.queue.order.positions
    script.send(.scanned(script.scan, scanID: "scan-2"))
    script.press("gr")
    #expect(script.session.queue.order.positions == listed)
    #expect(script.session.queue.scores?.id == "scan-2")
  }

  @Test("Esc and Ctrl-C cancel the work; its answer may still come", arguments: ["Esc", "Ctrl-C"])
  func cancelling(key: String) {
    var script = ReviewScript(isScanned: true)
    script.isSurveyWaiting = true
    script.press("gb")
    #expect(script.screen.contains("[biases 40%]"))
    script.press(key)
    #expect(script.commands.contains(.cancelBiasSurvey) && script.session.screen == .queue)
    #expect(!script.screen.contains("[biases"))
    script.press("gb")
    #expect(script.commands.count { $0 == .surveyBiases } == 2)
    script.send(.biasesSurveyed(script.biases))
    #expect(script.session.biases.table == script.biases)
  }

  @Test("before the rows are known there is nothing to compare")
  func tooEarly() {
    var script = ReviewScript(isIndexed: false)
    script.press("gb")
    #expect(script.session.screen == .queue && !script.commands.contains(.surveyBiases))
    #expect(script.screen.contains("still being indexed"))
  }

  @Test("an empty table says so")
  func empty() {
    var script = opened(isBlind: false)
    script.send(.biasesSurveyed(BiasTable(rows: [], pairCount: 0)))
    script.press("j Enter G")
    #expect(script.screen.contains("there is nothing to compare"))
  }

  @Test("the cursor is always in view", arguments: 0..<4 as Range<UInt64>)
  func scrolling(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var script = opened(isBlind: false)
    for _ in 0..<60 {
      let key =
        ["j", "k", "G", "gg", "PgDn", "PgUp", "Ctrl-D", "Ctrl-U"].randomElement(using: &generator)
        ?? "j"
      script.press(key)
      let rows = [10, 12, 24, 48].randomElement(using: &generator) ?? 24
      script.send(.resized(Size(columns: 80, rows: rows)))
      script.press("k j")
      let state = script.session.biases
      let line = state.lines.firstIndex(of: .row(state.cursor)) ?? -1
      let visible = state.top..<state.top + script.session.biasGeometry.list.rows
      #expect(visible.contains(line))
    }
  }
}
