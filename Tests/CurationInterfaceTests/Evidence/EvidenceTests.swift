import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Evidence")
struct EvidenceTests {
  @Test("evidence waits for the decision, says what was decided, and turns signs into sides")
  func afterDecision() throws {
    var script = ReviewScript(size: Size(columns: 100, rows: 40), isScanned: true)
    script.go(to: 0)
    script.press("a K e")
    let row = try #require(script.loaded(0))
    let isChosenFirst = row.order[0] == 0
    let screen = script.screen
    #expect(screen.contains("The file says: \(isChosenFirst ? "A" : "B") chosen"))
    #expect(screen.contains("You: A better"))
    let words = screen.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("it is not the probability that the label is wrong"))
    // The longer side loses by its length here: the amount is negative for the chosen side.
    let line = try #require(script.lines.first { $0.contains("length in words") })
    #expect(line.contains(isChosenFirst ? " B   0.750" : " A   0.750"))
  }

  @Test("turning the sides turns the evidence")
  func turned() throws {
    var script = ReviewScript(size: Size(columns: 100, rows: 40), isBlind: false, isScanned: true)
    script.go(to: 0)
    script.press("e")
    let before = try #require(script.lines.first { $0.contains("sum ") })
    script.press("e ,s e")
    let after = try #require(script.lines.first { $0.contains("sum ") })
    #expect(before != after)
    #expect(
      before.replacing(" A ", with: " ? ") == after.replacing(" B ", with: " ? ")
        || before.replacing(" B ", with: " ? ") == after.replacing(" A ", with: " ? "))
  }

  @Test("a model without a signal is called that, in the queue and in the evidence")
  func noSignal() {
    var script = ReviewScript(size: Size(columns: 100, rows: 40), isBlind: false)
    script.send(.scanned(SampleRows.scan(of: script.rows, hasSignal: false), scanID: "weak"))
    #expect(script.screen.contains("little better than random"))
    script.go(to: 0)
    script.press("e")
    #expect(script.screen.contains("little better than random"))
    #expect(script.screen.contains("95% interval .49"))
  }

  @Test("signals that have not followed the decisions say so")
  func signalsBehind() {
    var script = ReviewScript(size: Size(columns: 100, rows: 40), isBlind: false, isScanned: true)
    script.go(to: 0)
    script.press("e")
    #expect(!script.screen.contains("do not know yet"))
    script.send(
      .rescored(SampleRows.scan(of: script.rows, changes: LabelChanges(swapped: [1, 2]))))
    #expect(script.screen.contains("do not know yet of 2 labels"))
  }

  @Test("a row without a score says why")
  func unscored() {
    var script = ReviewScript(isBlind: false, isScanned: true)
    script.go(to: 6)
    script.press("e")
    #expect(script.screen.contains("nothing to score"))
  }

  @Test("evidence scrolls to its end and no further")
  func scrolling() {
    var script = ReviewScript(size: Size(columns: 60, rows: 12), isBlind: false, isScanned: true)
    script.go(to: 0)
    script.press("e G")
    let end = script.lines
    script.press("j PgDn")
    #expect(script.lines == end)
    script.press("gg")
    #expect(script.lines[1].contains("The file says"))
  }
}
