import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("What an audit makes of margins")
struct LabelCalibrationTests {
  /// Audited rows whose label is wrong with probability sigma(level - slope margin).
  private func audited(
    _ count: Int, level: Double, slope: Double, seed: UInt64
  ) -> [(margin: Double, isWrong: Bool)] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      let margin = 4 * generator.unit() - 2
      return (margin, generator.unit() < sigmoid(level - slope * margin))
    }
  }

  @Test("of many rows it is the law that they follow", arguments: 0..<4)
  func recovery(seed: UInt64) throws {
    let found = try #require(
      LabelCalibration(audited(20_000, level: -1.2, slope: 0.8, seed: seed)))
    #expect(abs(found.level + 1.2) < 0.08)
    #expect(abs(found.slope - 0.8) < 0.08)
  }

  @Test("the probabilities of the audited rows add up to the wrong ones among them")
  func addingUp() throws {
    let rows = audited(400, level: -1, slope: 1, seed: 3)
    let wrong = Double(rows.count(where: \.isWrong))
    let found = try #require(LabelCalibration(rows))
    let sum = rows.reduce(0) { $0 + found.probability(ofMargin: $1.margin) }
    let targets =
      wrong * (wrong + 1) / (wrong + 2) + (400 - wrong) / (400 - wrong + 2)
    #expect(abs(sum - targets) < 1e-4)
  }

  @Test("margins that are worse than chance are taken to say nothing")
  func worseThanChance() throws {
    let found = try #require(LabelCalibration(audited(400, level: -1, slope: -1, seed: 4)))
    #expect(found.slope == 0)
    #expect(found.probability(ofMargin: -2) == found.probability(ofMargin: 2))
  }

  @Test("few rows, or few wrong or right ones among them, give no probability")
  func withheld() {
    let rows = (0..<30).map { (margin: Double($0), isWrong: $0 < 5) }
    #expect(LabelCalibration(rows) != nil)
    #expect(LabelCalibration(Array(rows.dropFirst())) == nil)
    #expect(LabelCalibration(Array(rows.prefix(24))) == nil)
    #expect(LabelCalibration(rows.map { ($0.margin, !$0.isWrong) }) != nil)
    #expect(LabelCalibration([]) == nil)
  }

  @Test("rows that a margin parts cleanly still give a finite law")
  func parted() throws {
    let found = try #require(
      LabelCalibration((0..<100).map { (margin: Double($0) - 49.5, isWrong: $0 < 50) }))
    #expect(found.slope.isFinite && found.slope > 0)
    #expect(found.probability(ofMargin: -40) > 0.9 && found.probability(ofMargin: 40) < 0.1)
  }

  @Test("the flag line is where F-beta is largest among all lines", arguments: [0.5, 1, 2])
  func bestLine(beta: Double) throws {
    var generator = SeededGenerator(seed: 7)
    let margins = (0..<800).map { _ in 5 * generator.unit() - 2 }
    let rows = audited(200, level: -1, slope: 1.5, seed: 7)
    let line = try #require(FlagLine(margins: margins, audited: rows, beta: beta, seed: 0))
    let law = try #require(LabelCalibration(rows))
    let wrong = margins.map { law.probability(ofMargin: $0) }.sorted(by: >)
    let whole = wrong.reduce(0, +)
    let qualities = (1...800).map { count in
      let (precision, recall) = (
        wrong.prefix(count).reduce(0, +) / Double(count), wrong.prefix(count).reduce(0, +) / whole
      )
      return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall)
    }
    let best = try #require(qualities.indices.max { qualities[$0] < qualities[$1] })
    #expect(line.flaggedCount == best + 1)
    #expect(
      abs(line.precision.value - wrong.prefix(best + 1).reduce(0, +) / Double(best + 1)) < 1e-9)
    #expect(abs(line.recall.value - wrong.prefix(best + 1).reduce(0, +) / whole) < 1e-9)
    for estimate in [line.share, line.precision, line.recall] {
      #expect(estimate.lower <= estimate.value && estimate.value <= estimate.upper)
    }
    #expect(FlagLine(margins: margins, audited: rows, beta: beta, seed: 0) == line)
  }

  @Test("a larger beta flags no less")
  func moreRecall() throws {
    let margins = (0..<500).map { Double($0) / 100 - 2 }
    let rows = audited(300, level: -1.5, slope: 1, seed: 11)
    let counts = try [0.5, 1, 2].map {
      try #require(FlagLine(margins: margins, audited: rows, beta: $0, seed: 0)).flaggedCount
    }
    #expect(counts == counts.sorted())
    #expect(FlagLine(margins: margins, audited: [], seed: 0) == nil)
  }

  @Test("expected finds: the interval holds what is there in at least 88 of 100 audits")
  func coverage() throws {
    var held = 0
    for seed in 0..<100 {
      let rows = audited(200, level: -1, slope: 1, seed: UInt64(seed))
      let chosen = (0..<100).map { -2 + Double($0) / 100 }
      let truth = chosen.reduce(0) { $0 + sigmoid(-1 - $1) }
      let found = try #require(ExpectedFinds(margins: chosen, audited: rows, seed: 1)).count
      if found.lower <= truth, truth <= found.upper { held += 1 }
    }
    // Three standard errors below the 95 % that are meant.
    #expect(held >= 88)
  }
}

