import PreferenceData
import Testing

@Suite("Contradictions between decisions")
struct ContradictionTests {
  private let sides = (0..<4).map { SideID(StableHash("side \($0)")) }

  private func prefers(_ better: Int, to worse: Int) -> Decision {
    Decision(.prefers(sides[better]), on: SidePair(sides[better], sides[worse]))
  }

  @Test("whole rows: verdicts that differ, and no skip")
  func wholeRows() {
    let keep = Decision(.prefers(sides[0]))
    #expect(![keep, keep].contradictEachOther && ![Decision]().contradictEachOther)
    #expect(![keep, Decision(.prefers(sides[0]), strength: 3, note: "sure")].contradictEachOther)
    #expect(![keep, Decision(.skip)].contradictEachOther)
    #expect(![Decision(.skip), Decision(.skip)].contradictEachOther)
    let others: [Verdict] = [.prefers(sides[1]), .tie, .bothBad, .drop]
    for other in others {
      #expect([keep, Decision(other)].contradictEachOther)
      #expect([Decision(.skip), Decision(other), keep].contradictEachOther)
    }
  }

  @Test("pairs: the same pair the other way, a circle, and a decision about the whole row")
  func pairs() {
    let (a, b, c) = (prefers(0, to: 1), prefers(1, to: 2), prefers(2, to: 0))
    #expect(![a, a, b].contradictEachOther)
    #expect([a, prefers(1, to: 0)].contradictEachOther)
    #expect([a, b, c].contradictEachOther && ![a, b, prefers(0, to: 2)].contradictEachOther)
    let tie = Decision(.tie, on: SidePair(sides[0], sides[2]))
    #expect([a, b, tie].contradictEachOther && ![a, tie].contradictEachOther)
    #expect([a, Decision(.drop)].contradictEachOther && ![a, Decision(.skip)].contradictEachOther)
    let skip = Decision(.skip, on: SidePair(sides[0], sides[1]))
    #expect(![a, skip].contradictEachOther)
  }

  @Test("the order of the decisions does not matter", arguments: 0..<200)
  func order(seed: Int) {
    var generator = RankingGenerator(seed: seed)
    let decisions = generator.decisions(2 + seed % 6, on: sides, hasTies: seed.isMultiple(of: 2))
    let isContradictory = decisions.contradictEachOther
    #expect(decisions.reversed().contradictEachOther == isContradictory)
    let turn = generator.below(decisions.count)
    #expect((decisions[turn...] + decisions[..<turn]).contradictEachOther == isContradictory)
    // Whoever contradicts still does when somebody else speaks.
    if decisions.dropLast().contradictEachOther { #expect(isContradictory) }
  }
}
