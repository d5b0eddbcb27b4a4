import PreferenceData
import Testing

@Suite("Decisions about many rows")
struct BulkPlanTests {
  private static func row(_ sides: [String], _ label: PreferenceLabel) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, "which?")],
      sides: sides.map { Side(turns: [Turn(.assistant, $0)]) }, label: label)
  }

  private static let rows = [
    row(["left", "right"], .prefers(0)), row(["left", "right"], .prefers(1)),
    row(["same", "same"], .prefers(0)), row(["left", "right"], .none),
    row(["one", "two", "three"], .prefers(0)),
  ]

  private static func id(_ position: Int) -> RowID {
    RowID(pair: rows[position].pairID, occurrence: position)
  }

  private func plan(
    _ outcome: Outcome?, remarks: DecisionRemarks = DecisionRemarks(),
    standing: [Int: Decision] = [:]
  ) -> BulkPlan {
    var plan = BulkPlan(outcome, remarks: remarks)
    for position in Self.rows.indices {
      plan.add(position, Self.id(position), standing: standing[position]) { Self.rows[position] }
    }
    return plan
  }

  @Test(
    "each outcome falls on the rows on which it means something, and is that outcome there",
    arguments: [
      (Outcome.keep, [0, 1, 2]), (.swap, [0, 1]), (.tie, [0, 1, 2, 3]),
      (.bothBad, [0, 1, 2, 3, 4]), (.drop, [0, 1, 2, 3, 4]), (.skip, [0, 1, 2, 3, 4]),
    ])
  func outcomes(outcome: Outcome, positions: [Int]) {
    let plan = plan(outcome)
    #expect(plan.items.map(\.position) == positions)
    #expect(plan.unfitCount == Self.rows.count - positions.count)
    for item in plan.items {
      let row = Self.rows[item.position]
      #expect(
        item.decision.verdict.outcome(sides: row.sides.map(\.id), preferred: row.label.preferred)
          == outcome)
      #expect(item.row == Self.id(item.position))
    }
  }

  @Test("what was decided keeps note and tags; what says all of it already is left alone")
  func standing() {
    let tagged = Decision(.drop, note: "odd", tags: ["b"])
    let plan = plan(.drop, standing: [0: tagged, 1: Decision(.tie, note: "n", tags: ["a"])])
    #expect(plan.items.map(\.position) == [1, 2, 3, 4])
    #expect(plan.items[0].decision == Decision(.drop, note: "n", tags: ["a"]))
    #expect(plan.unchangedCount == 1 && plan.decidedBeforeCount == 1)
  }

  @Test("remarks alone leave every verdict as it is, and skip what is undecided")
  func remarksAlone() {
    let remarks = DecisionRemarks(tags: ["a", "b"])
    let standing = [
      0: Decision(.bothBad, strength: 2, tags: ["b"]), 1: Decision(.tie, tags: ["a", "b"]),
    ]
    let plan = plan(nil, remarks: remarks, standing: standing)
    #expect(plan.items[0].decision == Decision(.bothBad, strength: 2, tags: ["b", "a"]))
    #expect(plan.unchangedCount == 1 && plan.unfitCount == 0 && plan.decidedBeforeCount == 1)
    #expect(
      plan.items.dropFirst().allSatisfy { $0.decision == Decision(.skip, tags: ["a", "b"]) })
    #expect(plan.items.count == 4)
  }

  @Test(
    "criteria say the same of each row's label, replace what stands on them, and leave the others")
  func criteria() throws {
    let remarks = DecisionRemarks(ratings: [
      RatingRecord("helpful", outcome: .swap, strength: 2), RatingRecord("safe", outcome: .tie),
    ])
    let sides = Self.rows[0].sides.map(\.id)
    let standing = Decision(
      .drop,
      ratings: [CriterionRating("helpful", side: nil), CriterionRating("terse", side: sides[0])])
    let plan = plan(.drop, remarks: remarks, standing: [0: standing])
    // Rows 3 and 4 have no label to speak against, or no two sides.
    #expect(plan.items.map(\.position) == [0, 1, 2])
    #expect(plan.unfitCount == 2 && plan.decidedBeforeCount == 1)
    for item in plan.items.prefix(2) {
      let row = Self.rows[item.position]
      let rating = try #require(item.decision.ratings.first { $0.criterion == "helpful" })
      #expect(rating.side == row.sides[1 - (row.label.preferred ?? 0)].id && rating.strength == 2)
    }
    #expect(plan.items[0].decision.ratings.map(\.criterion) == ["terse", "helpful", "safe"])
  }

  @Test("a plan carried out and made again has nothing left to do", arguments: Outcome.allCases)
  func again(outcome: Outcome) {
    let remarks = DecisionRemarks(strength: 2, note: "n", tags: ["t"], reason: "slip")
    let first = plan(outcome, remarks: remarks)
    let decided = Dictionary(uniqueKeysWithValues: first.items.map { ($0.position, $0.decision) })
    let second = plan(outcome, remarks: remarks, standing: decided)
    #expect(second.items.isEmpty)
    #expect(second.unchangedCount == first.items.count)
    #expect(second.unfitCount == first.unfitCount)
  }
}
