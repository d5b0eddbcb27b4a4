import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Tags and notes")
struct TagTests {
  @Test("Tab completes the last word to the tags of the review, one after another")
  func completion() {
    var completion = TagCompletion(known: ["safety", "math", "style", "sane"])
    #expect(completion.candidates(for: "math s") == ["safety", "style", "sane"])
    var text = "math s"
    var seen: [String] = []
    for _ in 0..<4 {
      text = completion.complete(text) ?? "none"
      seen.append(text)
    }
    #expect(seen == ["math safety", "math style", "math sane", "math safety"])
    completion.begin()
    #expect(completion.complete("math x") == nil)
    #expect(completion.complete("") == "safety")
  }

  @Test("what was given before is offered, the most used first, also in a later session")
  func offered() {
    var script = ReviewScript()
    for (position, tags) in [(0, "rare often"), (1, "often")] {
      script.go(to: position)
      script.press("#")
      script.type(tags)
      script.press("Enter a")
    }
    var later = ReviewScript(events: script.events)
    later.go(to: 2)
    later.press("#")
    #expect(later.lines.last?.contains("Tab often  rare") == true)
    later.press("Tab")
    later.type(" new")
    later.press("Enter a")
    #expect(later.decision(on: 2)?.tags == ["often", "new"])
    later.go(to: 3)
    later.press("# n Tab")
    #expect(later.screen.contains("tags: new"))
  }

  @Test("a note goes to the editor as it is, comes back with its lines, and they survive Enter")
  func editor() {
    var script = ReviewScript()
    script.editedText = "two\nlines"
    script.go(to: 0)
    script.press("i")
    script.type("begun")
    script.press("Ctrl-X")
    #expect(script.commands.contains(.edit("begun")))
    script.press("a")
    #expect(script.decision(on: 0)?.note == "two\nlines")
    script.go(to: 0)
    script.press("i Enter")
    #expect(script.decision(on: 0)?.note == "two\nlines")
    script.press("i Ctrl-X")
    #expect(
      script.commands.last { if case .edit = $0 { true } else { false } } == .edit("two\nlines"))
  }

  @Test("an editor that fails is said, and the note stays")
  func editorFails() {
    var script = ReviewScript()
    script.go(to: 0)
    script.press("a K i")
    script.type("kept")
    script.press("Enter i Ctrl-X")
    script.send(.editFailed(ProblemText(what: "there is no editor", why: "", remedy: "")))
    #expect(script.screen.contains("there is no editor"))
    #expect(script.decision(on: 0)?.note == "kept")
  }
}
