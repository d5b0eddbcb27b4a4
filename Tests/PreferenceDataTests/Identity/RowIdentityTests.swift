import PreferenceData
import Testing

@Suite("Row identity")
struct RowIdentityTests {
  private func side(_ text: String) -> SideID { SideID(StableHash(text)) }

  @Test("the order of the sides does not change a pair, its context and its texts do")
  func pairs() {
    let context = StableHash("context")
    let sides = ["a", "b", "c"].map(side)
    let pair = PairID(context: context, sides: sides)
    for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
      #expect(PairID(context: context, sides: order.map { sides[$0] }) == pair)
    }
    #expect(PairID(context: StableHash("other"), sides: sides) != pair)
    #expect(PairID(context: context, sides: Array(sides.dropLast())) != pair)
    #expect(PairID(context: context, sides: sides + [side("c")]) != pair)
    #expect(PairID(context: context, sides: [side("a"), side("b"), side("d")]) != pair)
  }

  @Test("a row's name reads back, and no row has two names")
  func names() {
    for index in 0..<300 {
      let row = RowID(pair: PairID(StableHash("\(index)")), occurrence: index % 12)
      #expect(RowID(row.description) == row)
    }
    let pair = PairID(StableHash("x")).description
    for text in [
      "", ".", ".1", pair + ".", pair + ".0", pair + ".-1", pair + ".01", pair + ".+1",
      pair + ".1.1", pair + ". 1", pair + ".99999999999999999999", String(pair.dropLast()),
    ] {
      #expect(RowID(text) == nil, "\(text)")
    }
  }

  @Test("rows are ordered by pair, then by occurrence")
  func order() {
    let rows = (0..<20).flatMap { pair in
      (0..<3).map { RowID(pair: PairID(StableHash("\(pair)")), occurrence: $0) }
    }
    let sorted = rows.sorted()
    for (left, right) in zip(sorted, sorted.dropFirst()) {
      #expect(
        left.pair < right.pair || left.pair == right.pair && left.occurrence < right.occurrence)
    }
  }
}

@Suite("Side order")
struct SideOrderTests {
  private let annotator = AnnotatorName("ada")
  private func side(_ text: String) -> SideID { SideID(StableHash(text)) }

  @Test("the same sides are shown in the same order, whichever of them the row names first")
  func orderOfIdentities() throws {
    let annotator = try #require(annotator)
    for index in 0..<200 {
      let sides = (0..<(2 + index % 4)).map { side("\(index)/\($0)") }
      let pair = PairID(context: StableHash("c"), sides: sides)
      let shown = SideOrder.positions(of: sides, in: pair, seed: 1, annotator: annotator)
        .map { sides[$0] }
      let reversed = Array(sides.reversed())
      let shownAgain = SideOrder.positions(of: reversed, in: pair, seed: 1, annotator: annotator)
        .map { reversed[$0] }
      #expect(shown == shownAgain)
      #expect(Set(shown) == Set(sides))
    }
  }

  @Test("either side comes first about as often, for each seed and annotator, and independently")
  func balance() throws {
    let names = try ["ada", "grace"].map { try #require(AnnotatorName($0)) }
    let count = 2000
    func firsts(_ seed: UInt64, _ annotator: AnnotatorName) -> [Bool] {
      (0..<count).map { index in
        let sides = [side("\(index) a"), side("\(index) b")]
        let pair = PairID(context: StableHash("\(index)"), sides: sides)
        return SideOrder.positions(of: sides, in: pair, seed: seed, annotator: annotator)[0] == 0
      }
    }
    let readings = names.flatMap { name in [0, 1, UInt64.max].map { firsts($0, name) } }
    // A fair coin's share over 2000 throws has a standard deviation of 0.011.
    for reading in readings {
      #expect(abs(Double(reading.count { $0 }) / Double(count) - 0.5) < 0.06)
    }
    for (index, first) in readings.enumerated() {
      for second in readings[(index + 1)...] {
        let equal = zip(first, second).count { $0 == $1 }
        #expect(abs(Double(equal) / Double(count) - 0.5) < 0.06)
      }
    }
  }

  @Test("names are kept without the blanks around them, and never empty or with controls")
  func annotatorNames() {
    #expect(AnnotatorName("  Grace Hopper \t")?.text == "Grace Hopper")
    for text in ["", "  ", "\n", "a\u{1b}[0m", "a\nb", "a\u{7f}", "a\u{85}b"] {
      #expect(AnnotatorName(text) == nil)
    }
  }
}
