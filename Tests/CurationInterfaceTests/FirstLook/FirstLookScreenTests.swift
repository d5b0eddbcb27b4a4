import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("First look screen")
struct FirstLookScreenTests {
  private func opened(isBlind: Bool = true) -> ReviewScript {
    var script = ReviewScript(isBlind: isBlind, isScanned: true)
    script.press("gf")
    return script
  }

  @Test("gf asks once, and shows it again without asking")
  func asking() {
    var script = opened()
    #expect(script.session.screen == .firstLook && script.screen.contains("labels"))
    script.press("q gf")
    #expect(script.commands.count { $0 == .surveyFile } == 1)
  }

  @Test("Enter lists the rows of a line, and a line without rows says so")
  func rows() throws {
    var script = opened()
    script.press("Enter")
    #expect(script.session.screen == .firstLook && script.screen.contains("counts no rows"))
    let lines = try #require(script.session.firstLookStory).lines
    let place = try #require(lines.firstIndex { !$0.rows.isEmpty })
    script.press(Array(repeating: "j", count: place).joined(separator: " ") + " Enter")
    #expect(script.session.screen == .queue)
    #expect(script.session.queue.order.positions.sorted() == lines[place].rows)
    #expect(script.session.queue.filter?.tellsLabel == false)
  }

  @Test("blind and open mode say different things of which side wins, and the cursor stays")
  func modes() {
    var script = opened(isBlind: false)
    let open = script.session.firstLookStory?.lines
    script.press("j j ,b")
    #expect(script.session.screen == .firstLook && script.session.firstLook.cursor == 2)
    #expect(script.session.firstLookStory?.lines != open)
  }

  @Test("in blind mode the story is the same with every label exchanged")
  func blindLaw() {
    let story = [SampleRows.rows, SampleRows.mirrored].map { rows in
      FirstLookStory(
        SampleRows.firstLook(of: rows), index: SampleRows.index(of: rows), isBlind: true)
    }
    #expect(story[0].lines == story[1].lines)
  }

  @Test("Esc and Ctrl-C cancel the work; its answer may still come", arguments: ["Esc", "Ctrl-C"])
  func cancelling(key: String) {
    var script = ReviewScript(isScanned: true)
    script.isSurveyWaiting = true
    script.press("gf")
    #expect(script.screen.contains("[file 40%]"))
    script.press(key)
    #expect(script.commands.contains(.cancelFileSurvey) && script.session.screen == .queue)
    script.send(.fileSurveyed(script.firstLook))
    script.press("gf")
    #expect(script.screen.contains("labels"))
  }

  @Test("before the rows are known there is nothing to count")
  func tooEarly() {
    var script = ReviewScript(isIndexed: false)
    script.press("gf")
    #expect(script.session.screen == .queue && !script.commands.contains(.surveyFile))
  }

  @Test("the line under the cursor is always in view", arguments: 0..<4 as Range<UInt64>)
  func scrolling(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var script = opened(isBlind: false)
    for _ in 0..<60 {
      script.send(
        .resized(
          Size(
            columns: [40, 80, 120].randomElement(using: &generator) ?? 80,
            rows: [10, 12, 24, 48].randomElement(using: &generator) ?? 24)))
      script.press(
        ["j", "k", "G", "gg", "PgDn", "PgUp", "Ctrl-D"].randomElement(using: &generator) ?? "j")
      let state = script.session.firstLook
      let rows = script.session.firstLookRows() ?? []
      let visible = state.top..<(state.top + script.session.firstLookArea.rows)
      #expect(rows.indices.contains { visible.contains($0) && rows[$0].line == state.cursor })
    }
  }
}
