import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Blind law")
struct BlindLawTests {
  private static let sizes = [
    Size(columns: 40, rows: 10), Size(columns: 60, rows: 20), Size(columns: 80, rows: 24),
    Size(columns: 100, rows: 30), Size(columns: 120, rows: 40), Size(columns: 160, rows: 48),
  ]

  @Test(
    "with every label of the file exchanged, every blind screen stays the same", arguments: sizes)
  func screensStay(size: Size) {
    for isScanned in [false, true] {
      var (original, mirrored) = scripts(size, isBlind: true, isScanned: isScanned)
      for key
        in "j j k / c o u n t Enter n Enter j Tab j Tab Tab = = p p z z J J ,s K ] [ r # Tab Esc e n gq G Enter gb j j Enter G k gb Esc gq f s t a t u s : o p e n Enter om O or ol of F m v V Mk Ms M- n M# x Enter n Mc Esc Esc gd j j PgDn G gg Esc gf j j G Enter gf j j j j j j j j Enter F gf Esc a gd q ,a"
        .split(separator: " ") + Array(repeating: "K", count: 15)
      {
        original.press(String(key))
        mirrored.press(String(key))
        #expect(original.session.frame() == mirrored.session.frame(), "after \(key)")
      }
    }
  }

  @Test("decisions do not give the label of the next pair away", arguments: 0..<8)
  func screensStayWhileDeciding(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    // The largest lists what was decided last beside the pair.
    let size = Self.sizes[seed.isMultiple(of: 2) ? 2 : 5]
    var (original, mirrored) = scripts(size, isBlind: true, isScanned: true)
    original.press("Enter")
    mirrored.press("Enter")
    for _ in 0..<12 {
      let key =
        ["a", "b", "A", "B", "t", "x", "d", "-", "J", "gq", "Enter", "r s", "gq m M# x Enter y"]
        .randomElement(using: &generator) ?? "a"
      original.press(key)
      mirrored.press(key)
      let isHidden = original.position.map { !original.session.showsLabel(at: $0) } ?? true
      if isHidden || original.session.screen == .queue {
        #expect(original.session.frame() == mirrored.session.frame(), "after \(key)")
      }
    }
  }

  @Test("a ranking that follows the decisions shows no more than the one before", arguments: sizes)
  func screensStayRescored(size: Size) {
    var (original, mirrored) = scripts(size, isBlind: true, isScanned: true)
    let ranks = original.scan.ranks.map { $0.map { original.scan.scoredCount + 1 - $0 } }
    for key in "j j Enter J Tab gq G k".split(separator: " ") {
      for isRescored in [false, true] {
        if isRescored {
          original.send(.rescored(SampleRows.scan(of: original.rows, ranks: ranks)))
          mirrored.send(.rescored(SampleRows.scan(of: mirrored.rows, ranks: ranks)))
        } else {
          original.press(String(key))
          mirrored.press(String(key))
        }
        #expect(original.session.frame() == mirrored.session.frame(), "after \(key)")
      }
    }
  }

  @Test("the law can fail: in open mode the screens differ")
  func openScreensDiffer() {
    var (original, mirrored) = scripts(Self.sizes[2], isBlind: false, isScanned: true)
    original.press("Enter")
    mirrored.press("Enter")
    #expect(original.session.frame() != mirrored.session.frame())
  }

  /// Two sessions that differ in the labels of their data set alone; the scan says the same of both.
  private func scripts(
    _ size: Size, isBlind: Bool, isScanned: Bool
  ) -> (ReviewScript, ReviewScript) {
    (
      ReviewScript(rows: SampleRows.rows, size: size, isBlind: isBlind, isScanned: isScanned),
      ReviewScript(rows: SampleRows.mirrored, size: size, isBlind: isBlind, isScanned: isScanned)
    )
  }
}
