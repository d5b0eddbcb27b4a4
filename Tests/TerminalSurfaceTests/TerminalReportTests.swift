import TerminalSurface
import Testing

@Suite("Reports of terminals")
struct TerminalReportTests {
  @Test("a press of the left button and the wheel are read, with places from 0")
  func presses() {
    #expect(MousePress(report: "0;1;1M") == MousePress(.click, column: 0, row: 0))
    #expect(MousePress(report: "0;400;100M") == MousePress(.click, column: 399, row: 99))
    #expect(MousePress(report: "64;12;5M") == MousePress(.wheelUp, column: 11, row: 4))
    #expect(MousePress(report: "65;12;5M") == MousePress(.wheelDown, column: 11, row: 4))
  }

  @Test(
    "releases, other buttons, modifiers and what is no report are nothing",
    arguments: [
      "0;1;1m", "1;1;1M", "2;1;1M", "4;1;1M", "16;1;1M", "32;1;1M", "35;1;1M", "68;1;1M", "", "M",
      "0;1M", "0;1;1", "0;0;1M", "0;1;0M", "0;-1;1M", "0;1;1;1M", ";;M", "a;b;cM",
      "0;99999999999999999999;1M", "+0;1;1M",
    ])
  func nothing(report: String) {
    #expect(MousePress(report: report) == nil)
  }

  private func variant(_ answer: String) -> Theme.Variant? {
    TerminalBackground.variant(in: Array(answer.utf8))
  }

  @Test("light and dark grounds are told apart, however many digits they have")
  func grounds() {
    #expect(variant("\u{1B}]11;rgb:ffff/ffff/ffff\u{1B}\\\u{1B}[?62c") == .light)
    #expect(variant("\u{1B}]11;rgb:0000/0000/0000\u{07}") == .dark)
    #expect(variant("]11;rgb:f/f/f") == .light)
    #expect(variant("]11;rgb:fd/f6/e3") == .light)
    #expect(variant("]11;rgb:00/2b/36") == .dark)
    #expect(variant("]11;rgba:ffff/ffff/ffff/8000") == .light)
    // The grey on which black and white have the same contrast lies between these.
    #expect(variant("]11;rgb:75/75/75") == .dark)
    #expect(variant("]11;rgb:76/76/76") == .light)
    for answer in ["", "\u{1B}[?1;2c", "]11;rgb:ff/ff", "]11;rgb:xx/ff/ff", "]11;rgb:12345/1/1"] {
      #expect(variant(answer) == nil)
    }
  }

  @Test("an answer is complete with that to the second question")
  func completeness() {
    func isComplete(_ text: String) -> Bool { TerminalBackground.isComplete(Array(text.utf8)) }
    #expect(isComplete("\u{1B}[?1;2c") && isComplete("\u{1B}]11;rgb:c/c/c\u{1B}\\\u{1B}[?62;4c"))
    #expect(!isComplete("") && !isComplete("\u{1B}]11;rgb:c/c/c") && !isComplete("c"))
    #expect(!isComplete("\u{1B}[?1;2") && !isComplete("\u{1B}[c"))
  }
}
