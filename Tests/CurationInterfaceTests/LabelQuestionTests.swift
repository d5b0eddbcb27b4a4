import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Label question")
struct LabelQuestionTests {
  private static let readings = ["a=0,b=1,tie=2", "a=1,b=2,tie=0"].compactMap { LabelValues($0) }

  private func question(
    _ size: Size = Size(columns: 80, rows: 24), readings: [LabelValues] = readings
  ) throws -> LabelQuestion {
    let field = try #require(FieldPath("label"))
    let examples = [0, 2, 4].enumerated().map { value, row in
      LabelAmbiguity.Example(row: row, value: String(value))
    }
    let ambiguity = LabelAmbiguity(
      field: field, readings: readings.map { .init(values: $0) }, examples: examples)
    return LabelQuestion(
      fileName: "pairs.jsonl", ambiguity: ambiguity,
      examples: examples.map {
        .init(row: $0.row, value: $0.value, content: SampleRows.rows[$0.row])
      }, size: size, display: DisplayText(glyphs: .ascii))
  }

  @Test("told in lines it says every example and reading, and the cursor says where it comes to")
  func lines() throws {
    var question = try question()
    let lines = question.lines
    for row in [0, 2, 4] { #expect(lines.contains { $0.hasPrefix("Row \(row), label is") }) }
    #expect(
      lines.contains { $0.hasPrefix("1: 0: A is better, 1: B is better, 2: a tie. Then row 0") })
    #expect(lines.contains { $0.hasPrefix("2: 1: A is better") })
    #expect(lines.last?.contains("1 or 2 chooses") == true)
    // What stands in the file reaches no terminal as control.
    for line in lines {
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F })
    }
    let first = question.currentLine
    question.press(.down)
    #expect(question.currentLine != first && lines.contains(question.currentLine))
  }

  @Test("a number chooses its reading, Enter the one under the cursor, Esc none")
  func answers() throws {
    var byNumber = try question()
    byNumber.press(.character("2"))
    #expect(byNumber.answer == .reading(Self.readings[1]))
    var byCursor = try question()
    for key in [KeyPress.character("k"), .down, .character("j"), .character("9"), .character("x")] {
      byCursor.press(key)
      #expect(byCursor.answer == nil)
    }
    byCursor.press(.enter)
    #expect(byCursor.answer == .reading(Self.readings[1]))
    for key in [KeyPress.escape, .character("q"), .control("c")] {
      var left = try question()
      left.press(key)
      #expect(left.answer == .left)
    }
  }

  @Test("each reading says what it makes of the example rows")
  func consequences() throws {
    let screen = try question().frame().lines.joined(separator: "\n")
    #expect(screen.contains("row 0: A is better, row 2: B is better, row 4: a tie"))
    #expect(screen.contains("row 0: a tie, row 2: A is better, row 4: B is better"))
    let signs = ["a=negative,b=positive,tie=0", "a=positive,b=negative,tie=0"]
      .compactMap { LabelValues($0) }
    let signed = try question(readings: signs).frame().lines.joined(separator: "\n")
    #expect(signed.contains("below 0: A is better, above 0: B is better, 0: a tie"))
    #expect(signed.contains("row 0: a tie, row 2: B is better, row 4: B is better"))
  }

  @Test("every size draws, and from 60 x 12 on every reading is on screen")
  func sizes() throws {
    for columns in [1, 20, 40, 60, 80, 160] {
      for rows in [1, 2, 6, 12, 24, 48] {
        let frame = try question(Size(columns: columns, rows: rows)).frame()
        #expect(frame.lines.count == rows)
        guard columns >= 60, rows >= 12 else { continue }
        let text = frame.lines.joined(separator: "\n")
        #expect(text.contains("1  0: A is better") && text.contains("2  1: A is better"))
      }
    }
  }

  @Test("the question looks as it is kept")
  func golden() throws {
    for size in [Size(columns: 80, rows: 24), Size(columns: 160, rows: 48)] {
      try GoldenScreen.check(try question(size).frame(), "labels/question")
    }
  }
}
