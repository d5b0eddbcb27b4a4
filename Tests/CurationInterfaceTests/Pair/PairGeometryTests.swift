import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Where the parts of a pair stand")
struct PairGeometryTests {
  @Test("of two texts one over the other, none is cut while the other has rows to spare")
  func stackedTextsShareRoom() throws {
    for rows in 15...50 {
      for first in 1...20 {
        for second in 1...20 {
          for prompt in [1, 5, 40] {
            let geometry = PairGeometry(
              size: Size(columns: 80, rows: rows), shape: .stacked, sole: nil, isZoomed: false,
              isPromptUnfolded: false, lines: [.prompt: prompt, .a: first, .b: second])
            let a = try #require(geometry.areas[.a]).rows
            let b = try #require(geometry.areas[.b]).rows
            #expect(a >= 1 && b >= 1)
            let room = "\(rows) rows, \(prompt) + \(first) + \(second) lines: \(a) and \(b)"
            if first + second <= a + b {
              #expect(a >= first && b >= second, "\(room)")
            } else {
              #expect(a <= first || b <= second || min(a, b) <= 4, "\(room)")
            }
          }
        }
      }
    }
  }
}
