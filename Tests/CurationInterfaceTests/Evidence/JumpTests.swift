import PreferenceData
import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Going from pair to pair")
struct JumpTests {
  private func script(isBlind: Bool = false, rows: Int = 40) -> ReviewScript {
    ReviewScript(size: Size(columns: 90, rows: rows), isBlind: isBlind, isScanned: true)
  }

  @Test("Tab selects the pairs that bear on this one in turn, and goes round")
  func selecting() throws {
    var script = script()
    script.go(to: 9)
    script.press("e")
    #expect(script.session.evidence.selected == nil)
    let targets = SampleRows.evidence(of: 9, in: script.scan, rows: script.rows)?.related?.rows
    let rows = try #require(targets)
    for row in rows + rows.prefix(1) {
      script.press("Tab")
      #expect(script.session.evidence.selected == row)
      #expect(script.lines.contains { $0.hasPrefix(" > row \(row) ") })
    }
    script.press("Shift-Tab")
    #expect(script.session.evidence.selected == rows.last)
  }

  @Test("j and k select what is in view, and else move the text")
  func moving() throws {
    var script = script(rows: 14)
    script.go(to: 9)
    script.press("e")
    var seen: [Int] = []
    for _ in 0..<60 {
      script.press("j")
      if let selected = script.session.evidence.selected, seen.last != selected {
        seen.append(selected)
        #expect(script.lines.contains { $0.hasPrefix(" > row \(selected) ") }, "it is in view")
      }
    }
    let rows = SampleRows.evidence(of: 9, in: script.scan, rows: script.rows)?.related?.rows
    #expect(seen == rows)
    let end = script.lines
    script.press("j")
    #expect(script.lines == end)
    for _ in 0..<60 { script.press("k") }
    #expect(script.lines[1].contains("The file says"))
  }

  @Test("Enter jumps, H comes back to the same place of the evidence, L goes forward again")
  func jumping() throws {
    var script = script()
    script.go(to: 9)
    script.press("e Tab Tab Tab")
    let before = script.lines.dropFirst().dropLast(2)
    let target = try #require(script.session.evidence.selected)
    script.press("Enter")
    #expect(script.position == target)
    #expect(script.session.screen == .pair)
    #expect(script.session.queue.position == target)
    script.press("e Tab Enter")
    #expect(script.position != target)
    script.press("H")
    #expect(script.position == target)
    #expect(script.session.screen == .evidence)
    script.press("H")
    #expect(script.position == 9)
    #expect(Array(script.lines.dropFirst().dropLast(2)) == Array(before))
    script.press("H")
    #expect(script.screen.contains("no jump to take back"))
    script.press("L L")
    #expect(script.position != target && script.position != 9)
    script.press("L")
    #expect(script.screen.contains("no jump to go forward to"))
  }

  @Test("a decision after a jump is not recorded as one that the queue led to")
  func route() throws {
    var script = script(isBlind: true)
    script.go(to: 9)
    script.press("a K e Tab Enter")
    let target = try #require(script.position)
    script.press("b")
    #expect(script.standing(on: target)?.serving.route == .search)
  }

  @Test("blind evidence shows no label of an undecided pair, and what it tells counts as seen")
  func blindness() throws {
    var script = script(isBlind: true)
    script.go(to: 9)
    script.press("a K e")
    // The sides of these rows are not A and B of this pair: their label is not to be told.
    for row in [3, 4, 11] {
      let line = try #require(script.lines.first { $0.contains("row \(row) ") })
      #expect(line.contains("  ?  open"))
    }
    // Of the same two responses it says whether they are labelled alike.
    script.go(to: 8)
    script.press("b")
    #expect(script.standing(on: 8)?.serving.labelSeen == true)
    script.go(to: 3)
    script.press("b")
    #expect(script.standing(on: 3)?.serving.labelSeen == false)
  }

  @Test("a jump leads to a pair whose label stays hidden")
  func jumpStaysBlind() throws {
    var script = script(isBlind: true)
    script.go(to: 9)
    script.press("a K e Tab Enter")
    #expect(!script.screen.contains("(chosen)"))
    script.press("e")
    #expect(script.screen.contains("Show label and evidence?"))
    script.press("n H")
    #expect(script.session.screen == .evidence)
  }

  @Test("where the label is hidden again, so is the evidence")
  func hiddenAgain() {
    var script = script()
    script.go(to: 9)
    for keys in ["e", "e t"] {
      script.press(keys)
      script.press(",b")
      #expect(script.session.screen == .pair)
      #expect(!script.screen.contains("The file says"))
      script.press(",b")
    }
  }
}
