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
    let quality = try measured(
      [0.9, 0.8, 0.5, 0.5, nil, 0.1], margins: [-9, -8, -5, -5, 0, -1],
      isWrong: [true, false, true, false, true, false])
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
    let one = try measured(suspicion, margins: reversed, isWrong: isWrong)
    let other = try measured(reversed, margins: reversed, isWrong: isWrong)
    #expect(abs(one.auroc.value + other.auroc.value - 1) < 1e-12)
    #expect(abs(one.spearmanWithMargin - 1) < 1e-12)
    #expect(abs(other.spearmanWithMargin + 1) < 1e-12)
  }

  @Test(
    "a difference is paired: none against itself, the reference's rise against a reversed queue")
  func paired() throws {
    var generator = SeededGenerator(seed: 4)
    let isWrong = (0..<300).map { _ in generator.below(4) == 0 }
    let good: [Double?] = isWrong.map { ($0 ? 1 : 0) + 2 * generator.unit() }
    let bad = good.map { $0.map { -$0 } }
    let both = DetectionQuality.measured(
      [good, bad], reference: good, margins: bad, isWrong: isWrong, seed: 1)
    let (one, other) = (try #require(both[0]), try #require(both[1]))
    #expect(one.aurocOverDefault == Estimate(value: 0, lower: 0, upper: 0))
    // AUROC(-s) = 1 - AUROC(s) in every resample, so the difference is 1 - 2 AUROC(s).
    let difference = other.aurocOverDefault
    #expect(abs(difference.value - (1 - 2 * one.auroc.value)) < 1e-12)
    #expect(abs(difference.lower - (1 - 2 * one.auroc.upper)) < 0.01)
    #expect(abs(difference.upper - (1 - 2 * one.auroc.lower)) < 0.01)
  }

  @Test("an interval over rows holds the true AUROC about 95 times in 100")
  func coverage() throws {
    // Suspicions uniform on [0, 1] of right labels and on [d, 1 + d] of wrong ones: the AUROC is
    // 1 - (1 - d)^2 / 2.
    let truth = 1 - 0.7 * 0.7 / 2
    var held = 0
    for seed in 0..<200 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let isWrong = (0..<200).map { $0 % 5 == 0 }
      let suspicion: [Double?] = isWrong.map { generator.unit() + ($0 ? 0.3 : 0) }
      let auroc = try measured(suspicion, margins: suspicion, isWrong: isWrong).auroc
      if auroc.lower <= truth && truth <= auroc.upper { held += 1 }
    }
    #expect((176...199).contains(held))
  }

  @Test("rows without a signal count for no signal but that one")
  func differentRows() throws {
    let isWrong = (0..<40).map { $0 % 3 == 0 }
    let whole: [Double?] = (0..<40).map { Double(($0 * 7) % 11) }
    let part = whole.enumerated().map { $0.offset < 20 ? $0.element : nil }
    let both = DetectionQuality.measured(
      [whole, part], reference: whole, margins: whole, isWrong: isWrong, seed: 0)
    let alone = DetectionQuality.measured(
      [whole], reference: whole, margins: whole, isWrong: isWrong, seed: 0)
    #expect(both[0] == alone[0])
    #expect(both[1]?.rowCount == 20)
    #expect(both[1]?.aurocOverDefault.value == 0)
  }

  @Test("the mean over runs has Student's interval")
  func meanOverRuns() {
    // Points of Student's distribution as every table prints them.
    for (degrees, point) in [(1, 12.706), (2, 4.303), (3, 3.182), (9, 2.262), (29, 2.045)] {
      #expect(abs(studentQuantile(degrees) - point) < 0.004, "\(degrees)")
    }
    let mean = Estimate(meanOf: [1, 2, 3, 4], within: 0...5)
    #expect(mean.value == 2.5)
    #expect(abs(mean.upper - 2.5 - 3.182 * (5.0 / 3 / 4).squareRoot()) < 0.003)
    #expect(abs(mean.upper + mean.lower - 5) < 1e-12)
    let wide = Estimate(meanOf: [0.1, 0.7], within: 0...1)
    #expect(wide.lower == 0 && wide.upper == 1, "no AUROC lies beyond these")
  }

  private func measured(
    _ suspicion: [Double?], margins: [Double?], isWrong: [Bool]
  ) throws -> DetectionQuality {
    try #require(
      DetectionQuality(suspicion: suspicion, margins: margins, isWrong: isWrong, seed: 0))
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
