import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Deciding many rows")
struct BulkTests {
  /// A queue of the rows 0 to 14 in file order with the rows at `positions` marked.
  private func marked(_ positions: [Int], isBlind: Bool) -> ReviewScript {
    var script = ReviewScript(isBlind: isBlind)
    for position in positions {
      script.press("gn")
      script.type(String(position))
      script.press("Enter m")
    }
    #expect(script.session.queries.marked == Set(positions))
    return script
  }

  private func answer(_ script: inout ReviewScript, _ keys: String) -> String {
    script.press(keys)
    guard case .question(let question) = script.session.overlay else { return "no question" }
    return question.text
  }

  @Test("labels are kept or swapped together, in one step, with the counts first")
  func byLabel() {
    for (keys, outcome) in [("Mk", Outcome.keep), ("Ms", .swap)] {
      var script = marked([0, 1, 5, 6, 13, 14], isBlind: false)
      // Row 5 cannot be read; 13 has three sides, 14 no label, and 6 twice the same side.
      let left = outcome == .keep ? "2 left out" : "3 left out"
      let text = answer(&script, keys)
      #expect(text.contains(left), "\(text)")
      script.press("y")
      #expect(script.events.count == 1)
      for position in [0, 1] { #expect(script.outcome(on: position) == outcome) }
      for position in [13, 14] { #expect(script.decision(on: position) == nil) }
      #expect(script.standing(on: 0)?.serving.route == .bulk)
      #expect(script.standing(on: 0)?.serving.labelSeen == true)
      script.press("u")
      #expect(script.ledger.decidedRows.isEmpty)
    }
  }

  @Test("blind mode refuses to keep or swap by a label that it hides, and looks at no row")
  func blind() {
    for keys in ["Mk", "Ms"] {
      var script = marked([0, 1], isBlind: true)
      script.forgetCommands()
      #expect(answer(&script, keys) == "no question")
      #expect(script.screen.contains("blind mode hides the labels"))
      #expect(!script.commands.contains { if case .planBulk = $0 { true } else { false } })
    }
  }

  @Test(
    "ties, bad, dropped and skipped rows need no label: blind and open ask the same",
    arguments: [("Mt", Verdict.tie), ("Mx", .bothBad), ("Md", .drop), ("M-", .skip)])
  func withoutLabel(keys: String, verdict: Verdict) {
    let questions = [true, false].map { isBlind in
      var script = marked([0, 3, 8], isBlind: isBlind)
      let text = answer(&script, keys)
      script.press("y")
      for position in [0, 3, 8] { #expect(script.decision(on: position)?.verdict == verdict) }
      return text
    }
    #expect(questions[0] == questions[1])
  }

  @Test("tags come to decisions as they are, and what is undecided is skipped with them")
  func tags() {
    var script = marked([0, 1, 2], isBlind: true)
    script.press("gn 0 Enter Enter b gq M#")
    script.type("safety math")
    let text = answer(&script, "Enter")
    #expect(text == "Tag 3 pairs safety math (2 undecided get skipped)? y/n")
    script.press("y")
    #expect(script.decision(on: 0)?.verdict.preferredSide != nil)
    #expect(script.decision(on: 1)?.verdict == .skip)
    for position in 0...2 { #expect(script.decision(on: position)?.tags == ["safety", "math"]) }
    #expect(script.events.count == 2)
    script.press("u")
    #expect(script.decision(on: 0)?.tags == [] && script.decision(on: 1) == nil)
  }

  @Test("a note that waited for its decision goes with it")
  func draft() {
    var script = ReviewScript()
    script.go(to: 3)
    script.press("i")
    script.type("odd")
    script.press("Enter gq m Md y")
    #expect(script.decision(on: 3) == Decision(.drop, note: "odd"))
  }

  @Test("whoever types on while it is worked out is asked nothing")
  func typedOn() {
    var script = marked([0, 1], isBlind: true)
    script.isPlanWaiting = true
    script.press("Md j")
    #expect(script.commands.contains(.cancelBulk))
    script.send(.bulkPlanned(number: 1, BulkPlan(.drop)))
    #expect(script.session.overlay == nil)
    script.press("y y")
    #expect(script.events.isEmpty)
  }

  @Test("where nothing would change, that is said instead of asked")
  func nothing() {
    var script = marked([0, 1], isBlind: true)
    script.press("Md y")
    script.press("gn 0 Enter m gn 1 Enter m")
    #expect(answer(&script, "Md") == "no question")
    #expect(script.screen.contains("nothing to do (2 are so)"))
  }
}
