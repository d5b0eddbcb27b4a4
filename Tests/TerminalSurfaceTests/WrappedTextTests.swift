import TerminalSurface
import Testing

@Suite("Wrapped text")
struct WrappedTextTests {
  let display = DisplayText()

  private func wrap(_ text: String, _ columns: Int, lines: Int = .max) -> WrappedText {
    WrappedText([StyledRun(text)], columns: columns, display: display, lines: lines)
  }

  private func drawn(_ text: WrappedText) -> [String] {
    text.lines.indices.map { number in text.runs(ofLine: number).map(\.text).joined() }
  }

  @Test("the lines' sources follow each other and make up the text", arguments: 0..<100)
  func linesCoverTheText(seed: Int) {
    let text = hostileText(seed: seed, pieces: 120)
    for columns in [1, 2, 3, 7, 20, 38, 80] {
      let wrapped = wrap(text, columns)
      var end = 0
      for line in wrapped.lines {
        #expect(line.drawn.lowerBound == end)
        #expect(line.end >= line.drawn.upperBound)
        end = line.end
      }
      #expect(end == text.utf8.count)
      #expect(wrapped.isComplete)
    }
  }

  @Test("what a line leaves out is blanks and its newline", arguments: 0..<100)
  func linesLeaveOutBlanksOnly(seed: Int) {
    let bytes = Array(hostileText(seed: seed, pieces: 120).utf8)
    for line in wrap(String(decoding: bytes, as: UTF8.self), 17).lines {
      let hidden = bytes[line.drawn.upperBound..<line.end]
      #expect(hidden.allSatisfy { [0x20, 0x09, 0x0A, 0x0D].contains($0) })
    }
  }

  @Test("every line fits", arguments: 0..<100)
  func linesFit(seed: Int) {
    let text = hostileText(seed: seed, pieces: 120)
    // A visible mark is at most ten columns wide and stays in one piece.
    for columns in [10, 17, 38, 80] {
      let wrapped = wrap(text, columns)
      for (number, line) in drawn(wrapped).enumerated() {
        #expect(display.columns(of: line) <= columns)
        #expect(display.columns(of: line) == wrapped.lines[number].columns)
      }
    }
  }

  @Test("lines laid out one by one are those laid out at once", arguments: 0..<50)
  func layingOutInPartsChangesNothing(seed: Int) {
    let text = hostileText(seed: seed, pieces: 120)
    var parts = wrap(text, 23, lines: 1)
    var count = 1
    while !parts.isComplete {
      count += 3
      parts.layOut(lines: count)
    }
    #expect(parts.lines == wrap(text, 23).lines)
  }

  @Test("a place in the text is on the line that holds it, at every width", arguments: 0..<50)
  func findsTheLineOfAPlace(seed: Int) {
    let text = hostileText(seed: seed, pieces: 120)
    for offset in stride(from: 0, through: text.utf8.count, by: 11) {
      for columns in [9, 40] {
        var wrapped = wrap(text, columns, lines: 1)
        let number = wrapped.line(containing: offset)
        let line = wrapped.lines[number]
        #expect(line.drawn.lowerBound <= offset)
        #expect(offset < line.end || offset == text.utf8.count)
      }
    }
  }

  @Test(
    "lines break at blanks, keep indentation, and cut only words longer than a line",
    arguments: [
      ("the quick brown fox", 10, ["the quick", "brown fox"]),
      ("exactly ten", 11, ["exactly ten"]),
      ("    indented code", 12, ["    indented", "code"]),
      ("abcdefghij klm", 4, ["abcd", "efgh", "ij", "klm"]),
      ("one\n\n two", 9, ["one", "", " two"]),
      ("trailing   \nnext", 8, ["trailing", "next"]),
      ("日本語テキスト", 6, ["日本語", "テキス", "ト"]),
      ("ab日本", 5, ["ab日", "本"]),
      ("", 5, [""]),
      ("a\n", 5, ["a", ""]),
    ])
  func breaksLines(text: String, columns: Int, lines: [String]) {
    #expect(drawn(wrap(text, columns)) == lines)
  }

  @Test("runs keep their roles across lines")
  func keepsRoles() {
    let text = WrappedText(
      [StyledRun("one two ", .sideA), StyledRun("three", .sideOnlyA), StyledRun(" four", .sideA)],
      columns: 9, display: display)
    #expect(text.runs(ofLine: 0) == [StyledRun("one two", .sideA)])
    #expect(text.runs(ofLine: 1) == [StyledRun("three", .sideOnlyA)])
    #expect(text.runs(ofLine: 2) == [StyledRun("four", .sideA)])
  }
}
