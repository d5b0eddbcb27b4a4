import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct HeldOutDynamicsTests {
  @Test("the area under a constant margin is that margin, and nothing moves")
  func constant() {
    let found = HeldOutTrajectory(margins: Array(repeating: 0.75, count: 15))
    #expect(abs(found.area - 0.75) < 1e-12)
    #expect(found.variability < 1e-7)
    #expect(found.correctness == 1)
    #expect(found.forgettingCount == 0)
  }

  @Test("forgetting counts agreement that ends; what never agreed has the number of epochs")
  func forgetting() {
    func count(_ agrees: [Int]) -> Int {
      HeldOutTrajectory(margins: agrees.map { $0 == 1 ? 1 : -1 }).forgettingCount
    }
    #expect(count([0, 1, 0, 1, 0]) == 2)
    #expect(count([1, 1, 1]) == 0)
    #expect(count([0, 0, 1, 1]) == 0)
    #expect(count([0, 0, 0, 0]) == 4)
  }

  @Test("variability is at most the root of confidence times its rest", arguments: 0..<20)
  func bound(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let found = HeldOutTrajectory(margins: (0..<15).map { _ in Float(12 * generator.unit() - 6) })
    let limit = (found.confidence * (1 - found.confidence)).squareRoot()
    #expect(found.variability <= limit + 1e-12)
    #expect((0...1).contains(found.confidence))
  }

  @Test("no head judges a pair that it has seen: labels by lot are agreed with half the time")
  func outOfSample() throws {
    let evidence = try SignalCase(
      rows: 400, columns: 200, scale: 0, flipRate: 0, seed: 2, penalty: 0.1
    ).evidence
    var work = HeldOutDynamics(evidence)
    let areas = try #require(work.finished(evidence)[.aum]).compactMap(\.self)
    let agreeing = Double(areas.count { $0 > 0 }) / 400
    #expect(0.4 < agreeing && agreeing < 0.6)
    #expect(Double(evidence.margins.count { $0 > 0 }) / 400 > 0.9)
  }

  @Test("planted flips come to lie low, wrong labels with them")
  func planted() throws {
    let simulated = try SignalCase(rows: 2500, columns: 20, scale: 4, flipRate: 0.2, seed: 12)
    var work = HeldOutDynamics(simulated.evidence)
    #expect(work.heldOut == nil)
    let found = work.finished(simulated.evidence)
    let areas = try #require(found[.aum]).compactMap(\.self)
    let shares = try #require(found[.aumPlanted]).compactMap(\.self)
    let quality = try #require(
      DetectionQuality(
        suspicion: areas.map { -$0 }, margins: simulated.evidence.margins,
        isWrong: simulated.isFlipped, seed: 0))
    #expect(quality.auroc.value > 0.85)
    // Half of the planted flips lie below the cut at one half: about as many of the wrong labels, and
    // few of the right ones.
    let wrong = simulated.isFlipped
    func shareBelow(_ isWrong: Bool) -> Double {
      let rows = wrong.indices.filter { wrong[$0] == isWrong }
      return Double(rows.count { shares[$0] >= 0.5 }) / Double(rows.count)
    }
    #expect(shareBelow(true) > 0.45)
    #expect(shareBelow(false) < 0.15)
    // The order of both is one.
    let order = areas.indices.sorted { (areas[$0], $0) < (areas[$1], $1) }.map { shares[$0] }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 >= $1 })
    let kept = try #require(work.heldOut)
    for row in stride(from: 0, to: 2500, by: 97) {
      #expect(abs(kept.trajectory(of: row).area - areas[row]) < 1e-12)
    }
  }

  @Test("what is kept of the epochs is written and read again, at its rows")
  func encoding() throws {
    var pairs = GeneratedPairs(seed: 4)
    let result = try scanned(
      RowList(pairs.rows(120)), settings: ScanSettings(sketchWidth: 16, signals: [.aum]))
    let read = try #require(ScanResult(encoded: result.encoded()))
    #expect(read == result)
    let trajectory = try #require(read.heldOut).trajectory(of: 7)
    #expect(abs(trajectory.area - (try #require(result.signals[.aum]?[7]))) < 1e-9)
    #expect(result.rankingAlone.heldOut == nil)
  }
}
