import PreferenceData
import Testing

@Suite("Decisions about pairs of a ranking")
struct JudgedRankingTests {
  private func ranking(
    _ places: [Int], _ sides: [SideID], _ decisions: [Decision]
  ) -> Result<JudgedRanking, JudgedRanking.Problem> {
    Result { () throws(JudgedRanking.Problem) in
      try JudgedRanking(places: places, sides: sides, decisions: decisions)
    }
  }

  private func row(_ seed: Int, hasTies: Bool) throws -> (
    places: [Int], sides: [SideID], generator: RankingGenerator
  ) {
    var generator = RankingGenerator(seed: seed)
    var row = generator.row(hasTies: hasTies)
    while row.pairs.isEmpty { row = generator.row(hasTies: hasTies) }
    return (
      try #require(row.label.places(of: row.sides.count)), row.sides.map(\.id), generator
    )
  }

  /// Whether the ranking `places` has what `decision` says.
  private func holds(_ decision: Decision, _ places: [Int], _ sides: [SideID]) -> Bool {
    guard let (one, other) = decision.pair?.positions(in: sides) else { return false }
    switch decision.verdict {
    case .tie: return places[one] == places[other]
    case .prefers(let side):
      return (sides[one] == side) == (places[one] < places[other]) && places[one] != places[other]
    case .bothBad, .drop, .skip: return true
    }
  }

  @Test(
    "one decision keeps the ranking, or two sides change places and no other", arguments: 0..<40)
  func single(seed: Int) throws {
    let (places, sides, _) = try row(seed, hasTies: true)
    for one in sides.indices {
      for other in sides.indices where places[one] < places[other] {
        let pair = SidePair(sides[one], sides[other])
        let kept = try ranking(places, sides, [Decision(.prefers(sides[one]), on: pair)]).get()
        #expect(kept.isUnchanged && kept.places == places)
        let swap = Decision(.prefers(sides[other]), on: pair)
        let swapped = try ranking(places, sides, [swap]).get()
        var expected = places
        expected.swapAt(one, other)
        #expect(swapped.places == expected)
        #expect(try ranking(places, sides, [swap, swap]).get() == swapped)
        // The same exchange of the exchanged ranking is the ranking of the file again.
        let back = Decision(.prefers(sides[one]), on: pair)
        #expect(try ranking(swapped.places, sides, [back]).get().places == places)
        #expect([swap].taking([back]) == [back])
      }
    }
  }

  @Test("what comes of decisions has every one of them, or is refused", arguments: 0..<400)
  func satisfied(seed: Int) throws {
    var (places, sides, generator) = try row(seed, hasTies: seed % 2 == 0)
    let count = 1 + generator.below(2 * sides.count)
    let decisions = [Decision]().taking(
      generator.decisions(count, on: sides, hasTies: seed % 3 == 0))
    switch ranking(places, sides, decisions) {
    case .success(let found):
      #expect(decisions.allSatisfy { holds($0, found.places, sides) })
      #expect(Set(found.places) == Set(0..<Set(found.places).count))
      // Whoever takes a place of the file has its rank.
      let taken = found.sources.map { places[$0] }
      for one in sides.indices {
        for other in sides.indices {
          #expect((taken[one] < taken[other]) == (found.places[one] < found.places[other]))
        }
      }
      #expect(try ranking(places, sides, decisions).get() == found)
    case .failure(.contradictory): #expect(!hasOrder(decisions, sides))
    case .failure(.unsayable):
      #expect(hasOrder(decisions, sides))
      #expect(Set(places).count < sides.count || decisions.contains { $0.verdict == .tie })
    }
  }

  @Test("without ties whatever can be ordered is", arguments: 0..<100)
  func complete(seed: Int) throws {
    var (places, sides, generator) = try row(seed, hasTies: false)
    let decisions = [Decision]().taking(
      generator.decisions(1 + generator.below(6), on: sides, hasTies: false))
    let found = ranking(places, sides, decisions)
    #expect((try? found.get()) != nil || !hasOrder(decisions, sides))
    if case .success(let found) = found {
      #expect(found.sources.sorted() == Array(sides.indices))
    }
  }

  /// Whether some order of groups of tied sides fits all decisions, by trying all assignments of
  /// levels in turn: sides are raised above what they beat until nothing changes, or for ever.
  private func hasOrder(_ decisions: [Decision], _ sides: [SideID]) -> Bool {
    var levels = Array(repeating: 0, count: sides.count)
    for _ in 0...2 * sides.count * sides.count {
      var hasChanged = false
      for decision in decisions {
        guard let (one, other) = decision.pair?.positions(in: sides) else { continue }
        let before = levels
        switch decision.verdict {
        case .tie:
          let level = max(levels[one], levels[other])
          (levels[one], levels[other]) = (level, level)
        case .prefers(let side):
          let (better, worse) = sides[one] == side ? (one, other) : (other, one)
          levels[better] = max(levels[better], levels[worse] + 1)
        case .bothBad, .drop, .skip: break
        }
        hasChanged = hasChanged || before != levels
      }
      if !hasChanged { return true }
    }
    return false
  }

  @Test("undone decisions leave the ranking of the file, and the newest about a pair counts")
  func ledger() throws {
    let (_, sides, _) = try row(2, hasTies: false)
    let annotator = try #require(AnnotatorName("kim"))
    let id = RowID(pair: PairID(StableHash("row")), occurrence: 0)
    let pair = SidePair(sides[0], sides[1])
    let steps: [Decision] = [
      Decision(.prefers(sides[0]), on: pair), Decision(.drop),
      Decision(.prefers(sides[1]), on: pair), Decision(.tie, on: pair),
    ]
    var ledger = ReviewLedger()
    func judged() -> [Decision] { ledger.judgments(on: id, by: annotator).map(\.decision) }
    func append(_ content: ReviewEvent.Content) {
      ledger.append(
        ReviewEvent(
          sequence: ledger.lastSequence + 1, millisecondsSince1970: 0, annotator: annotator,
          content: content))
    }
    var seen: [[Decision]] = [[]]
    for step in steps {
      append(.decided([RowDecision(row: id, decision: step, serving: Serving(route: .script))]))
      #expect(judged() == (step.pair == nil ? [step] : [step]))
      #expect(seen.last.map { $0.taking([step]) } == judged() || step.pair == nil)
      seen.append(judged())
    }
    for expected in seen.dropLast().reversed() {
      append(.undone(try #require(ledger.nextUndo(of: annotator)).sequence))
      #expect(judged() == expected)
    }
  }
}
