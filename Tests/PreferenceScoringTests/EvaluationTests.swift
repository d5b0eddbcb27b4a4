import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct EvaluationTests {
  @Test("exactly the rounded share of rows is flipped, by seed", arguments: 0..<20)
  func exactCount(seed: UInt64) {
    let planting = NoisePlanting(rowCount: 1003, rate: 0.2, seed: seed)
    #expect(planting.isFlipped.count { $0 } == 201)
    #expect(planting == NoisePlanting(rowCount: 1003, rate: 0.2, seed: seed))
    #expect(planting != NoisePlanting(rowCount: 1003, rate: 0.2, seed: seed + 1))
  }

  @Test("planting flips the chosen rows and no other")
  func planted() throws {
    var pairs = GeneratedPairs(seed: 1)
    let rows = pairs.rows(100)
    let planting = NoisePlanting(rowCount: 100, rate: 0.3, seed: 9)
    let source = planting.planted(in: RowList(rows))
    for (index, row) in rows.enumerated() {
      let found = try source.row(at: index).get()
      #expect(found == (planting.isFlipped[index] ? row.swapped : row))
    }
  }

  @Test("each row is drawn about as often as any other")
  func evenly() {
    var counts = [Int](repeating: 0, count: 20)
    for seed in 0..<4000 {
      for (row, isFlipped) in NoisePlanting(rowCount: 20, rate: 0.25, seed: UInt64(seed))
        .isFlipped.enumerated() where isFlipped
      {
        counts[row] += 1
      }
    }
    // 4000 draws of probability 1/4: deviation 27.4; 5 of them.
    #expect(counts.allSatisfy { abs($0 - 1000) < 137 })
  }

  @Test("figures of a queue counted by hand")
  func byHand() throws {
    // Queue: wrong, right, wrong = right (tie), right.
    let quality = try #require(
      DetectionQuality(
        suspicion: [0.9, 0.8, 0.5, 0.5, nil, 0.1], margins: [-9, -8, -5, -5, 0, -1],
        isWrong: [true, false, true, false, true, false], seed: 0))
    #expect(quality.rowCount == 5 && quality.wrongCount == 2)
    // Six comparisons: the first wrong wins 3; the second wins 1, ties 1, loses 1.
    #expect(abs(quality.auroc.value - 4.5 / 6) < 1e-12)
    #expect(abs(quality.averagePrecision - (0.5 * 1 + 0.5 * 2 / 4)) < 1e-12)
    #expect(quality.precisionAtTrueCount == 0.5)
    #expect(quality.foundInFirst15Percent == 0.5)
    #expect(abs(quality.spearmanWithMargin - 1) < 1e-12)
    #expect(quality.auroc.lower <= quality.auroc.value)
    #expect(quality.auroc.value <= quality.auroc.upper)
  }

  @Test("an AUROC is one less that of the reversed queue", arguments: 0..<16)
  func reversal(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let suspicion: [Double?] = (0..<200).map { _ in Double(generator.below(30)) }
    let isWrong = (0..<200).map { _ in generator.below(4) == 0 }
    let reversed = suspicion.map { $0.map { -$0 } }
    let one = try #require(
      DetectionQuality(suspicion: suspicion, margins: reversed, isWrong: isWrong, seed: 0))
    let other = try #require(
      DetectionQuality(suspicion: reversed, margins: reversed, isWrong: isWrong, seed: 0))
    #expect(abs(one.auroc.value + other.auroc.value - 1) < 1e-12)
    #expect(abs(one.spearmanWithMargin - 1) < 1e-12)
    #expect(abs(other.spearmanWithMargin + 1) < 1e-12)
  }

  @Test("planted flips come up first where the labels have a cause")
  func detection() throws {
    var pairs = GeneratedPairs(seed: 21)
    let rows = RowList(pairs.rows(2000))
    let planting = NoisePlanting(rowCount: 2000, rate: 0.2, seed: 3)
    let result = try scanned(planting.planted(in: rows))
    let quality = try #require(result.detectionQuality(isWrong: planting.isFlipped))
    #expect(quality.auroc.lower > 0.75)
    #expect(quality.foundInFirst15Percent > 0.3)
    #expect(quality.averagePrecision > 0.4)
    let none = result.detectionQuality(isWrong: Array(repeating: false, count: 2000))
    #expect(none == nil)
  }
}
