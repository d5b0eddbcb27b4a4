import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Filter and order")
struct FilterTests {
  private func listed(_ script: ReviewScript) -> [Int] { script.session.queue.order.positions }

  @Test("what is typed is counted at once; Enter lists it, F brings all rows back")
  func filter() {
    var script = ReviewScript(isScanned: true)
    let all = listed(script)
    script.press("f")
    script.type("capital")
    #expect(script.screen.contains("3 of 15 match"))
    script.press("Enter")
    #expect(listed(script).sorted() == [8, 9, 10])
    #expect(script.screen.contains("filter: capital"))
    #expect(script.screen.contains("3 of 15"))
    script.press("F")
    #expect(listed(script) == all)
  }

  @Test("an error has a mark under its place and a word on what is wrong, and Enter does nothing")
  func errors() throws {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type("refund supsicion>1")
    let lines = script.lines
    let row = try #require(lines.firstIndex { $0.contains("f> refund supsicion>1") })
    let place = try #require(lines[row].firstRange(of: "supsicion")?.lowerBound)
    let column = lines[row].distance(from: lines[row].startIndex, to: place)
    #expect(Array(lines[row + 1])[column] == "^")
    #expect(script.screen.contains("there is no field supsicion"))
    script.press("Enter")
    #expect(script.session.queue.filter == nil)
    #expect(script.screen.contains("there is no field supsicion"))
    script.press("Esc")
    #expect(!script.screen.contains("f> refund"))
  }

  @Test("blind mode refuses what tells the label, and leaves such a filter when it is entered")
  func blind() {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type("chosen:x")
    #expect(script.screen.contains("would tell which side is chosen"))
    script.press("Esc ,b f")
    script.type("words(chosen)<words(rejected)")
    script.press("Enter")
    #expect(script.session.queue.filter?.tellsLabel == true)
    script.press(",b")
    #expect(script.session.queue.filter == nil)
  }

  @Test("an answer that comes late is listed if it is still waited for, and not after Esc")
  func waiting() {
    for isCancelled in [false, true] {
      var script = ReviewScript(isScanned: true)
      script.isQueryWaiting = true
      script.press("f")
      script.type("refund")
      #expect(script.screen.contains("so far (looked through 61%)"))
      script.press("Enter")
      #expect(script.session.queries.pending != nil)
      #expect(script.screen.contains("[filter 61%]"))
      let number = script.session.queries.lastNumber
      script.send(.queried(number: number - 1, QueryAnswer(positions: [3])))
      #expect(script.session.queue.filter == nil)
      if isCancelled { script.press("Esc") }
      script.send(.queried(number: number, QueryAnswer(positions: [0])))
      #expect(script.session.queue.filter?.positions == (isCancelled ? nil : [0]))
      #expect(script.session.queries.pending == nil)
    }
  }

  @Test("Tab goes through what may stand there, values with their numbers")
  func completion() {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type("sta")
    script.press("Tab")
    script.type("o")
    #expect(script.screen.contains("f> status:o"))
    #expect(script.screen.contains("open 14"))
    script.press("Tab Enter")
    #expect(script.session.queue.filter?.title == "status:open")
    #expect(listed(script).count == 14)
    script.press("f")
    script.type(" words(")
    script.press("Tab Tab Tab")
    #expect(script.screen.contains("words(prompt)"))
  }

  @Test("Up goes through what was used before, Down comes back to what was typed")
  func history() {
    var script = ReviewScript(isScanned: true)
    for text in ["refund", "capital"] {
      script.press("f Ctrl-U")
      script.type(text)
      script.press("Enter")
    }
    script.press("f Ctrl-U")
    script.type("po")
    script.press("Up Up")
    #expect(script.screen.contains("f> refund "))
    script.press("Down Down")
    #expect(script.screen.contains("f> po "))
  }

  @Test("a query gets a name, and a digit in an empty line calls it; it is kept")
  func saved() {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type("status:open capital")
    script.press("Ctrl-S")
    script.type("cities")
    script.press("Enter Esc")
    let library = script.session.queries.library
    #expect(library.saved == [QueryLibrary.Saved(name: "cities", text: "status:open capital")])
    #expect(script.commands.contains(.saveQueries(library)))
    var other = ReviewScript(isScanned: true)
    other.send(.queriesLoaded(library))
    other.press("f")
    #expect(other.screen.contains("1 cities"))
    other.press("1 Enter")
    #expect(listed(other).sorted() == [8, 9, 10])
  }

  @Test("an order keeps the cursor on its row, O turns it round, and os goes back to suspicion")
  func order() throws {
    var script = ReviewScript(isScanned: true)
    let first = listed(script)
    script.press("j j")
    let row = script.position
    script.press("om")
    let margins = try #require(script.scan.signals[.leaveOneOut])
    let known = listed(script).compactMap { margins[$0] }
    #expect(known == known.sorted())
    #expect(script.position == row)
    #expect(listed(script).sorted() == Array(0..<15))
    script.press("O")
    #expect(listed(script).compactMap { margins[$0] } == known.reversed())
    script.press("of")
    #expect(listed(script) == Array(0..<15))
    script.press("os")
    #expect(listed(script) == first)
    #expect(script.position == row)
  }

  @Test("a filter may bring its own order, and a filter keeps the order that was asked for")
  func orderOfFilter() {
    var script = ReviewScript(isScanned: true)
    script.press("f")
    script.type("capital sort:-row")
    script.press("Enter")
    #expect(listed(script) == [10, 9, 8])
    script.press("of")
    #expect(listed(script) == [8, 9, 10])
    script.press("F")
    #expect(listed(script) == Array(0..<15))
  }

  @Test("marked rows are decided together, after a question, and u takes all of them back")
  func bulk() {
    var script = ReviewScript(isScanned: true)
    script.press("m j v")
    #expect(script.session.queries.marked.count == 3)
    script.press("Md")
    #expect(script.screen.contains("Drop 3 pairs? y/n"))
    script.press("n")
    #expect(script.events.isEmpty)
    script.press("Md y")
    #expect(script.events.count == 1)
    #expect(script.session.review.decidedCount == 3)
    #expect(script.session.queries.marked.isEmpty)
    script.press("u")
    #expect(script.session.review.decidedCount == 0)
  }

  @Test("where nothing is marked, the rows of the filter are meant, and never the whole queue")
  func bulkOfFilter() {
    var script = ReviewScript(isScanned: true)
    script.press("M-")
    #expect(script.screen.contains("mark rows"))
    script.press("f")
    script.type("capital")
    script.press("Enter M- y")
    #expect(script.ledger.decidedRows.count == 3)
    #expect(script.decision(on: 9)?.verdict == .skip)
    script.press("f Ctrl-U")
    script.type("status:skip")
    script.press("Enter V V")
    #expect(script.session.queries.marked.isEmpty)
  }

  @Test("the box fits every size, and shows the line and what is wrong with it before all else")
  func sizes() {
    for (columns, rows) in [(40, 10), (60, 20), (80, 24), (160, 48)] {
      var script = ReviewScript(size: Size(columns: columns, rows: rows), isScanned: true)
      script.press("f")
      script.type("susp >")
      #expect(script.screen.contains("f> susp >"))
      #expect(script.screen.contains("^"))
    }
  }
}
