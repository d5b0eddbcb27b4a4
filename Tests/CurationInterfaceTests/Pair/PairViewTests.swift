import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Pair view")
struct PairViewTests {
  @Test("the layout follows the width and the height")
  func ladder() {
    let shapes: [(Size, PairShape)] = [
      (Size(columns: 40, rows: 10), .single), (Size(columns: 59, rows: 40), .single),
      (Size(columns: 60, rows: 20), .stacked), (Size(columns: 60, rows: 12), .single),
      (Size(columns: 83, rows: 24), .stacked), (Size(columns: 84, rows: 24), .beside),
      (Size(columns: 110, rows: 30), .besideWithEvidence), (Size(columns: 110, rows: 12), .beside),
      (Size(columns: 150, rows: 40), .workspace),
    ]
    for (size, shape) in shapes { #expect(PairShape(size: size) == shape) }
  }

  @Test("panes never overlap, and never leave their part of the screen")
  func panesDoNotOverlap() {
    for columns in [40, 59, 60, 80, 84, 109, 110, 149, 150, 200] {
      for rows in [10, 14, 15, 24, 48] {
        var script = ReviewScript(size: Size(columns: columns, rows: rows))
        script.go(to: 12)
        for keys in ["", "p", "p z", "z"] {
          script.press(keys)
          guard let geometry = script.session.layout?.geometry else {
            Issue.record("no layout at \(columns) x \(rows)")
            continue
          }
          var taken: Set<Int> = []
          let areas =
            PairState.Pane.allCases.flatMap { [geometry.rules[$0], geometry.areas[$0]] }
            + [geometry.queue, geometry.evidence]
          for area in areas.compactMap(\.self) {
            #expect(area.column >= 0 && area.endColumn <= columns)
            #expect(area.row >= 1 && area.endRow <= rows - 2)
            for row in area.row..<area.endRow {
              for column in area.column..<area.endColumn {
                #expect(taken.insert(row * columns + column).inserted)
              }
            }
          }
        }
      }
    }
  }

  @Test("a resize keeps the top visible word")
  func resizeKeepsPlace() throws {
    var script = ReviewScript(size: Size(columns: 80, rows: 24))
    script.go(to: 12)
    script.press("PgDn j j PgDn")
    let anchor = try #require(script.session.layout?.panes[.a]?.anchor)
    #expect(anchor > 0)
    for size in [
      Size(columns: 160, rows: 48), Size(columns: 61, rows: 20), Size(columns: 80, rows: 24),
    ] {
      script.send(.resized(size))
      let pane = try #require(script.session.layout?.panes[.a])
      let top = pane.text.lines[pane.top]
      // Unless the end of the text comes into view, the line on top holds the same word.
      #expect(!pane.hasMoreBelow || (top.drawn.lowerBound...top.end).contains(anchor))
    }
    #expect(script.session.layout?.panes[.a]?.anchor == anchor)
  }

  @Test("locked sides scroll together; Tab scrolls one alone; the short side waits at its end")
  func scrolling() throws {
    var script = ReviewScript(size: Size(columns: 80, rows: 16))
    script.go(to: 12)
    script.press("j j j")
    #expect(script.top(.a) == 3 && script.top(.b) == 3)
    script.press("Tab j")
    #expect(script.top(.a) == 4 && script.top(.b) == 3)
    script.press("Tab j j")
    #expect(script.top(.a) == 4 && script.top(.b) == 5)
    script.press("Tab G")
    let end = try #require(script.top(.a))
    #expect(script.session.layout?.panes[.a]?.hasMoreBelow == false)
    script.press("k")
    #expect(script.top(.a) == end - 1)
    script.press("gg")
    #expect(script.top(.a) == 0 && script.top(.b) == 0)
  }

  @Test("a narrow screen shows one side, and Tab turns to the other")
  func oneSide() {
    var script = ReviewScript(size: Size(columns: 50, rows: 16))
    script.go(to: 8)
    #expect(script.screen.contains("-A-") && !script.screen.contains("-B"))
    script.press("Tab")
    #expect(script.screen.contains("-B*-") && !script.screen.contains("-A"))
    script.press("Tab")
    #expect(script.screen.contains("-A*-"))
  }

  @Test("a folded prompt shows what was asked last, and earlier turns where there is room")
  func promptFolds() {
    var narrow = ReviewScript(size: Size(columns: 40, rows: 10))
    narrow.go(to: 11)
    #expect(narrow.screen.contains("And without a stove?"))
    #expect(narrow.screen.contains("p unfolds") && !narrow.screen.contains("patient cook"))
    narrow.press("p")
    #expect(narrow.screen.contains("patient cook"))
    var roomy = ReviewScript()
    roomy.go(to: 11)
    #expect(roomy.screen.contains("patient cook") && !roomy.screen.contains("p unfolds"))
  }

  @Test("words that one side alone has are marked, and can be switched off")
  func marks() {
    var script = ReviewScript()
    script.go(to: 0)
    func roles() -> Set<ThemeRole> { Set(script.session.frame().cells.map(\.role)) }
    #expect(roles().isSuperset(of: [.sideOnlyA, .sideOnlyB, .textCommon]))
    script.press("=")
    #expect(roles().isDisjoint(with: [.sideOnlyA, .sideOnlyB, .textCommon]))
    script.press("=")
    script.go(to: 1)
    #expect(script.screen.contains("diff: off"))
  }

  @Test("a pair found by a search opens where the text was found")
  func searchScrolls() {
    let text = String(repeating: "filler words all over\n", count: 300)
    let rows = [
      SampleRows.pair("none", "a", "b"),
      SampleRows.pair("far down", text + "needle" + text, "short"),
    ]
    var script = ReviewScript(rows: rows)
    script.press("Enter /")
    script.type("NEEDLE")
    script.press("Enter")
    #expect(script.position == 1)
    #expect(script.screen.contains("needle"))
  }

  @Test("nothing of a hostile text reaches a cell as control")
  func hostileText() {
    var script = ReviewScript(size: Size(columns: 160, rows: 48), isScanned: true)
    script.go(to: 4)
    script.press("e y p")
    for cell in script.session.frame().cells {
      for scalar in cell.text.unicodeScalars {
        #expect(scalar.value >= 0x20 && !(0x7F...0x9F).contains(scalar.value))
        #expect(scalar.properties.generalCategory != .format)
      }
    }
    #expect(script.screen.contains("^["))
  }

  @Test("the clipboard gets the text as the file has it")
  func copying() {
    var script = ReviewScript()
    script.go(to: 4)
    script.press("yp yi")
    #expect(script.commands.contains(.copy("user: hostile \u{1B}[2Jtext\u{202E}")))
    #expect(script.commands.contains(.copy(script.session.rowID(at: 4)?.description ?? "")))
  }

  @Test("a text of a megabyte is laid out only as far as it is looked at")
  func largeText() throws {
    let large = String(repeating: "lorem ipsum dolor sit amet ", count: 40_000)
    var script = ReviewScript(rows: [SampleRows.pair("long", large, "short")])
    script.press("Enter PgDn PgDn")
    let panes = try #require(script.session.layout?.panes)
    #expect(panes.values.allSatisfy { $0.text.lines.count < 200 })
    #expect(script.screen.contains("200,000 words"))
    #expect(script.screen.contains("+"))
  }
}

extension ReviewScript {
  fileprivate func top(_ pane: PairState.Pane) -> Int? { session.layout?.panes[pane]?.top }
}
