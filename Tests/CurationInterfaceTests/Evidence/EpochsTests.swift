import PreferenceScoring
import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("A pair through the epochs")
struct EpochsTests {
  private static let trajectory = PeerTrajectory(
    epochs: [
      .init(marginA: 1, marginB: -0.01, isKeptByA: true, isKeptByB: false),
      .init(marginA: 0, marginB: -2, isKeptByA: true, isKeptByB: false),
    ])

  private func lines(isChosenFirst: Bool, rows: Int = 40) -> [String] {
    EpochsStory(
      trajectory: Self.trajectory, standings: [], isChosenFirst: isChosenFirst,
      display: DisplayText(), columns: 78, rows: rows
    ).page.lines.map { $0.runs.map(\.text).joined() }
  }

  /// The filled cells over the middle line less those under it, by peer and epoch.
  private func bars(_ lines: [String]) -> [[Int]] {
    var bars: [[Int]] = []
    var sign = 0
    for line in lines {
      if line.hasPrefix("A 2.00") {
        bars.append([0, 0])
        sign = 1
      }
      if line.contains("-----") {
        sign = -1
        continue
      }
      if line.hasPrefix("kept") { sign = 0 }
      guard sign != 0 else { continue }
      let cells = Array(line.dropFirst(8))
      for epoch in 0..<2 where cells.indices.contains(epoch * 4) && cells[epoch * 4] == "#" {
        bars[bars.count - 1][epoch] += sign
      }
    }
    return bars
  }

  @Test("bars have the sign and the share of the margins, and what is not 0 shows")
  func heights() {
    #expect(bars(lines(isChosenFirst: true)) == [[2, 0], [-1, -4]])
    #expect(bars(lines(isChosenFirst: false)) == [[-2, 0], [1, 4]])
    #expect(bars(lines(isChosenFirst: true, rows: 10)) == [[1, 0], [-1, -1]])
  }

  @Test("what each peer kept is counted, and what they come to is in words")
  func words() {
    let text = lines(isChosenFirst: false).joined(separator: "\n")
    #expect(text.contains("PEER 1  kept it in 2 of 2 epochs; in the end no side ahead"))
    #expect(text.contains("PEER 2  kept it in 0 of 2 epochs; in the end A ahead by 2.00"))
    #expect(text.contains("contested"))
    #expect(text.contains("kept    +   +"))
    #expect(text.contains("kept    .   ."))
  }

  @Test("t opens the epochs from the evidence and closes them, and without peer review it says why")
  func opening() {
    var script = ReviewScript(isBlind: false, isScanned: true)
    script.go(to: 0)
    script.press("e t")
    #expect(script.session.screen == .epochs)
    for keys in ["t", "q", "Esc", "e"] {
      script.press(keys)
      #expect(script.session.screen == .evidence, "\(keys) goes back to the evidence")
      script.press("t")
    }
    script.press("gp")
    #expect(script.session.screen == .pair)
    script.go(to: 6)
    script.press("e t")
    #expect(script.session.screen == .evidence)
    #expect(script.screen.contains("no epochs to show"))
  }
}
