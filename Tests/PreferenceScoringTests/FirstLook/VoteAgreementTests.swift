import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Vote agreement")
struct VoteAgreementTests {
  /// The example of Krippendorff 2011 (Computing Krippendorff's Alpha-Reliability), section C: four
  /// observers, twelve units, five values, missing data; 0 stands for no value.
  private static let published: [[Int]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, 0, 0, 0], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, 0, 3],
    [0, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 0], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, 0],
  ]

  @Test("alpha of the published example is the published .743")
  func knownAnswer() throws {
    let units = (0..<12).map { unit -> [Int] in
      let values: [Int] = Self.published.map { $0[unit] }
      return (1...5).map { value in values.count { $0 == value } }
    }
    let agreement = try #require(VoteAgreement(units: units, kind: .inRow))
    #expect(agreement.unitCount == 11 && agreement.voteCount == 40)
    try expect(agreement, alpha: 0.743, within: 0.0005)
  }

  @Test("two votes of two kinds each, by hand")
  func closedForm() throws {
    // Of three units two agree: D_o = 2/6, D_e = 2 * 3 * 3 / (6 * 5).
    let agreement = try #require(VoteAgreement(units: [[2, 0], [0, 2], [1, 1]], kind: .inRow))
    #expect(agreement.rawAgreement == 2.0 / 3)
    let observed = 2.0 / 6
    let expected = 18.0 / 30
    try expect(agreement, alpha: 1 - observed / expected, within: 1e-12)
  }

  @Test("single votes do not count, and one kind alone leaves alpha undefined")
  func edges() throws {
    #expect(VoteAgreement(units: [], kind: .inRow) == nil)
    #expect(VoteAgreement(units: [[1, 0], [0, 1]], kind: .inRow) == nil)
    let all = try #require(VoteAgreement(units: [[3, 0], [2, 0], [1, 0]], kind: .inRow))
    #expect(all.alpha == nil && all.rawAgreement == 1 && all.unitCount == 2)
  }

  @Test(
    "alpha is that of the definition over all pairs of votes", arguments: 0..<32 as Range<UInt64>)
  func definition(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let units: [[Int]] = (0..<20).map { _ in (0..<4).map { _ in generator.below(3) } }
    let votes: [[Int]] = units.map { unit in
      unit.indices.flatMap { [Int](repeating: $0, count: unit[$0]) }
    }.filter { $0.count > 1 }
    var observed = 0.0
    for unit in votes {
      var different = 0
      for one in unit.indices {
        for other in unit.indices where one != other && unit[one] != unit[other] { different += 1 }
      }
      observed += Double(different) / Double(unit.count - 1)
    }
    let all = votes.flatMap(\.self)
    var expected = 0
    for one in all.indices {
      for other in all.indices where one != other && all[one] != all[other] { expected += 1 }
    }
    let agreement = try #require(VoteAgreement(units: units, kind: .inRow))
    let alpha = 1 - observed * Double(all.count - 1) / Double(expected)
    try expect(agreement, alpha: alpha, within: 1e-9)
    // Renaming the kinds changes nothing.
    let renamed = units.map { Array($0.reversed()) }
    try expect(
      try #require(VoteAgreement(units: renamed, kind: .inRow)), alpha: alpha, within: 1e-9)
  }

  private func expect(
    _ agreement: VoteAgreement, alpha: Double, within tolerance: Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let found = try #require(agreement.alpha, sourceLocation: sourceLocation)
    #expect(abs(found - alpha) < tolerance, sourceLocation: sourceLocation)
  }
}
