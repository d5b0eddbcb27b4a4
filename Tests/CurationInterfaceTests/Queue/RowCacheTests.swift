import PreferenceData
import Testing

@testable import CurationInterface

@Suite("Row cache")
struct RowCacheTests {
  private func content(_ number: Int, bytes: Int = 10) -> RowContent {
    let text = String(repeating: "x", count: bytes)
    let sides = ["\(number) \(text)", "other"].map { Side(turns: [Turn(.assistant, $0)]) }
    let row = PreferenceRow(context: [Turn(.user, "p")], sides: sides, label: .prefers(0))
    return .pair(LoadedRow(row, seed: 0, annotator: SampleRows.annotator))
  }

  @Test("the oldest rows go first, and what is needed stays")
  func oldestGoFirst() {
    var cache = RowCache()
    for number in 0..<2_100 { cache.insert(content(number), at: number) }
    cache.trim(keeping: [0, 1])
    #expect(cache[0] != nil && cache[1] != nil)
    #expect(cache[2] == nil && cache[101] == nil)
    #expect(cache[102] != nil && cache[2_099] != nil)
  }

  @Test("large rows are bounded by their bytes")
  func bytes() {
    var cache = RowCache()
    for number in 0..<10 { cache.insert(content(number, bytes: 8 << 20), at: number) }
    cache.trim(keeping: [9])
    #expect((0..<10).count { cache[$0] != nil } == 3)
  }
}
