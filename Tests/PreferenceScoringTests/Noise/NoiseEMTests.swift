import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct LikelihoodProfileTests {
  @Test("of a parabola the maximum and 1.96 standard errors are read off exactly", arguments: 0..<8)
  func parabola(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let centre = 0.7 + 0.1 * generator.unit()
    let error = 0.02 + 0.02 * generator.unit()
    let values = (0...20).map { 0.5 + 0.025 * Double($0) }
    let heights = values.map { -0.5 * ($0 - centre) * ($0 - centre) / (error * error) - 100 }
    let found = LikelihoodProfile.estimate(values, heights)
    #expect(abs(found.value - centre) < 1e-9)
    #expect(abs(found.lower - (centre - normalQuantile95 * error)) < 1e-9)
    #expect(abs(found.upper - (centre + normalQuantile95 * error)) < 1e-9)
  }

  @Test("a flat likelihood leaves the whole range, one that rises to the end ends there")
  func ends() {
    let values = [0.5, 0.6, 0.7, 0.8, 0.9, 1]
    let flat = LikelihoodProfile.estimate(values, values.map { _ in -3 })
    #expect((flat.lower, flat.upper) == (0.5, 1))
    let rising = LikelihoodProfile.estimate(values, values.map { 100 * $0 })
    #expect((rising.value, rising.upper) == (1, 1))
    #expect(rising.lower > 0.9)
  }
}

@Suite struct LabelMixtureTests {
  @Test(
    "P(right) is sigma(margin + ln odds(rate)), 1 at rate 1 and p at rate 1/2", arguments: 0..<16)
  func identities(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let margin = 12 * generator.unit() - 6
    let rate = 0.01 + 0.98 * generator.unit()
    let expected = sigmoid(margin + log(rate) - log1p(-rate))
    #expect(abs(LabelRates(right: rate).rightProbability(margin: margin) - expected) < 1e-12)
    #expect(LabelRates(right: 1).rightProbability(margin: margin) == 1)
    #expect(abs(LabelRates(right: 0.5).rightProbability(margin: margin) - sigmoid(margin)) < 1e-12)
  }

  private func mixture(_ evidence: SignalEvidence, kinds: [Int32] = []) -> LabelMixture {
    let rows = 0..<evidence.rowCount
    var grams = FoldGrams(folds: [rows])
    grams.advance(evidence.design, jobs: 1)
    return LabelMixture(design: evidence.design, ranges: [rows], kinds: kinds, gram: grams.sum())
  }

  @Test("turning theta round and the rate into its rest leaves the likelihood as it is")
  func symmetry() throws {
    let evidence = try SignalCase(rows: 500, columns: 8, scale: 3, flipRate: 0.2, seed: 4).evidence
    let mixture = mixture(evidence)
    let theta = evidence.head.theta
    let one = mixture.fit(
      [LabelRates(right: 0.8)], penalties: evidence.penalties, from: theta, passLimit: 0)
    let other = mixture.fit(
      [LabelRates(right: 0.2)], penalties: evidence.penalties, from: theta.map { -$0 },
      passLimit: 0)
    #expect(abs(one.objective - other.objective) < 1e-3)
    #expect(one.theta == theta)
    // At rate 1 it is the loss of the plain head.
    let plain = mixture.fit(
      [LabelRates(right: 1)], penalties: evidence.penalties, from: theta, passLimit: 0)
    let loss =
      evidence.margins.reduce(0) { $0 + softplus(-$1) }
      + 0.5 * theta.reduce(0) { $0 + $1 * $1 }
    #expect(abs(plain.objective - loss) < 1e-3)
  }

