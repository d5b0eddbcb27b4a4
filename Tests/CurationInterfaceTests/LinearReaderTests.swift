import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Linear reading")
struct LinearReaderTests {
  private func script(
    _ rows: [Result<PreferenceRow, RowProblem>] = SampleRows.rows, isBlind: Bool = true
  ) -> ReviewScript {
    ReviewScript(rows: rows, size: LinearReader.size, isBlind: isBlind)
  }

  @Test("a row, a pair and a decision are told once, in words")
  func once() {
    var script = script()
    var reader = LinearReader()
    let opening = reader.lines(for: script.session)
    #expect(opening.first?.hasPrefix("Queue of pairs.jsonl") == true)
    #expect(reader.lines(for: script.session).isEmpty)
    script.press("j")
    #expect(
      reader.lines(for: script.session) == ["2 of 15, row 1, open: write a short poem on autumn"])
    script.press("Enter")
    let pair = reader.lines(for: script.session)
    #expect(pair.contains("Prompt:") && pair.contains("A:") && pair.contains("B:"))
    #expect(pair.contains("Leaves fall down.") && pair.last?.hasPrefix("1 A much better") == true)
    #expect(reader.lines(for: script.session).isEmpty)
    script.press("a")
    let decided = reader.lines(for: script.session)
    #expect(decided.first?.contains("A better") == true)
    #expect(decided.contains { $0.contains("難しい") })
  }

  @Test("questions, prompts and other screens are told, each line once")
  func screens() {
    var script = script()
    var reader = LinearReader()
    _ = reader.lines(for: script.session)
    script.press("gd")
    #expect(!reader.lines(for: script.session).isEmpty)
    script.press("?")
    #expect(reader.lines(for: script.session).contains { $0.contains("help") })
    script.press("Esc q /")
    #expect(!reader.lines(for: script.session).isEmpty)
    script.type("x")
    #expect(reader.lines(for: script.session).last?.hasSuffix("x") == true)
  }

  @Test("with labels exchanged, a blind review is told in the same words")
  func blindLaw() {
    for rows in [
      (SampleRows.rows, SampleRows.mirrored), (RenderedRows.rows, RenderedRows.mirrored),
    ] {
      var (original, mirrored) = (script(rows.0), script(rows.1))
      var (one, two) = (LinearReader(), LinearReader())
      for key in [
        "gq", "j", "Enter", ",r", ",f", "J", "J", "J", "J", "J", "e", "n", "gd", "q", "?",
      ] {
        original.press(key)
        mirrored.press(key)
        #expect(
          one.lines(for: original.session) == two.lines(for: mirrored.session), "after \(key)")
      }
    }
    var (open, other) = (script(isBlind: false), script(SampleRows.mirrored, isBlind: false))
    open.press("Enter")
    other.press("Enter")
    var (one, two) = (LinearReader(), LinearReader())
    #expect(one.lines(for: open.session) != two.lines(for: other.session))
  }

  @Test("no line holds a control character")
  func hostile() {
    for (rows, place) in [(SampleRows.rows, 4), (RenderedRows.rows, 6)] {
      var script = script(rows)
      var reader = LinearReader()
      var lines = reader.lines(for: script.session)
      for _ in 0..<place { script.press("j") }
      lines += reader.lines(for: script.session)
      script.press("Enter")
      lines += reader.lines(for: script.session)
      for scalar in lines.joined().unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
        #expect(scalar.properties.generalCategory != .format)
      }
    }
  }
}
