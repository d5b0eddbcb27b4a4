import CurationEngine
import PreferenceData
import Testing

@Suite("What a review does to rankings")
struct RankedPlanTests {
  private static let row = PreferenceRow(
    context: [Turn(.user, "question")],
    sides: (0..<4).map { Side(turns: [Turn(.assistant, "answer \($0)")]) },
    label: .ranks([0, 1, 2, 3]))

  private static let sides = row.sides.map(\.id)

  private func prefers(_ better: Int, to worse: Int) -> Decision {
    Decision(.prefers(Self.sides[better]), on: SidePair(Self.sides[better], Self.sides[worse]))
  }

  private func plan(
    _ decisions: [(String, Decision)], scope: CleaningPlan.Scope = .all, canRank: Bool = true
  ) throws -> CleaningPlan {
    var index = RowIndex()
    index.append(.success(Self.row))
    var ledger = ReviewLedger()
    for (name, decision) in decisions {
      ledger.append(
        ReviewEvent(
          sequence: ledger.lastSequence + 1, millisecondsSince1970: 0,
          annotator: try #require(AnnotatorName(name)),
          content: .decided([
            RowDecision(
              row: try #require(index.ids[0]), decision: decision,
              serving: Serving(route: .script))
          ])))
    }
    return CleaningPlan(
      index: index, ledger: ledger, annotator: nil, scope: scope, ties: .drop,
      row: { _ in .success(Self.row) }, canRank: { _, _ in canRank })
  }

  private func places(_ plan: CleaningPlan) -> [Int]? {
    if case .ranked(let ranking) = plan.fate(of: 0) { ranking.places } else { nil }
  }

  @Test("decisions of one annotator, and of several, come together")
  func together() throws {
    #expect(try places(plan([("kim", prefers(3, to: 0))])) == [3, 1, 2, 0])
    let both = try plan([("kim", prefers(1, to: 0)), ("lee", prefers(3, to: 2))])
    #expect(places(both) == [1, 0, 3, 2])
    #expect(both.outcomeCounts == [.swap: 1] && both.swappedCount == 1)
    let kept = try plan([("kim", prefers(0, to: 1)), ("lee", prefers(0, to: 1))])
    #expect(kept.fate(of: 0) == .untouched && kept.outcomeCounts == [.keep: 1])
  }

  @Test("a pair judged differently, a circle, and a whole row dropped by another are conflicts")
  func conflicts() throws {
    for decisions in [
      [("kim", prefers(1, to: 0)), ("lee", prefers(0, to: 1))],
      [("kim", prefers(0, to: 1)), ("lee", prefers(1, to: 2)), ("ada", prefers(2, to: 0))],
      [("kim", prefers(1, to: 0)), ("lee", Decision(.drop))],
    ] {
      let plan = try plan(decisions)
      #expect(plan.conflictCount == 1)
      #expect(plan.fate(of: 0) == .untouched)
      #expect(plan.undecidedCount == 0)
    }
  }

  @Test("what the file cannot say stays as it was, a skip says nothing, and a drop drops")
  func others() throws {
    let unsayable = try plan([("kim", prefers(1, to: 0))], canRank: false)
    #expect(unsayable.unsayableCount == 1 && unsayable.fate(of: 0) == .untouched)
    let skip = Decision(.skip, on: SidePair(Self.sides[0], Self.sides[1]))
    #expect(try plan([("kim", skip)]).outcomeCounts == [.skip: 1])
    #expect(try plan([("kim", skip)], scope: .reviewed).fate(of: 0) == .leftOut)
    #expect(try plan([("kim", prefers(1, to: 0)), ("kim", skip)]).outcomeCounts == [.skip: 1])
    let dropped = try plan([("kim", prefers(1, to: 0)), ("kim", Decision(.drop))])
    #expect(dropped.fate(of: 0) == .leftOut && dropped.outcomeCounts == [.drop: 1])
    let lost = SideID(StableHash("gone"))
    let gone = try plan([("kim", Decision(.prefers(lost), on: SidePair(lost, Self.sides[0])))])
    #expect(gone.lostCount == 1 && gone.undecidedCount == 1)
  }
}
