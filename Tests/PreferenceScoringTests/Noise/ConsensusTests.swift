import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct ConsensusTests {
  @Test("the share of drawn heads under which a label holds is the closed form")
  func draws() throws {
    let evidence = try SignalCase(rows: 300, columns: 5, scale: 2, flipRate: 0.2, seed: 6).evidence
    var generator = SeededGenerator(seed: 1)
    func normal() -> Double {
      (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
    }
    // L' z' = z for H = L L': columns of the inverse of L by whitening the unit vectors.
    let columns = 5
    var unit = [Double](repeating: 0, count: columns * columns)
    for column in 0..<columns { unit[column * (columns + 1)] = 1 }
    let inverse = evidence.head.hessian.whiten(unit)
    let rows = [3, 50, 111, 200]
    var holding = [Double](repeating: 0, count: rows.count)
    let draws = 20_000
    for _ in 0..<draws {
      let z = (0..<columns).map { _ in normal() }
      let theta = (0..<columns).map { column in
        (0..<columns).reduce(evidence.head.theta[column]) {
          $0 + inverse[column * columns + $1] * z[$1]
        }
      }
      for (place, row) in rows.enumerated() {
        let x = evidence.design.row(row)
        if zip(theta, x).reduce(0, { $0 + $1.0 * Double($1.1) }) > 0 { holding[place] += 1 }
      }
    }
    for (place, row) in rows.enumerated() {
      let whitened = evidence.head.hessian.whiten(evidence.design.rows(row..<row + 1))
      let leverage = whitened.reduce(0) { $0 + $1 * $1 }
      let closed = Consensus.shareAgreeing(margin: evidence.margins[row], variance: leverage)
      #expect(abs(closed - holding[place] / Double(draws)) < 0.015)
    }
  }

  @Test("swapping a label turns what others say of it round, and nothing is said of nothing")
  func orientation() throws {
    #expect(Consensus.shareAgreeing(margin: 0, variance: 0) == 0.5)
    #expect(Consensus.shareAgreeing(margin: 1, variance: 0) == 1)
    for margin in [0.1, 1, 3] {
      let sum =
        Consensus.shareAgreeing(margin: margin, variance: 2)
        + Consensus.shareAgreeing(margin: -margin, variance: 2)
      #expect(abs(sum - 1) < 1e-12)
    }
  }

  @Test("a label against a cluster of parallel rows is contradicted by its neighbours")
  func neighbours() throws {
    var design = DesignMatrix(columnCount: 4)
    var generator = SeededGenerator(seed: 2)
    for row in 0..<60 {
      let sign: Float = row == 17 ? -1 : 1
      let first = Float(1 + generator.unit())
      // Two directions; row 17 points against its own.
      design.append(row % 2 == 1 ? [sign * first, sign * 0.01, 0, 0] : [0, 0, first, 0.01])
    }
    let evidence = try SignalCase.evidence(design, penalty: 1, seed: 1)
    var work = Consensus(evidence)
    let found = try #require(work.finished(evidence)[.consensusNeighbours]).compactMap(\.self)
    #expect(found.count == 60)
    #expect(found[17] < -0.99)
    #expect(found.indices.filter { $0 != 17 && $0 % 2 == 0 }.allSatisfy { found[$0] > 0.99 })
    #expect(found.allSatisfy { (-1...1.000001).contains($0) })
  }

  @Test("neighbours of planted flips contradict them")
  func planted() throws {
    let simulated = try SignalCase(rows: 2000, columns: 8, scale: 4, flipRate: 0.2, seed: 7)
    var work = Consensus(simulated.evidence)
    let found = work.finished(simulated.evidence)
    for (id, limit) in [(SignalID.consensus, 0.85), (.consensusNeighbours, 0.75)] {
      let values = try #require(found[id])
      let quality = try #require(
        DetectionQuality(
          suspicion: values.map { $0.map { -$0 } }, margins: simulated.evidence.margins,
          isWrong: simulated.isFlipped, seed: 0))
      #expect(quality.auroc.value > limit, "\(id.rawValue)")
    }
  }
}

@Suite struct DonodTests {
  @Test("growth and distance are those of one step of descent", arguments: 0..<12)
  func step(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let theta = (0..<6).map { _ in 2 * generator.unit() - 1 }
    let x = (0..<6).map { _ in 4 * generator.unit() - 2 }
    let margin = zip(theta, x).reduce(0) { $0 + $1.0 * $1.1 }
    let moved = zip(theta, x).map { $0 + sigmoid(-margin) * $1 }
    func length(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 }.squareRoot() }
    let found = DonodStep(margin: margin, length: length(x), weightLength: length(theta))
    #expect(abs(found.growth - (length(moved) - length(theta))) < 1e-12)
    #expect(abs(found.distance - length(zip(moved, theta).map { $0 - $1 })) < 1e-12)
  }

  @Test("only the best by both is 1, and neither column's unit matters")
  func closeness() {
    func step(_ growth: Double, _ distance: Double) -> DonodStep {
      DonodStep(growth: growth, distance: distance)
    }
    let steps = [step(3, 1), step(2, 2), step(-1, 4), step(3, 4)]
    let found = DonodStep.closeness(steps)
    #expect(found[0] == 1)
    #expect(found[2] == 0)
    #expect(found.dropFirst().allSatisfy { $0 < 1 && $0 >= 0 })
    let scaled = DonodStep.closeness(steps.map { step(7 * $0.growth, 0.1 * $0.distance) })
    for (one, other) in zip(found, scaled) { #expect(abs(one - other) < 1e-12) }
    #expect(DonodStep.closeness([]).isEmpty)
  }
}
