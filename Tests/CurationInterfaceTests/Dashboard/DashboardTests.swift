import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Dashboard")
struct DashboardTests {
  private static let sizes = [
    Size(columns: 40, rows: 10), Size(columns: 80, rows: 24), Size(columns: 160, rows: 48),
  ]

  @Test("what is not known is said not to be, never invented")
  func nothing() {
    var script = ReviewScript(size: Size(columns: 160, rows: 60))
    script.isSurveyWaiting = true
    script.press("gd")
    for text in [
      "cannot tell: no scan and no audit yet",
      "not measured: judging all 12 rows gives it exactly; how long",
      "not measured: no flagged row is decided", "by rank not measured (0 of 25 decided)",
      "at random not measured", "comparing the sides of all pairs: 40%",
      "not looked for, a scan does", "nothing is decided", "no scan yet",
      "not measured: needs five timed decisions", "no other annotator",
    ] {
      #expect(script.screen.contains(text), "\(text)")
    }
  }

  @Test("a head without a signal is the verdict")
  func noSignal() {
    var script = ReviewScript()
    script.send(.scanned(SampleRows.scan(of: script.rows, hasSignal: false), scanID: "weak"))
    script.press("gd")
    #expect(script.screen.contains("cannot tell: the head has no signal, and no audit was made"))
  }

  @Test("where more than a tenth of the rows has a defect, that is the verdict")
  func defects() {
    var script = ReviewScript(rows: Array(SampleRows.rows[..<6]))
    script.press("gd")
    #expect(script.screen.contains("look at this first: 1 row of 6: the row cannot be read"))
    #expect(script.screen.contains("     1  the row cannot be read"))
  }

  @Test("every line that counts rows lists them, and no other rows")
  func drillDown() throws {
    var script = ReviewScript(size: Size(columns: 160, rows: 48), isScanned: true)
    script.go(to: 0)
    script.press("a b t gd")
    let links = script.session.dashboard.links
    #expect(links.count > 8)
    for (number, link) in links.enumerated() {
      script.press("gd")
      for _ in 0..<links.count { script.press("k") }
      for _ in 0..<number { script.press("j") }
      #expect(script.session.dashboard.selected == number)
      script.press("Enter")
      switch link {
      case .bias(let row):
        #expect(script.session.screen == .bias && script.session.biases.cursor == row)
      case .rows(_, let positions) where positions.isEmpty:
        #expect(script.session.screen == .dashboard)
      case .rows(let title, let positions):
        #expect(script.session.screen == .queue)
        #expect(script.session.queue.filter?.title == title)
        #expect(script.session.queue.order.positions.sorted() == positions.sorted())
      }
      script.press("gq F")
    }
  }

  @Test("each line shows while the cursor is on it", arguments: sizes)
  func inView(size: Size) {
    var script = ReviewScript(size: size, isScanned: true)
    script.go(to: 0)
    script.press("a b t gd")
    for _ in script.session.dashboard.links {
      let rows = script.session.dashboardAreas[0].rows
      let line = script.session.dashboardPages
        .compactMap { $0.line(to: script.session.dashboard.selected) }.first
      let top = script.session.dashboard.top
      #expect(line.map { (top..<top + rows).contains($0) } == true)
      script.press("j")
    }
    script.press("G")
    #expect(script.lines.contains { $0.contains("signals") }, "the last line can be read")
    script.press("gg")
    #expect(script.session.dashboard.top == 0)
  }

  @Test("in blind mode exchanging every label of the file changes nothing", arguments: sizes)
  func blind(size: Size) {
    var original = ReviewScript(size: size, isScanned: true)
    var mirrored = ReviewScript(rows: SampleRows.mirrored, size: size, isScanned: true)
    for key in ["gd"] + Array(repeating: "j", count: 20) + ["gg", "PgDn", "Enter", "gd", "a", "gd"]
    {
      original.press(key)
      mirrored.press(key)
      #expect(original.session.frame() == mirrored.session.frame(), "after \(key)")
    }
    var open = ReviewScript(
      rows: SampleRows.mirrored, size: Size(columns: 160, rows: 48), isBlind: false, isScanned: true
    )
    open.press("gd")
    #expect(open.screen.contains(": wins"))
  }

  @Test("r reviews, a audits, q goes back to the queue")
  func keys() {
    var script = ReviewScript(isScanned: true)
    script.press("gd r")
    #expect(script.session.screen == .pair && script.session.pair?.route == .queue)
    script.press("gd a")
    #expect(script.session.screen == .pair && script.session.pair?.route == .audit)
    script.press("gd q")
    #expect(script.session.screen == .queue)
  }

  @Test("undo on the dashboard shows the row, and the dashboard counts anew")
  func undo() {
    var script = ReviewScript(isScanned: true)
    script.go(to: 0)
    script.press("a gd")
    #expect(script.session.dashboard.reviewed?.count == 1)
    script.press("u gd")
    #expect(script.session.dashboard.reviewed?.isEmpty == true)
  }
}
