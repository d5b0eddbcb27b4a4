import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct UncertaintyTests {
  @Test("members that agree tell nothing, members at 0 and 1 all there is")
  func members() {
    #expect(Doubt(probabilities: [0.3, 0.3, 0.3]).information < 1e-12)
    let split = Doubt(probabilities: [0, 1, 0, 1])
    #expect(abs(split.information - log(2)) < 1e-12)
    #expect(split.closeness == 0)
  }

  @Test(
    "information and closeness are bounded by ln 2, and the label does not matter",
    arguments: 0..<24)
  func bounds(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let margin = 10 * generator.unit() - 5
    let variance = 20 * generator.unit()
    let (one, other) = (
      Doubt(margin: margin, variance: variance), Doubt(margin: -margin, variance: variance)
    )
    #expect(one.information >= 0 && one.information <= log(2))
    #expect(one.information + one.closeness <= log(2) + 1e-12)
    #expect(abs(one.information - other.information) < 1e-12)
    #expect(abs(one.closeness - other.closeness) < 1e-12)
    #expect(abs(one.probability + other.probability - 1) < 1e-12)
    #expect(Doubt(margin: margin, variance: 0).information < 1e-12)
  }

  @Test("the mean over the normal is that of a fine sum", arguments: 0..<8)
  func integral(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let margin = 6 * generator.unit() - 3
    let variance = 0.05 + 2 * generator.unit()
    let deviation = variance.squareRoot()
    var (probability, closeness, total) = (0.0, 0.0, 0.0)
    for step in -4000...4000 {
      let z = Double(step) / 500
      let weight = exp(-z * z / 2)
      let p = sigmoid(margin + deviation * z)
      probability += weight * p
      closeness += weight * Doubt.entropy(p)
      total += weight
    }
    let found = Doubt(margin: margin, variance: variance)
    #expect(abs(found.probability - probability / total) < 1e-4)
    #expect(abs(found.closeness - closeness / total) < 1e-4)
  }

  @Test("a committee's information is that of its members")
  func committee() throws {
    let margins = [-1.5, 0.25, 2, 0.5]
    var tally = StrengthTally()
    #expect(tally.information == nil)
    for margin in margins { tally.add(margin) }
    let expected = Doubt(probabilities: margins.map(sigmoid)).information
    #expect(abs(try #require(tally.information) - expected) < 1e-12)
  }

  @Test("kinds: noise is what the model contradicts, the others are halved")
  func kinds() throws {
    let evidence = try SignalCase(rows: 1001, columns: 12, scale: 3, flipRate: 0.2, seed: 3)
      .evidence
    var work = Uncertainty(evidence)
    let found = work.finished(evidence)
    let kinds = try #require(found[.uncertaintyKind]).compactMap(\.self)
    for (kind, margin) in zip(kinds, evidence.leftOutMargins) {
      #expect((kind == 0) == (margin < 0))
    }
    let hard = kinds.count { $0 == 1 }
    let easy = kinds.count { $0 == 2 }
    #expect(abs(hard - easy) <= 1)
  }
}