  @Test("a fit is where the likelihood is flat: its gradient vanishes by finite differences")
  func stationary() throws {
    let evidence = try SignalCase(rows: 600, columns: 4, scale: 3, flipRate: 0.2, seed: 5).evidence
    let mixture = mixture(evidence)
    let rates = [LabelRates(right: 0.85)]
    let fit = mixture.fit(rates, penalties: evidence.penalties, from: evidence.head.theta)
    for column in fit.theta.indices {
      let slopes = [-0.05, 0.05].map { step in
        var theta = fit.theta
        theta[column] += step
        return mixture.fit(rates, penalties: evidence.penalties, from: theta, passLimit: 0)
          .objective
      }
      #expect(slopes.allSatisfy { $0 > fit.objective })
      #expect(abs(slopes[0] - slopes[1]) < 0.3 * (slopes[0] + slopes[1] - 2 * fit.objective))
    }
  }

  @Test("no step of EM lowers the likelihood", arguments: 0..<6 as Range<UInt64>)
  func monotone(seed: UInt64) throws {
    let simulated = try SignalCase(rows: 900, columns: 10, scale: 3, flipRate: 0.25, seed: seed)
    let evidence = simulated.evidence
    let kinds = (0..<900).map { Int32($0 % 3) }
    let found = NoiseEM.rates(
      of: mixture(evidence, kinds: kinds), kindCount: 3, around: 0.9,
      penalties: evidence.penalties, from: evidence.head.theta)
    #expect(found.trace.count > 2)
    for (before, after) in zip(found.trace, found.trace.dropFirst()) {
      #expect(after <= before + 1e-9 * abs(before))
    }
  }

  @Test("with the true probabilities EM over the rate alone finds the rate")
  func oracle() {
    var generator = SeededGenerator(seed: 9)
    let margins = (0..<20_000).map { _ -> Double in
      let margin = 8 * generator.unit() - 4
      let isFirst = generator.unit() < sigmoid(margin)
      let isRight = generator.unit() < 0.8
      return isFirst == isRight ? margin : -margin
    }
    var rate = 0.9
    for _ in 0..<200 {
      let rates = LabelRates(right: rate)
      rate = margins.reduce(0) { $0 + rates.rightProbability(margin: $1) } / Double(margins.count)
    }
    #expect(abs(rate - 0.8) < 0.015)
  }

  @Test("two rates are told where the sides that stood first are labelled otherwise")
  func sides() throws {
    var generator = SeededGenerator(seed: 77)
    let plain = try SignalCase(rows: 6000, columns: 10, scale: 5, flipRate: 0, seed: 3).evidence
    var design = DesignMatrix(columnCount: 10)
    var kinds: [Int32] = []
    for row in 0..<plain.rowCount {
      let betterIsFirst = generator.unit() < 0.5
      let loses = generator.unit() < (betterIsFirst ? 0.3 : 0.05)
      design.append(plain.design.row(row).map { loses ? -$0 : $0 })
      kinds.append(betterIsFirst != loses ? 0 : 1)
    }
    let evidence = try SignalCase.evidence(design, penalty: 1, seed: 3)
    let found = SideRates(
      mixture(evidence, kinds: kinds), rate: 0.83, penalties: evidence.penalties,
      start: evidence.head.theta
    ).sides
    #expect(found.areDifferent)
    #expect(abs(found.firstLoses - 0.3) < 0.06)
    #expect(abs(found.secondLoses - 0.05) < 0.06)
  }
}

@Suite struct NoiseEMTests {
  private func noise(
    _ evidence: SignalEvidence
  ) throws -> (values: [Double], found: LabelNoise.Mixture) {
    var work = NoiseEM(evidence)
    let values = try #require(work.finished(evidence)[.em]).compactMap(\.self)
    #expect(values.count == evidence.rowCount)
    #expect(values.allSatisfy { (0...1).contains($0) })
    return (values, try #require(work.noise.mixture))
  }

  @Test("planted flips of a strong signal are counted, and their rows are found", arguments: 0..<3)
  func planted(seed: UInt64) throws {
    let simulated = try SignalCase(rows: 3000, columns: 20, scale: 4, flipRate: 0.2, seed: seed)
    let (values, found) = try noise(simulated.evidence)
    let share = Double(simulated.isFlipped.count { $0 }) / 3000
    #expect(abs(found.wrong.value - share) < 0.05)
    #expect(found.wrong.lower <= share + 0.02 && share - 0.02 <= found.wrong.upper)
    #expect(found.isIdentified)
    let quality = try #require(
      DetectionQuality(
        suspicion: values.map { 1 - $0 }, margins: simulated.evidence.margins,
        isWrong: simulated.isFlipped, seed: 0))
    #expect(quality.auroc.value > 0.9)
  }

