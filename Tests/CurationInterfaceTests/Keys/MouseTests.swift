import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Mouse")
struct MouseTests {
  private func press(_ kind: MousePress.Kind, _ column: Int, _ row: Int) -> KeyPress {
    .mouse(MousePress(kind, column: column, row: row))
  }

  @Test("a click selects a row of the queue, the wheel moves")
  func queue() {
    var script = ReviewScript()
    script.press(press(.click, 10, 7))
    #expect(script.session.queue.cursor == 4 && script.session.screen == .queue)
    script.press(press(.wheelDown, 0, 0))
    #expect(script.session.queue.cursor == 7)
    script.press(press(.wheelUp, 0, 0))
    #expect(script.session.queue.cursor == 4)
    for row in [0, 1, 2, 22, 23, 99] {
      script.press(press(.click, 10, row))
      #expect(script.session.queue.cursor == 4)
    }
  }

  @Test("a click gives a side the focus, and takes it back")
  func pair() throws {
    var script = ReviewScript(size: Size(columns: 100, rows: 30))
    script.go(to: 12)
    let areas = try #require(script.session.layout?.geometry.areas)
    for pane in [PairState.Pane.a, .b] {
      let area = try #require(areas[pane])
      script.press(press(.click, area.column, area.row))
      #expect(script.session.pair?.focus == pane)
      script.press(press(.click, area.column, area.row))
      #expect(script.session.pair?.focus == nil)
    }
    script.press(press(.wheelDown, 0, 0))
    #expect(script.session.layout?.panes[.a]?.top == 3)
  }

  @Test("whatever the mouse does, nothing is ever decided", arguments: 0..<8 as Range<UInt64>)
  func neverDecides(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var script = ReviewScript(isBlind: seed % 2 == 0, isScanned: true)
    for _ in 0..<200 {
      if let kind = [MousePress.Kind.click, .wheelUp, .wheelDown].randomElement(using: &generator) {
        script.press(
          press(
            kind, Int.random(in: 0..<90, using: &generator),
            Int.random(in: 0..<30, using: &generator))
        )
      }
      // No letter that decides: where a box takes the first of two keys, the second stands alone.
      let keys = ["Enter", "q", "e", "gf", "?", "Esc", "Tab", "E", "f"]
      if Int.random(in: 0..<6, using: &generator) == 0,
        let key = keys.randomElement(using: &generator)
      {
        // Never to the end: `q` only from a pair.
        if key != "q" || script.session.screen != .queue { script.press(key) }
      }
    }
    #expect(script.events.isEmpty)
  }
}

@Suite("Pictures")
struct PictureTests {
  @Test("the places of pictures are found, data in the row has none")
  func places() {
    let text = """
      [image: a b.png] and ![x](c.jpg "title"), ![](https://example.com/d.gif)
      [image: image/png] [image] [link](e.png) ![broken](
      """
    #expect(Pictures.places(in: text) == ["a b.png", "c.jpg", "https://example.com/d.gif"])
  }

  @Test("nothing is opened but by its key, and one picture after another")
  func viewing() {
    var script = ReviewScript(rows: RenderedRows.rows)
    script.go(to: 4)
    script.press("p j J K")
    #expect(!script.commands.contains { if case .view = $0 { true } else { false } })
    script.press(",v ,v ,v")
    let viewed = script.commands.compactMap { if case .view(let place) = $0 { place } else { nil } }
    #expect(viewed == ["photos/cat.png", "cat.jpg", "photos/cat.png"])
    script.send(.viewFailed(ProblemText(what: "not shown", why: "gone", remedy: "")))
    #expect(script.screen.contains("not shown: gone"))
    script.go(to: 0)
    script.press(",v")
    #expect(script.screen.contains("names no picture"))
  }
}
