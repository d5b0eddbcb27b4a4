import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Messages and hints")
struct LastRowsTests {
  @Test("beside what happened last stands what is to be known of the pair in view")
  func factsBesideMessage() {
    var script = ReviewScript()
    script.go(to: 6)
    script.press(",n t")
    #expect(script.lines[22].contains("tie"))
    #expect(script.lines[22].contains("both sides are the same text"))
  }

  @Test("while something is asked, the last row names its keys and no others")
  func keysOfQuestion() {
    var script = ReviewScript(isScanned: true)
    script.go(to: 0)
    script.press("i")
    #expect(script.lines[23].contains("Enter keep  Esc cancel  Ctrl-X editor"))
    #expect(!script.lines[23].contains("better"))
    script.press("Esc e")
    #expect(script.lines[23].contains("y yes  n no"))
    script.press("n /")
    #expect(script.lines[23].contains("Enter search"))
    script.press("Esc")
    #expect(script.lines[23].contains("a/b better"))
  }

  @Test("note and tags outlive the decision that is taken back, and go with the next one")
  func remarksStay() throws {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("i")
    script.type("odd")
    script.press("Enter #")
    script.type("safety")
    script.press("Enter a u")
    #expect(script.position == 0 && script.decision(on: 0) == nil)
    #expect(script.screen.contains("row 0: undone"))
    script.press("b")
    let decision = try #require(script.decision(on: 0))
    #expect(decision.note == "odd" && decision.tags == ["safety"])
    // A note that was added to a decision goes when that is what is taken back.
    script.go(to: 1)
    script.press("a")
    script.go(to: 1)
    script.press("i")
    script.type("late")
    script.press("Enter u")
    #expect(script.decision(on: 1)?.note == "")
    #expect(script.session.remarksInView.note == "")
    // What comes back by redo stands in no draft.
    script.go(to: 0)
    script.press("u u U")
    #expect(script.session.review.drafts.isEmpty)
  }

  @Test("what M does to many rows is said as what it is")
  func participles() {
    var script = ReviewScript(isScanned: true)
    script.press("m j m M#")
    script.type("odd")
    script.press("Enter y")
    #expect(script.lines[22].contains("2 pairs tagged"))
    script.press("m Md y")
    #expect(script.lines[22].contains("1 pair dropped"))
  }

  @Test("a folded prompt that begins in the middle begins with words")
  func promptBegins() throws {
    var script = ReviewScript()
    script.go(to: 11)
    for columns in stride(from: 40, through: 200, by: 16) {
      for rows in 14..<40 {
        script.send(.resized(Size(columns: columns, rows: rows)))
        let content = try #require(script.session.layout?.panes[.prompt])
        guard content.top > 0, content.area.rows > 1 else { continue }
        let first = content.text.lines[content.lines.lowerBound]
        #expect(!first.drawn.isEmpty, "\(columns)x\(rows)")
      }
    }
  }
}
