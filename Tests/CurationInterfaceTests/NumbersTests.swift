import CurationInterface
import Testing

@Suite("Numbers in words")
struct NumbersTests {
  @Test("a number below 0 is its opposite with a minus, unless it rounds to 0")
  func signs() {
    for step in 0...4_000 {
      let value = Double(step) / 1_000
      for decimals in 0...3 {
        let text = Numbers.fixed(value, decimals: decimals)
        let isZero = !text.contains { ("1"..."9").contains($0) }
        #expect(Numbers.fixed(-value, decimals: decimals) == (isZero ? text : "-" + text))
        #expect(abs((Double(text) ?? .nan) - value) <= 0.5000001 / [1, 10, 100, 1_000][decimals])
      }
    }
    #expect(Numbers.fixed(-0.617, decimals: 3) == "-0.617")
    #expect(Numbers.fixed(-.infinity) == "-inf" && Numbers.fixed(.nan) == "?")
  }
}