  @Test("iterating the rate alone under a head fitted to the labels misses them: the trap")
  func trap() throws {
    let evidence = try SignalCase(rows: 3000, columns: 20, scale: 4, flipRate: 0.2, seed: 1)
      .evidence
    var rate = 0.9
    for _ in 0..<100 {
      let rates = LabelRates(right: rate)
      rate = evidence.margins.reduce(0) { $0 + rates.rightProbability(margin: $1) } / 3000
    }
    #expect(rate > 0.93)
    #expect(try noise(evidence).found.wrong.value > 0.13)
  }

  @Test("labels without flips give no wrong ones", arguments: 0..<3 as Range<UInt64>)
  func clean(seed: UInt64) throws {
    let evidence = try SignalCase(rows: 2000, columns: 20, scale: 4, flipRate: 0, seed: seed)
      .evidence
    let (_, found) = try noise(evidence)
    #expect(found.wrong.value < 0.03)
    #expect(found.wrong.lower < 0.01)
  }

  @Test("labels by lot identify nothing", arguments: 0..<4 as Range<UInt64>)
  func noSignal(seed: UInt64) throws {
    let evidence = try SignalCase(
      rows: 1500, columns: 20, scale: 0, flipRate: 0, seed: seed, penalty: 50
    ).evidence
    let (values, found) = try noise(evidence)
    #expect(!found.isIdentified)
    // There is still an order.
    #expect(Set(values).count > 1000)
  }

  @Test("a rate is confirmed by planted flips that give it back")
  func confirmation() {
    func estimate(_ lower: Double, _ upper: Double) -> Estimate {
      Estimate(value: (lower + upper) / 2, lower: lower, upper: upper)
    }
    // .9 becomes .9 * .8 + .1 * .2 = .74.
    #expect(NoiseEM.isConfirmed(estimate(0.87, 0.93), byPlanted: estimate(0.71, 0.77)))
    #expect(!NoiseEM.isConfirmed(estimate(0.97, 1), byPlanted: estimate(0.95, 1)))
    #expect(!NoiseEM.isConfirmed(estimate(0.6, 1), byPlanted: estimate(0.71, 0.77)))
  }

  @Test(
    "of five annotators the one who flips 40 % has the highest share",
    arguments: 0..<5 as Range<UInt64>)
  func annotators(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed &+ 100)
    let plain = try SignalCase(rows: 2000, columns: 15, scale: 4, flipRate: 0, seed: seed).evidence
    var design = DesignMatrix(columnCount: 15)
    var annotators: [Int?] = []
    for row in 0..<plain.rowCount {
      let annotator = generator.below(5)
      annotators.append(annotator)
      let isFlipped = annotator == 3 && generator.unit() < 0.4
      design.append(plain.design.row(row).map { isFlipped ? -$0 : $0 })
    }
    var evidence = try SignalCase.evidence(design, penalty: 1, seed: seed)
    evidence.annotators = annotators
    evidence.annotatorNames = ["a", "b", "c", "d", "e"]
    let groups = try noise(evidence).found.annotators
    #expect(groups.map(\.count).reduce(0, +) == 2000)
    #expect(groups.max { $0.wrong < $1.wrong }?.name == "d")
    #expect(groups.filter { $0.name != "d" }.allSatisfy { $0.wrong < 0.12 })
    #expect(groups.first { $0.name == "d" }.map { $0.wrong > 0.25 } == true)
  }
}
