import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct NoiseKindTests {
  /// Rows whose chosen side is the shorter one in two of three, labelled by five annotators of which
  /// one has few, in three groups.
  private func rows(_ count: Int, seed: UInt64 = 1) -> [PreferenceRow] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { index in
      var texts = [0, 1].map { _ in String(repeating: "word ", count: 1 + generator.below(60)) }
      if texts[0] == texts[1] { texts[1] += "more" }
      texts.sort { $0.count < $1.count }
      return PreferenceRow(
        context: [Turn(.user, "row \(index)")],
        sides: texts.map { Side(turns: [Turn(.assistant, $0)]) },
        label: .prefers(index % 3 == 0 ? 1 : 0),
        annotator: index < 10 ? "few" : "a\(index % 4)", group: "g\(index % 3)")
    }
  }

  @Test("length noise flips as many as asked for, all from the shorter to the longer side")
  func length() throws {
    let rows = rows(600)
    let planting = try NoisePlanting(.length, in: RowList(rows), rate: 0.2, seed: 5)
    #expect(planting.isFlipped.count { $0 } == 120)
    for (row, isFlipped) in zip(rows, planting.isFlipped) where isFlipped {
      let (chosen, rejected) = try #require(row.chosenAndRejected)
      #expect(row.sides[chosen].text.count < row.sides[rejected].text.count)
    }
    #expect(planting == (try NoisePlanting(.length, in: RowList(rows), rate: 0.2, seed: 5)))
    #expect(planting != (try NoisePlanting(.length, in: RowList(rows), rate: 0.2, seed: 6)))
  }

  @Test("the first flip falls on a pair in proportion to its difference in length")
  func lengthProportion() throws {
    // Differences of ln(1 + characters) of ln 2 and ln 8 = 3 ln 2.
    let texts = [("a", "bbb"), ("a", "bbbbbbbbbbbbbbb")]
    let rows = RowList(
      texts.map { short, long in
        PreferenceRow(
          context: [], sides: [short, long].map { Side(turns: [Turn(.assistant, $0)]) },
          label: .prefers(0))
      })
    var large = 0
    for seed in 0..<4000 {
      let planting = try NoisePlanting(.length, in: rows, rate: 0.5, seed: UInt64(seed))
      if planting.isFlipped[1] { large += 1 }
    }
    // 4000 draws of probability 3/4: deviation 27.4; 5 of them.
    #expect(abs(large - 3000) < 137)
  }

  @Test("length noise that does not fit is refused with what is possible")
  func tooMuchLength() {
    #expect(throws: NoisePlantingError.tooFewShorterChosen(possible: 400, wanted: 540)) {
      try NoisePlanting(.length, in: RowList(rows(600)), rate: 0.9, seed: 0)
    }
  }

  @Test("annotator and source noise strikes one name with enough pairs", arguments: 0..<12)
  func oneName(seed: UInt64) throws {
    let rows = rows(400)
    let planting = try NoisePlanting(.annotator, in: RowList(rows), rate: 0.5, seed: seed)
    let struck = try #require(planting.struck)
    #expect(struck != "few")
    let own = rows.indices.filter { rows[$0].annotator == struck }
    #expect(own.count { planting.isFlipped[$0] } == Int((0.5 * Double(own.count)).rounded()))
    #expect(planting.isFlipped.count { $0 } == own.count { planting.isFlipped[$0] })
    let source = try NoisePlanting(.source, in: RowList(rows), rate: 0.3, seed: seed)
    #expect(source.struck?.hasPrefix("g") == true)
  }

  @Test("every name that is large enough is struck by some seed")
  func everyName() throws {
    let rows = RowList(rows(400))
    let names = try (0..<64).map {
      try #require(try NoisePlanting(.annotator, in: rows, rate: 0.5, seed: $0).struck)
    }
    #expect(Set(names) == ["a0", "a1", "a2", "a3"])
  }

  @Test("a file that names nobody, or only small ones, is refused")
  func noName() {
    var pairs = GeneratedPairs(seed: 1)
    let unnamed = RowList(pairs.rows(60))
    #expect(throws: NoisePlantingError.noneLargeEnough(.source, largest: 0, needed: 30)) {
      try NoisePlanting(.source, in: unnamed, rate: 0.5, seed: 0)
    }
    #expect(throws: NoisePlantingError.noneLargeEnough(.annotator, largest: 14, needed: 30)) {
      try NoisePlanting(.annotator, in: RowList(rows(66)), rate: 0.5, seed: 0)
    }
  }

  @Test("the annotator whose labels are flipped comes to be trusted least")
  func annotatorNoise() throws {
    var pairs = GeneratedPairs(seed: 8)
    var rows = pairs.rows(2000)
    for index in rows.indices { rows[index].annotator = "a\(index % 5)" }
    let source = RowList(rows)
    let planting = try NoisePlanting(.annotator, in: source, rate: 0.5, seed: 1)
    let result = try scanned(planting.planted(in: source))
    let offsets = try #require(result.signals[.annotator])
    func mean(_ name: String) -> Double {
      let own = rows.indices.filter { rows[$0].annotator == name }.compactMap { offsets[$0] }
      return own.reduce(0, +) / Double(own.count)
    }
    let names = (0..<5).map { "a\($0)" }
    #expect(names.min { mean($0) < mean($1) } == planting.struck)
  }

  @Test("of five annotators the one at 40 % flips comes first, in each of ten seeds")
  func struckAnnotator() throws {
    for seed in 0..<10 as Range<UInt64> {
      var pairs = GeneratedPairs(seed: seed)
      var rows = pairs.rows(1000)
      for row in rows.indices { rows[row].annotator = "ann \(row % 5)" }
      let planting = try NoisePlanting(.annotator, in: RowList(rows), rate: 0.4, seed: seed)
      let result = try scanned(planting.planted(in: RowList(rows)))
      let ranks = result.groupRanks(
        of: try #require(planting.struck), names: rows.map(\.annotator))
      let first = GroupRank(rank: 1, groupCount: 5)
      for id in [SignalID.leaveOneOut, .annotator, .influenceOfAnnotator] {
        #expect(ranks[id] == first, "\(id.rawValue), seed \(seed)")
      }
    }
  }

  @Test("groups that are alike share their mean place, and one with too few pairs has none")
  func groupRanks() throws {
    var pairs = GeneratedPairs(seed: 3)
    let rows = pairs.rows(60) + pairs.rows(10)
    var result = try scanned(RowList(rows), settings: ScanSettings(sketchWidth: 32, signals: []))
    let names = rows.indices.map { row -> String? in row < 60 ? ["a", "b", "c"][row % 3] : "few" }
    result.replaceSignal(.em, by: SignalValues(names.map { $0 == "c" ? 0.2 : 0.5 }))
    func rank(_ name: String, _ needed: Int) -> GroupRank? {
      result.groupRanks(of: name, names: names, neededPairs: needed)[.em]
    }
    #expect(rank("c", 20) == GroupRank(rank: 1, groupCount: 3))
    #expect(rank("a", 20) == GroupRank(rank: 2.5, groupCount: 3))
    #expect(rank("few", 20) == nil)
    #expect(rank("few", 10) == GroupRank(rank: 3, groupCount: 4))
  }
}
