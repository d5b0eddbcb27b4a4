import PreferenceData
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Any keys")
struct AnyKeysTests {
  @Test(
    "200 random keys: no trap, full rows, undo leads back, the journal says the same",
    arguments: 0..<8 as Range<UInt64>)
  func anyKeys(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    var script = ReviewScript(isBlind: seed % 2 == 0, isScanned: seed % 3 != 0)
    let keys = boundKeys
    for step in 0..<200 {
      if let key = keys.randomElement(using: &generator) { script.press(key) }
      disturb(&script, step: step, using: &generator)
      checkRows(of: script.session.frame())
    }
    script.journal = .answers
    script.answerJournal()
    #expect(ReviewLedger(events: script.events) == script.ledger)
    // Whatever is open: two Escapes close it, a third one ends a search.
    script.press("Esc Esc Esc")
    for _ in 0..<script.ledger.undoCount(of: SampleRows.annotator) { script.press("u") }
    #expect(script.ledger.decidedRows == [])
    #expect(script.session.review.decidedCount == 0)
    #expect(ReviewLedger(events: script.events) == script.ledger)
  }

  @Test("every size from 1 x 1 draws, and each row has exactly its width")
  func anySize() {
    var script = ReviewScript(isScanned: true)
    let walks = [
      "", "Enter", "a K", "e", "Tab", "s", "t", "gp ?", "Esc E", "Esc g", "Esc Esc gq f s t", "Tab",
      "Esc o", "Esc Esc gd j",
    ]
    for walk in walks {
      script.press(walk)
      for columns in [1, 2, 7, 39, 40, 41, 59, 60, 83, 84, 109, 110, 149, 150, 231] {
        for rows in [1, 3, 9, 10, 11, 14, 15, 22, 23, 50] {
          script.send(.resized(Size(columns: columns, rows: rows)))
          checkRows(of: script.session.frame())
        }
      }
    }
  }

  private var boundKeys: [KeyPress] {
    let keys = Keymap.standard.bindings.flatMap(\.sequences).flatMap(\.keys)
    // Leaving would end the walk; what else is typed into prompts comes from the same keys.
    return keys.filter { $0 != .character("Q") } + [
      .character("7"), .paste("two words"), .backspace,
    ]
  }

  private func disturb(
    _ script: inout ReviewScript, step: Int, using generator: inout SplitMix
  ) {
    switch Int.random(in: 0..<12, using: &generator) {
    case 0:
      script.send(
        .resized(
          Size(
            columns: Int.random(in: 30...170, using: &generator),
            rows: Int.random(in: 8...50, using: &generator))))
    case 1: script.journal = .waits
    case 2, 3:
      script.journal = .answers
      script.answerJournal()
    case 4: script.send(.scanned(script.scan, scanID: "scan \(step)"))
    case 5: script.send(.exported(["done"]))
    case 6: script.send(.clock(millisecondsSince1970: 1_800_000_000_000 + Int64(step)))
    default: break
    }
  }

  private func checkRows(of frame: Frame) {
    var widths = [Int](repeating: 0, count: frame.size.rows)
    for (place, cell) in frame.cells.enumerated() {
      widths[place / frame.size.columns] += cell.width
    }
    #expect(widths.allSatisfy { $0 == frame.size.columns })
  }
}
