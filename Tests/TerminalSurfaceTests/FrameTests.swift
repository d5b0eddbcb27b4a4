import TerminalSurface
import Testing

@Suite("Frames")
struct FrameTests {
  private func isWhole(_ frame: Frame) -> Bool {
    (0..<frame.size.rows).allSatisfy { row in
      let cells = frame.cells[(row * frame.size.columns)..<((row + 1) * frame.size.columns)]
      let halves = zip(cells, cells.dropFirst()).allSatisfy { ($0.width == 2) == ($1.width == 0) }
      return cells.reduce(0) { $0 + $1.width } == frame.size.columns && halves
    }
  }

  private func drawEverything(_ size: Size, seed: Int, glyphs: Glyphs) -> Frame {
    var frame = Frame(size: size, display: DisplayText(glyphs: glyphs))
    var numbers = SeededNumbers(seed)
    let text = hostileText(seed: seed)
    func place() -> Int { Int.random(in: -3...(size.columns + 3), using: &numbers) }
    let area = Rect(column: place(), row: place(), columns: place(), rows: place())
    frame.fill(area, role: .cursor)
    frame.write(text, column: place(), row: place(), role: .text)
    frame.write(text, column: place(), row: 0, limit: place())
    frame.write([StyledRun(text), StyledRun("end", .match)], endingAt: place(), row: place())
    frame.rule(
      column: place(), row: place(), columns: place(), title: [StyledRun(text)],
      note: [StyledRun("1-8 of 31")])
    frame.divider(column: place(), row: place(), rows: place())
    let inside = frame.box(area, title: [StyledRun(text)], footer: [StyledRun(text)])
    frame.write(
      WrappedText([StyledRun(text)], columns: inside.columns, display: frame.display),
      from: place(), in: inside)
    frame.gauge(0.3, column: place(), row: place(), columns: place())
    frame.bar(2, column: place(), row: place(), columns: place())
    frame.scrollMarks(in: area, above: true, below: true)
    var field = TextField(text)
    _ = field.press(.left)
    field.draw(in: &frame, column: place(), row: place(), columns: place())
    frame.recolour(area) { _ in .marked }
    return frame
  }

  @Test("anything drawn at any size leaves rows of exactly the width", arguments: 0..<60)
  func staysWhole(seed: Int) {
    for columns in [1, 2, 3, 5, 9, 40, 80] {
      for rows in [1, 2, 5, 24] {
        let size = Size(columns: columns, rows: rows)
        for glyphs in [Glyphs.ascii, .unicode] {
          #expect(isWhole(drawEverything(size, seed: seed, glyphs: glyphs)))
        }
      }
    }
  }

  @Test("no control byte reaches a cell", arguments: 0..<60)
  func holdsNoControls(seed: Int) {
    let frame = drawEverything(Size(columns: 60, rows: 20), seed: seed, glyphs: .unicode)
    let scalars = frame.cells.flatMap(\.text.unicodeScalars)
    #expect(!scalars.contains { [.control, .format].contains($0.properties.generalCategory) })
  }

  @Test("an empty frame takes drawing and stays empty")
  func canBeEmpty() {
    #expect(
      drawEverything(Size(columns: 0, rows: 0), seed: 1, glyphs: .ascii).cells.isEmpty)
  }

  @Test("writing stops at its limit and leaves out a wide cluster that would be cut")
  func cutsAtTheLimit() {
    var frame = Frame(size: Size(columns: 8, rows: 1))
    #expect(frame.write("日本語", column: 0, row: 0, limit: 5) == 4)
    #expect(frame.write("xyz", column: 6, row: 0) == 2)
    #expect(frame.lines == ["日本  xy"])
  }

  @Test("rules, boxes and gauges look as in the mock-ups")
  func drawsShapes() {
    var frame = Frame(size: Size(columns: 24, rows: 6))
    frame.rule(row: 0, columns: 24, title: [StyledRun("A")], note: [StyledRun(" 412 words ")])
    frame.box(
      Rect(column: 0, row: 1, columns: 24, rows: 3), title: [StyledRun(" g  go to ")],
      footer: [StyledRun(" Esc cancel ")])
    frame.gauge(0.4, column: 0, row: 4, columns: 12)
    frame.gauge(0.001, column: 13, row: 4, columns: 5)
    frame.bar(0.5, column: 0, row: 5, columns: 8)
    #expect(
      frame.lines == [
        "-A--------- 412 words --",
        "+- g  go to -----------+",
        "|                      |",
        "+- Esc cancel ---------+",
        "[####------] [#--]      ",
        "####                    ",
      ])
  }

  @Test("a gauge is full only at one and empty only at nothing")
  func gaugesAreHonest() {
    func gauge(_ share: Double) -> String {
      var frame = Frame(size: Size(columns: 7, rows: 1))
      frame.gauge(share, column: 0, row: 0, columns: 7)
      return frame.lines[0]
    }
    #expect(gauge(0) == "[-----]")
    #expect(gauge(.nan) == "[-----]")
    #expect(gauge(1e-9) == "[#----]")
    #expect(gauge(0.999) == "[####-]")
    #expect(gauge(1) == "[#####]")
    #expect(gauge(.infinity) == "[#####]")
  }

  @Test("a cursor outside the frame is hidden")
  func hidesACursorOutside() {
    var frame = Frame(size: Size(columns: 4, rows: 2))
    frame.cursor = (3, 1)
    #expect(frame.cursor?.column == 3 && frame.cursor?.row == 1)
    frame.cursor = (4, 0)
    #expect(frame.cursor == nil)
  }

  @Test("writing a difference into the old frame makes the new one", arguments: 0..<100)
  func differencesAreComplete(seed: Int) {
    let size = Size(columns: 30, rows: 6)
    var old = drawEverything(size, seed: seed, glyphs: .ascii)
    var new = old
    for change in 0..<(seed % 5) {
      new.write(
        hostileText(seed: seed + change, pieces: 3), column: seed % 30, row: change, role: .match)
    }
    let difference = FrameDifference(from: old, to: new)
    for run in difference.runs {
      var column = run.column
      for cell in run.cells {
        old.put(cell, column: column, row: run.row)
        column += cell.width
      }
    }
    #expect(old.cells == new.cells)
    #expect(FrameDifference(from: new, to: new).runs.isEmpty)
  }

  @Test("without an old frame of the same size every cell is written")
  func differencesToNothingAreAll() {
    let frame = drawEverything(Size(columns: 30, rows: 6), seed: 3, glyphs: .ascii)
    for old in [nil, Frame(size: Size(columns: 6, rows: 30))] {
      let runs = FrameDifference(from: old, to: frame).runs
      #expect(runs.map(\.cells.count) == Array(repeating: 30, count: 6))
    }
  }
}