@Suite("The noise by all decisions")
struct ServedNoiseTests {
  /// A queue of `count` rows by file order, of which the first are wrong the more often, its first
  /// `served` rows decided, and `drawn` rows audited.
  private func review(
    _ count: Int, served: Int, drawn: Int, seed: UInt64, probability: Double? = nil
  ) -> (review: AuditedReview, sample: AuditSample, isWrong: [Bool]) {
    var review = AuditedReview(Self.rows(count))
    var generator = SeededGenerator(seed: seed)
    let isWrong = (0..<count).map {
      generator.unit() < 0.5 * (1 - Double($0) / Double(count))
    }
    let sample = AuditSample(of: review.index, seed: seed)
    let audited = Set(sample.positions.prefix(drawn))
    for row in 0..<count where audited.contains(row) || row < served {
      review.decide(
        row, isWrong[row] ? .swap : .keep, route: audited.contains(row) ? .audit : .queue,
        rank: row + 1,
        probability: audited.contains(row)
          ? probability ?? sample.probability(ofSample: drawn) : 1)
    }
    return (review, sample, isWrong)
  }

  private static func rows(_ count: Int) -> [PreferenceRow] {
    (0..<count).map { row in
      PreferenceRow(
        context: [Turn(.user, "Question \(row)")],
        sides: ["yes \(row)", "no \(row)"].map { Side(turns: [Turn(.assistant, $0)]) },
        label: .prefers(0))
    }
  }

  private func noise(
    _ reviewed: AuditedReview, _ sample: AuditSample
  ) throws -> ServedNoise {
    try ServedNoise(
      reviewed.reviewed, sample: sample, ranks: reviewed.rows.indices.map { $0 + 1 })
  }

  @Test(
    "it is unbiased, holds the truth in at least 93 % of 500 reviews, and is narrower than the audit"
  )
  func coverage() throws {
    var (held, error) = (0, 0.0)
    var (widths, audits) = (0.0, 0.0)
    for seed in 0..<500 {
      let (reviewed, sample, isWrong) = review(200, served: 70, drawn: 60, seed: UInt64(seed))
      let found = try noise(reviewed, sample).noise
      let truth = Double(isWrong.count { $0 }) / 200
      if found.lower <= truth, truth <= found.upper { held += 1 }
      error += found.value - truth
      widths += found.upper - found.lower
      let wrong = sample.positions.prefix(60).count { isWrong[$0] }
      let audit = AuditStratum(rowCount: 200, drawnCount: 60, wrongCount: wrong).noise
      audits += audit.upper - audit.lower
    }
    #expect(held >= 465)
    #expect(abs(error / 500) < 0.008)
    #expect(widths < audits)
  }

  @Test("without decisions on the queue it is the audit's own figure")
  func auditAlone() throws {
    // The first of the queue stays open, so that its head is empty.
    let seed = try #require(
      (0..<UInt64(50)).first {
        !review(200, served: 0, drawn: 60, seed: $0).sample.positions.prefix(60).contains(0)
      })
    let (reviewed, sample, isWrong) = review(200, served: 0, drawn: 60, seed: seed)
    let found = try noise(reviewed, sample)
    let wrong = sample.positions.prefix(60).count { isWrong[$0] }
    let audit = AuditStratum(rowCount: 200, drawnCount: 60, wrongCount: wrong).noise
    #expect(found.headCount == 0)
    #expect(abs(found.noise.value - audit.value) < 1e-12)
    #expect(abs(found.noise.lower - audit.lower) < 1e-12)
    #expect(abs(found.noise.upper - audit.upper) < 1e-12)
  }

  @Test("a file that is decided row by row is counted")
  func everythingDecided() throws {
    let (reviewed, sample, isWrong) = review(60, served: 60, drawn: 10, seed: 1)
    let found = try noise(reviewed, sample)
    let share = Double(isWrong.count { $0 }) / 60
    #expect(found.noise == Estimate(value: share, lower: share, upper: share))
  }

  @Test("a ranked queue alone, and rows without a probability, give no estimate")
  func withheld() throws {
    let alone = review(200, served: 70, drawn: 0, seed: 2)
    #expect(throws: ServedNoise.Reason.tooFewDrawn(found: 0, needed: 25)) {
      try noise(alone.review, alone.sample)
    }
    let unknown = review(200, served: 0, drawn: 40, seed: 2, probability: 0)
    #expect(throws: ServedNoise.Reason.self) {
      try noise(unknown.review, unknown.sample)
    }
  }

  @Test("a weight is cut where one row would stand for too many")
  func clipping() throws {
    let (reviewed, sample, _) = review(200, served: 0, drawn: 60, seed: 2, probability: 0.001)
    let found = try noise(reviewed, sample)
    #expect(found.clippedCount == found.drawnCount)
    #expect(found.noise.lower < found.noise.value && found.noise.value < found.noise.upper)
  }
}
