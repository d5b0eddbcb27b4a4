import TerminalSurface
import Testing

@Suite("Keys without a terminal data base")
struct KeyDecoderTests {
  private func keys(_ text: String) -> [KeyPress] { KeyDecoder.keys(in: Array(text.utf8)) }

  @Test("characters, controls and sequences are the keys that they are")
  func keys() {
    #expect(keys("a日\u{03}\t") == [.character("a"), .character("日"), .control("c"), .tab])
    #expect(keys("\r") == [.enter] && keys("\n") == [.enter] && keys("\u{7F}") == [.backspace])
    #expect(keys("\u{1B}") == [.escape])
    #expect(keys("\u{1B}[A\u{1B}OB\u{1B}[5~\u{1B}[Z") == [.up, .down, .pageUp, .backTab])
    #expect(
      keys("\u{1B}[1;5Aa\u{1B}[200~b") == [.unknown, .character("a"), .unknown, .character("b")])
    #expect(keys("") == [])
  }

  @Test("the newline of a terminal that sends whole lines is no key")
  func wholeLines() {
    #expect(keys("a\n") == [.character("a")])
    #expect(keys("gn\r") == [.character("g"), .character("n")])
    #expect(keys("\n\n") == [.enter, .enter])
  }

  @Test("whatever comes, every byte is taken", arguments: 0..<32)
  func anyBytes(seed: Int) {
    var numbers = SeededNumbers(seed)
    let bytes = (0..<64).map { _ in
      Bool.random(using: &numbers) ? 0x1B : UInt8.random(in: .min ... .max, using: &numbers)
    }
    #expect(KeyDecoder.keys(in: bytes).count <= bytes.count)
  }
}
