import PreferenceData
import Testing

@Suite("Decision")
struct DecisionTests {
  private let sides = ["a", "b"].map { SideID(StableHash($0)) }

  @Test("an outcome made into a verdict has that outcome again")
  func outcomes() throws {
    for preferred in 0...1 {
      for outcome in Outcome.allCases {
        let verdict = try #require(Verdict(outcome, sides: sides, preferred: preferred))
        #expect(verdict.outcome(sides: sides, preferred: preferred) == outcome)
      }
    }
  }

  @Test("swapping a row's label turns keep into swap and back, and changes nothing else")
  func swappedLabel() throws {
    let swapped: [Outcome: Outcome] = [.keep: .swap, .swap: .keep]
    for outcome in Outcome.allCases {
      let verdict = try #require(Verdict(outcome, sides: sides, preferred: 0))
      #expect(verdict.outcome(sides: sides, preferred: 1) == swapped[outcome] ?? outcome)
      // So does exchanging the sides under the label.
      #expect(
        verdict.outcome(sides: sides.reversed(), preferred: 0) == swapped[outcome] ?? outcome)
    }
  }

  @Test("a row without a preference has nothing to keep or swap, and a lost side decides nothing")
  func noPreference() {
    #expect(Verdict(.keep, sides: sides, preferred: nil) == nil)
    #expect(Verdict(.swap, sides: sides + sides, preferred: 0) == nil)
    #expect(Verdict(.drop, sides: [], preferred: nil) == .drop)
    let lost = Verdict.prefers(SideID(StableHash("gone")))
    #expect(lost.outcome(sides: sides, preferred: 0) == nil)
    #expect(Verdict.prefers(sides[0]).outcome(sides: sides, preferred: nil) == .swap)
  }
}
