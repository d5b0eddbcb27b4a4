import TerminalSurface
import Testing

@testable import CurationInterface

@Suite("Word comparison")
struct WordComparisonTests {
  @Test("the common words are a longest common subsequence", arguments: 0..<64)
  func isLongest(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let first = words(using: &generator)
    let second = words(using: &generator)
    let one = first.joined(separator: " ")
    let two = second.joined(separator: "\n ")
    let comparison = WordComparison(one, two)
    let longest = Self.longestCommonSubsequence(first, second)
    let share = Double(2 * longest) / Double(first.count + second.count)
    #expect(abs(comparison.commonShare - share) < 1e-12)
    guard comparison.outcome == .marked else {
      #expect(share <= 0.4)
      return
    }
    let commonOne = comparison.commonInFirst.map { Self.slice(one, $0) }
    let commonTwo = comparison.commonInSecond.map { Self.slice(two, $0) }
    #expect(commonOne == commonTwo)
    #expect(commonOne.count == longest)
  }

  @Test("equal texts share everything, and texts without a common word are not marked")
  func extremes() {
    let same = WordComparison("a b  c\n", "a b c")
    #expect(same.outcome == .marked && same.commonShare == 1)
    #expect(WordComparison("a b", "c d").outcome == .tooDifferent)
    #expect(WordComparison("", "").outcome == .tooDifferent)
    let long = String(repeating: "word ", count: 5_000)
    #expect(WordComparison(long, "word").outcome == .tooLong)
  }

  @Test("marking changes roles and never the text", arguments: 0..<16)
  func markingKeepsText(seed: UInt64) {
    var generator = SplitMix(seed: seed)
    let text = words(using: &generator).joined(separator: "  é日 ")
    var marked = MarkedText(text: text)
    marked.mark(common: [], only: .sideOnlyA)
    marked.mark(text.ranges(ofIgnoringCase: "B").map { MarkupSpan($0, .match) })
    #expect(marked.runs.map(\.text).joined() == text)
    let matches = marked.runs.filter { $0.role == .match }.map(\.text)
    #expect(matches.allSatisfy { $0.lowercased().allSatisfy { $0 == "b" } })
    #expect(matches.joined().count == text.filter { $0 == "b" }.count)
  }

  @Test("letter case is ignored beyond ASCII, and ranges are bytes of the text")
  func searching() {
    #expect("Straße ÉCOLE école".ranges(ofIgnoringCase: "École") == [8..<14, 15..<21])
    #expect("aaa".ranges(ofIgnoringCase: "AA") == [0..<2])
    #expect("abc".ranges(ofIgnoringCase: "") == [])
    #expect("ab".ranges(ofIgnoringCase: "abc") == [])
  }

  private func words(using generator: inout SplitMix) -> [String] {
    let count = Int.random(in: 1...150, using: &generator)
    return (0..<count).map { _ in
      ["a", "b", "c", "dd", "e"].randomElement(using: &generator) ?? "a"
    }
  }

  private static func slice(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }

  /// The textbook table.
  private static func longestCommonSubsequence(_ first: [String], _ second: [String]) -> Int {
    var row = [Int](repeating: 0, count: first.count + 1)
    for word in second {
      var diagonal = 0
      for place in first.indices {
        let above = row[place + 1]
        row[place + 1] = first[place] == word ? diagonal + 1 : max(above, row[place])
        diagonal = above
      }
    }
    return row[first.count]
  }
}
