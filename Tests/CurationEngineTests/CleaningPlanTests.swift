import CurationEngine
import PreferenceData
import PreferenceScoring
import Testing

@Suite("What a review does to the rows")
struct CleaningPlanTests {
  static let kim = AnnotatorName("kim")
  static let lee = AnnotatorName("lee")

  static func row(_ number: Int) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "question \(number)")],
      sides: [
        Side(turns: [Turn(.assistant, "first answer \(number)")]),
        Side(turns: [Turn(.assistant, "second answer \(number)")]),
      ], label: .prefers(0))
  }

  static let rows = (0..<8).map(row)

  static let index: RowIndex = {
    var index = RowIndex()
    for row in rows { index.append(.success(row)) }
    return index
  }()

  static func ledger(_ decisions: [(Int, Outcome, AnnotatorName?)]) throws -> ReviewLedger {
    var ledger = ReviewLedger()
    for (sequence, (position, outcome, annotator)) in decisions.enumerated() {
      let row = rows[position]
      let id = try #require(index.ids[position])
      let verdict = try #require(
        Verdict(outcome, sides: row.sides.map(\.id), preferred: row.label.preferred))
      ledger.append(
        ReviewEvent(
          sequence: Int64(sequence + 1), millisecondsSince1970: 0,
          annotator: try #require(annotator),
          content: .decided([
            RowDecision(
              row: id, decision: Decision(verdict), serving: Serving(route: .script))
          ])))
    }
    return ledger
  }

  static func plan(
    _ ledger: ReviewLedger, annotator: AnnotatorName? = nil, scope: CleaningPlan.Scope = .all,
    ties: CleaningPlan.Ties = .drop
  ) -> CleaningPlan {
    CleaningPlan(index: index, ledger: ledger, annotator: annotator, scope: scope, ties: ties) {
      .success(rows[$0])
    }
  }

  @Test("without a decision every row stays as it is")
  func untouched() {
    let plan = Self.plan(ReviewLedger())
    #expect(plan.fates.isEmpty)
    #expect(plan.writtenCount == 8)
    #expect(plan.untouchedCount == 8)
    #expect(plan.undecidedCount == 8)
  }

  @Test("each outcome has the fate that the design gives it")
  func outcomes() throws {
    let ledger = try Self.ledger([
      (0, .keep, Self.kim), (1, .swap, Self.kim), (2, .tie, Self.kim), (3, .bothBad, Self.kim),
      (4, .drop, Self.kim), (5, .skip, Self.kim),
    ])
    let plan = Self.plan(ledger)
    #expect(
      (0..<8).map(plan.fate(of:)) == [
        .untouched, .swapped, .leftOut, .leftOut, .leftOut, .untouched, .untouched, .untouched,
      ])
    #expect(Self.plan(ledger, ties: .keep).fate(of: 2) == .untouched)
    let reviewed = Self.plan(ledger, scope: .reviewed)
    #expect((0..<8).filter { reviewed.fate(of: $0) != .leftOut } == [0, 1])
  }

  @Test("annotators who disagree leave the row as it was, unless one of them is named")
  func conflicts() throws {
    let ledger = try Self.ledger([(0, .swap, Self.kim), (0, .keep, Self.lee)])
    let plan = Self.plan(ledger)
    #expect(plan.conflictCount == 1)
    #expect(plan.fate(of: 0) == .untouched)
    #expect(Self.plan(ledger, annotator: Self.kim).fate(of: 0) == .swapped)
    #expect(Self.plan(ledger, annotator: Self.lee).fate(of: 0) == .untouched)
  }

  @Test("who skips leaves the row to the others")
  func skips() throws {
    let ledger = try Self.ledger([(0, .skip, Self.kim), (0, .swap, Self.lee), (1, .skip, Self.kim)])
    let plan = Self.plan(ledger, scope: .reviewed)
    #expect(plan.conflictCount == 0 && plan.outcomeCounts == [.swap: 1, .skip: 1])
    #expect(plan.fate(of: 0) == .swapped && plan.fate(of: 1) == .leftOut)
  }

  @Test("plan, figures and queries count the same conflicts", arguments: 0..<64)
  func oneDefinition(seed: UInt64) throws {
    var state = StableHash("conflicts", seed: seed)
    func below(_ bound: UInt64) -> Int {
      state = state.combined(with: StableHash("next"))
      return Int(state.high % bound)
    }
    let ada = AnnotatorName("ada")
    let decisions = (0..<24).map { _ in
      (below(8), Outcome.allCases[below(6)], [Self.kim, Self.lee, ada][below(3)])
    }
    let ledger = try Self.ledger(decisions)
    let row: (Int) -> Result<PreferenceRow, RowProblem> = { .success(Self.rows[$0]) }
    let kim = try #require(Self.kim)
    let figures = ReviewFigures(
      ReviewedRow.all(in: ledger, index: Self.index, seed: 0, row: row), of: kim,
      sample: AuditSample(of: Self.index, seed: 0), planned: 4, scan: nil)
    // By the definition: two of those that stand, and skip not, differ.
    let expected = (0..<8).filter { position in
      var said: Set<Outcome> = []
      for name in [Self.kim, Self.lee, ada] {
        if let last = decisions.last(where: { $0.0 == position && $0.2 == name }) {
          said.insert(last.1)
        }
      }
      return said.subtracting([.skip]).count > 1
    }
    #expect(figures.conflicts == expected)
    #expect(Self.plan(ledger).conflictCount == expected.count)
    let ids = expected.compactMap { Self.index.ids[$0] }
    #expect(Set(ledger.decidedRows.filter(ledger.isContested)) == Set(ids))
  }

  @Test("a decision whose row has gone is counted and changes nothing")
  func lost() throws {
    let ledger = try Self.ledger([(0, .swap, Self.kim)])
    var other = RowIndex()
    other.append(.success(Self.rows[1]))
    let plan = CleaningPlan(
      index: other, ledger: ledger, annotator: nil, scope: .all, ties: .drop
    ) { _ in .success(Self.rows[1]) }
    #expect(plan.lostCount == 1)
    #expect(plan.fates.isEmpty)
  }

  @Test("a swap follows the side that was preferred, not the label of today")
  func relabelled() throws {
    let ledger = try Self.ledger([(0, .swap, Self.kim)])
    var relabelled = Self.rows
    relabelled[0].label = .prefers(1)
    let plan = CleaningPlan(
      index: Self.index, ledger: ledger, annotator: nil, scope: .all, ties: .drop
    ) { .success(relabelled[$0]) }
    #expect(plan.fate(of: 0) == .untouched)
    #expect(plan.outcomeCounts == [.keep: 1])
  }

  @Test("a preference on a row without one is set, and one that the file cannot say is counted")
  func setPreferences() throws {
    var unlabelled = Self.rows
    unlabelled[1].label = .tie
    unlabelled[2].label = .none
    var ledger = ReviewLedger()
    for (number, position) in [1, 2].enumerated() {
      ledger.append(
        ReviewEvent(
          sequence: Int64(number + 1), millisecondsSince1970: 0,
          annotator: try #require(Self.kim),
          content: .decided([
            RowDecision(
              row: try #require(Self.index.ids[position]),
              decision: Decision(.prefers(unlabelled[position].sides[1].id)),
              serving: Serving(route: .script))
          ])))
    }
    func plan(canPrefer: @escaping (Int, Int) -> Bool) -> CleaningPlan {
      CleaningPlan(
        index: Self.index, ledger: ledger, annotator: nil, scope: .all, ties: .drop,
        row: { .success(unlabelled[$0]) }, canPrefer: canPrefer)
    }
    let all = plan { _, _ in true }
    #expect(all.fates == [1: .preferring(1), 2: .preferring(1)])
    #expect(all.swappedCount == 2)
    let some = plan { side, row in side == 1 && row == 2 }
    #expect(some.fates == [2: .preferring(1)])
    #expect(some.unsayableCount == 1)
    #expect(some.writtenCount == 8)
  }
}
