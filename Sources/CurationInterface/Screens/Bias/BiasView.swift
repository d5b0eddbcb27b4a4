import PreferenceScoring
import TerminalSurface

extension Session {
  var biasGeometry: BiasGeometry { BiasGeometry(size: size) }

  func drawBiasScreen(in frame: inout Frame) {
    drawHeader(
      [
        StyledRun("biases", .title),
        StyledRun("  \(dataset.name)  \(Numbers.grouped(dataset.rowCount)) rows", .textMuted),
      ], in: &frame)
    let geometry = biasGeometry
    guard let table = biases.table else { return drawBiasWaiting(in: &frame) }
    guard !table.rows.isEmpty else {
      frame.write("no two sides differ: there is nothing to compare", column: 1, row: 2)
      return
    }
    frame.write(
      display.truncated(
        "\(Numbers.count(table.pairCount, "pair")); \(table.testSummary)", to: size.columns - 2),
      column: 1, row: 1, role: .textMuted)
    drawBiasHead(geometry, in: &frame)
    let lines = biases.lines
    for number in 0..<geometry.list.rows where lines.indices.contains(biases.top + number) {
      let row = geometry.list.row + number
      switch lines[biases.top + number] {
      case .heading(let section):
        frame.write(section.title, column: 1, row: row, role: .title, limit: size.columns - 2)
      case .row(let index): draw(table.rows[index], geometry, row: row, in: &frame)
      }
      guard lines[biases.top + number] == .row(biases.cursor) else { continue }
      frame.put(Cell(">", role: .cursor), column: 0, row: row)
      frame.recolour(Rect(column: 0, row: row, columns: size.columns, rows: 1)) { _ in .cursor }
    }
    frame.scrollMarks(
      in: geometry.list, above: biases.top > 0,
      below: biases.top + geometry.list.rows < lines.count)
    drawBiasDetail(geometry, table, in: &frame)
  }

  private func drawBiasWaiting(in frame: inout Frame) {
    guard case .working(let share) = biases.phase else {
      return drawNothingYet(
        "nothing has been compared yet: \(keyName(.openBiases)) does", in: &frame)
    }
    drawSurvey("comparing the sides of all pairs", share: share, in: &frame)
  }

  private func drawBiasHead(_ geometry: BiasGeometry, in frame: inout Frame) {
    let wins = isBlind ? "ONE" : "WINS"
    var head = "  " + display.padded("", to: geometry.nameColumns)
    if geometry.showsPairs {
      head += display.padded("PAIRS", to: BiasGeometry.pairColumns, alignedRight: true)
    }
    head += display.padded(wins, to: BiasGeometry.winColumns, alignedRight: true)
    if geometry.showsIntervals {
      head += display.padded("  95%", to: BiasGeometry.winIntervalColumns)
    }
    if geometry.barColumns > 0 {
      let half = geometry.barColumns / 2
      let ends = isBlind ? ("", "100%") : ("0%", "100%")
      head +=
        "  " + display.padded(ends.0, to: half) + "|"
        + display.padded(ends.1, to: half, alignedRight: true)
    }
    if geometry.showsOdds {
      head += display.padded("ODDS", to: BiasGeometry.oddsColumns, alignedRight: true)
    }
    if geometry.showsIntervals { head += "  95%" }
    frame.write(head, column: 1, row: BiasGeometry.headRows - 1, role: .title)
  }

  private func draw(
    _ row: BiasRow, _ geometry: BiasGeometry, row line: Int, in frame: inout Frame
  ) {
    let shown = isBlind ? row.withoutDirection : row
    let mark = row.isClear ? "* " : row.isSignificant ? "+ " : "  "
    var runs = [
      StyledRun(mark, row.isClear ? .statusWarning : .textMuted),
      StyledRun(display.padded(row.subject.phrase, to: geometry.nameColumns)),
    ]
    func add(_ text: String, _ columns: Int, _ role: ThemeRole = .text) {
      runs.append(StyledRun(display.padded(text, to: columns, alignedRight: true), role))
    }
    if geometry.showsPairs {
      add(Numbers.grouped(row.pairCount), BiasGeometry.pairColumns, .textMuted)
    }
    let wins = shown.winRate
    add(Numbers.nearestPercent(wins.value), BiasGeometry.winColumns)
    if geometry.showsIntervals {
      let interval = "  " + Numbers.percentRange(wins)
      runs.append(
        StyledRun(display.padded(interval, to: BiasGeometry.winIntervalColumns), .textMuted))
    }
    if geometry.barColumns > 0 {
      runs.append(StyledRun("  "))
      runs += bar(wins.value, columns: geometry.barColumns)
    }
    if geometry.showsOdds {
      let odds = shown.effect?.oddsRatio
      add(odds.map { Numbers.fixed($0.value) } ?? "-", BiasGeometry.oddsColumns)
      if geometry.showsIntervals, let odds {
        let interval = "  \(Numbers.fixed(odds.lower))-\(Numbers.fixed(odds.upper))"
        runs.append(StyledRun(interval, .textMuted))
      }
    }
    frame.write(runs, column: 1, row: line, limit: size.columns - 2)
  }

  /// A bar from one half, which is its middle, to `share`.
  private func bar(_ share: Double, columns: Int) -> [StyledRun] {
    let half = columns / 2
    let length = Int((abs(share - 0.5) * 2 * Double(half)).rounded())
    let filled = StyledRun(String(repeating: display.glyphs.filled, count: length), .histogram)
    let rest = StyledRun(String(repeating: " ", count: half - length))
    let whole = StyledRun(String(repeating: " ", count: half))
    let middle = StyledRun(display.glyphs.vertical, .border)
    return share < 0.5 ? [rest, filled, middle, whole] : [whole, middle, filled, rest]
  }

  private func drawBiasDetail(
    _ geometry: BiasGeometry, _ table: BiasTable, in frame: inout Frame
  ) {
    guard geometry.detail.rows > 0, table.rows.indices.contains(biases.cursor) else { return }
    let row = table.rows[biases.cursor]
    let story = BiasStory(row: row, testedCount: table.testedCount, isBlind: isBlind)
    guard geometry.detail.rows > 1 else {
      frame.write(
        display.truncated(story.verdict, to: geometry.detail.columns),
        column: geometry.detail.column, row: geometry.detail.row, role: .textMuted)
      return
    }
    frame.rule(row: geometry.detail.row, columns: size.columns)
    let text = WrappedText(
      [StyledRun(story.text)], columns: geometry.detail.columns, display: display)
    frame.write(text, in: geometry.detail.split(top: 1).rest)
  }

  var biasStatus: [StyledRun] {
    guard let table = biases.table, !table.rows.isEmpty else { return [] }
    var runs = [
      StyledRun(
        "\(biases.cursor + 1) of \(Numbers.count(table.rows.count, "effect"))  ", .textMuted),
      StyledRun("* clear  + beyond chance only", .textMuted),
    ]
    if isBlind {
      runs.append(StyledRun("  which side wins is hidden: \(keyName(.blind))", .statusWarning))
    }
    return runs
  }
}
