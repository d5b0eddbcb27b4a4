import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Reasons")
struct ReasonTests {
  private func opened(_ position: Int, isBlind: Bool = true) -> ReviewScript {
    var script = ReviewScript(isBlind: isBlind)
    script.go(to: position)
    return script
  }

  /// The key that goes against the label of the row at `position`.
  private func swapKey(_ script: ReviewScript, _ position: Int) -> String {
    guard let row = script.loaded(position) else { return "?" }
    return row.order[0] == row.row.label.preferred ? "b" : "a"
  }

  @Test("r and one key say why the label of the pair decided last was wrong; the next pair stays")
  func afterGoingOn() throws {
    var script = opened(0)
    script.press(swapKey(script, 0))
    let next = script.position
    #expect(next != 0)
    script.press("r m")
    #expect(script.decision(on: 0)?.reason == "misread")
    #expect(script.outcome(on: 0) == .swap)
    #expect(script.position == next && script.session.overlay == nil)
    #expect(script.events.count == 2)
    #expect(script.screen.contains("row 0: reason misread"))
    script.press("u")
    #expect(script.decision(on: 0)?.reason == nil && script.outcome(on: 0) == .swap)
    script.press("u")
    #expect(script.decision(on: 0) == nil)
    script.press("U U")
    #expect(script.decision(on: 0)?.reason == "misread")
  }

  @Test("no key of the reasons decides the next pair, and other keys give none")
  func otherKeys() {
    var script = opened(0)
    script.press(swapKey(script, 0))
    script.press("r a b 1 x")
    #expect(script.events.count == 1)
    script.press("Esc")
    #expect(script.session.overlay == nil && script.decision(on: 0)?.reason == nil)
  }

  @Test("where nothing was preferred there is nothing to give a reason for")
  func withoutPreference() {
    var script = opened(0)
    script.press("r")
    #expect(script.screen.contains("prefer a side first") && script.session.overlay == nil)
    script.press("t r")
    #expect(script.screen.contains("prefer a side first"))
  }

  @Test(
    "where that is asked for, the next pair waits for the reason of a swap, and of nothing else")
  func asked() {
    var script = opened(0)
    script.press(",y")
    let swap = swapKey(script, 0)
    script.press(swap == "a" ? "b" : "a")
    #expect(script.position != 0 && script.session.overlay == nil)
    script.press("u")
    script.press(swap)
    #expect(script.position == 0)
    #expect(script.screen.contains("if its label is wrong, why"))
    script.press("p")
    #expect(script.decision(on: 0)?.reason == "policy")
    #expect(script.position == 1 && script.session.overlay == nil)
    script.press(swapKey(script, 1))
    script.press("Enter")
    #expect(script.position == 2 && script.decision(on: 1)?.reason == nil)
  }

  @Test("a reason that is not on disk is said, and the pair stays")
  func notSaved() {
    var script = opened(0)
    script.press(",y")
    script.press(swapKey(script, 0))
    script.journal = .fails(ProblemText(what: "the disk is full", why: "", remedy: ""))
    script.press("s")
    #expect(script.decision(on: 0)?.reason == nil)
    #expect(script.screen.contains("NOT SAVED"))
    #expect(script.position == 0)
    script.journal = .answers
    script.press("r s")
    #expect(script.decision(on: 0)?.reason == "slip")
    #expect(script.position == 0)
  }

  @Test("open mode offers the key after a swap alone; blind mode never, since that would tell")
  func hint() {
    for isBlind in [true, false] {
      var script = opened(0, isBlind: isBlind)
      script.press(swapKey(script, 0))
      #expect(script.screen.contains("r: say why") == !isBlind)
      script.press("u")
      script.press(swapKey(script, 0) == "a" ? "b" : "a")
      #expect(!script.screen.contains("r: say why"))
    }
  }

  @Test("the reasons fit every size")
  func sizes() throws {
    for (columns, rows) in [(40, 10), (60, 20), (80, 24), (160, 48)] {
      var script = ReviewScript(size: Size(columns: columns, rows: rows))
      script.go(to: 0)
      script.press("a r")
      for reason in script.session.configuration.rubric.reasons where rows > 10 {
        #expect(script.screen.contains("\(reason.key) \(reason.name)"), "\(columns)x\(rows)")
      }
      try GoldenScreen.check(script.session.frame(), "pair/reasons")
    }
  }
}
