import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

/// Rows with one response: ratings, with nothing to compare.
@Suite("Rows of one response")
struct RatedRowTests {
  private func script(isBlind: Bool) -> ReviewScript {
    let rows = [PreferenceLabel.desirable, .undesirable].map { label in
      Result<PreferenceRow, RowProblem>.success(
        PreferenceRow(
          context: [Turn(.user, "question")],
          sides: [Side(turns: [Turn(.assistant, "the only answer")])], label: label))
    }
    return ReviewScript(rows: rows, isBlind: isBlind)
  }

  @Test("the response is shown, and in open mode what the file calls it")
  func shown() {
    var open = script(isBlind: false)
    open.press("Enter")
    #expect(open.screen.contains("the only answer"))
    #expect(open.screen.contains("the file calls it good"))
    open.press("K")
    var blind = script(isBlind: true)
    blind.press("Enter")
    #expect(blind.screen.contains("the only answer"))
    #expect(!blind.screen.contains("the file calls it"))
  }

  @Test("it can be dropped or skipped; a comparison is refused and no key is a trap")
  func decided() {
    var script = script(isBlind: true)
    script.press("Enter")
    for keys in ["a", "b", "A", "B", "t", "x"] {
      script.press(keys)
      #expect(script.screen.contains("1 response: it can be dropped (d) or skipped (-)"))
      #expect(script.events == [])
    }
    for keys in ["y b", "y a", ",s", "Tab", "Tab", "z", "z", "w", "p"] { script.press(keys) }
    script.press("d")
    #expect(script.events.count == 1)
  }
}
