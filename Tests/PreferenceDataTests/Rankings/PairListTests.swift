import PreferenceData
import Testing

@Suite("The places of pairs")
struct PairListTests {
  private func rows(seed: Int) -> [PreferenceRow?] {
    var generator = RankingGenerator(seed: seed)
    return (0..<generator.below(30)).map { _ in
      generator.below(5) == 0 ? nil : generator.row(hasTies: true)
    }
  }

  private func list(_ rows: [PreferenceRow?]) -> PairList {
    var list = PairList()
    for row in rows { list.append(row) }
    return list
  }

  @Test(
    "the rows share the places out, in their order, and each place leads back", arguments: 0..<60)
  func places(seed: Int) {
    let rows = rows(seed: seed)
    let list = list(rows)
    #expect(list.rowCount == rows.count)
    var next = 0
    for (position, row) in rows.enumerated() {
      let places = list.places(of: position)
      #expect(places.lowerBound == next)
      next = places.upperBound
      let pairs = row.map { $0.sides.count > 2 ? $0.pairs : [] } ?? []
      #expect(places.map { list.pair(of: $0) } == (pairs.isEmpty ? [nil] : pairs.map { $0 }))
      #expect(places.allSatisfy { list.row(of: $0) == position })
      for (place, pair) in zip(places, pairs) {
        #expect(list.place(of: position, sides: (pair.worse, pair.better)) == place)
      }
    }
    #expect(list.placeCount == next)
    #expect(list.isPlain == (next == rows.count && list.rankingCount == 0))
    #expect(list.rowsByPlace == nil || list.rowsByPlace == (0..<next).map(list.row))
  }

  @Test("a limit leaves each ranking its closest calls, at least eight", arguments: 0..<20)
  func limits(seed: Int) {
    let list = list(rows(seed: seed))
    #expect(list.limited(to: .max) == list)
    let limited = list.limited(to: 1)
    #expect(limited.rowCount == list.rowCount)
    for row in 0..<list.rowCount {
      let all = list.places(of: row).map { list.pair(of: $0) }
      #expect(limited.places(of: row).map { limited.pair(of: $0) } == Array(all.prefix(8)))
    }
  }

  @Test("an index counts the pairs of a ranking, and one a row of any other that can be read")
  func counts() {
    var index = RowIndex()
    for row in rows(seed: 3) {
      index.append(
        row.map { .success($0) } ?? .failure(RowProblem(row: 0, line: 1, reason: .noSides)))
    }
    #expect(index.pairCount == index.pairs.placeCount - index.problems.count)
    #expect(index.pairCount > index.readableCount)
  }
}
