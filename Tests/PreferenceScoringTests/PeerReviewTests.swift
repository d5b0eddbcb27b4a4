import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct PeerReviewTests {
  @Test("the schedule starts with everything, rises, and ends at the noise rate")
  func schedule() {
    let rates = (0..<PeerReview.epochs).map { PeerReview.forgetRate(epoch: $0, noiseRate: 0.3) }
    #expect(rates.first == 0)
    #expect(rates == rates.sorted())
    #expect(abs((rates.last ?? 0) - 0.3) < 1e-12)
  }

  @Test("peers of one view select alike: keep rates are whole, and both margins agree")
  func oneView() throws {
    let evidence = try SignalCase(
      rows: 400, columns: 8, scale: 3, flipRate: 0.2, seed: 5
    ).evidence
    var work = PeerReview(
      evidence, views: [Array(0..<8), Array(0..<8)], noiseRate: 0.2)
    let found = work.finished(evidence)
    #expect(found[.peerMarginA] == found[.peerMarginB])
    let counts = (found[.peerReview] ?? []).map { ($0 ?? 0) * Double(PeerReview.epochs - 1) }
    #expect(counts.allSatisfy { abs($0 - $0.rounded()) < 1e-9 })
    // With one view there is nothing to exchange.
    #expect(found[.peerReview]?.contains { $0 != 1 } == true)
    for (peer, own) in zip(found[.peerMarginA] ?? [], found[.selfReview] ?? []) {
      #expect(peer == own)
    }
  }

  @Test("the heads keep exactly the floor of the scheduled share")
  func keepCounts() throws {
    let evidence = try SignalCase(
      rows: 301, columns: 6, scale: 3, flipRate: 0.2, seed: 8
    ).evidence
    var work = PeerReview(evidence, views: [[0, 1, 2], [3, 4, 5]], noiseRate: 0.25)
    let rates = work.finished(evidence)[.peerReview]?.compactMap(\.self) ?? []
    let kept = (rates.reduce(0, +) * Double(PeerReview.epochs - 1)).rounded()
    let expected = (1..<PeerReview.epochs).reduce(0) { sum, epoch in
      sum + Int((1 - PeerReview.forgetRate(epoch: epoch, noiseRate: 0.25)) * 301)
    }
    #expect(kept == Double(expected))
  }

  @Test("of 40 % symmetric flips what the peers keep is purer than what they were given")
  func purity() throws {
    let simulated = try SignalCase(rows: 3000, columns: 20, scale: 8, flipRate: 0.4, seed: 3)
    let evidence = simulated.evidence
    var work = PeerReview(
      evidence,
      views: [Array(0..<20).filter { $0 % 2 == 0 }, Array(0..<20).filter { $0 % 2 == 1 }],
      noiseRate: 0.4)
    _ = work.finished(evidence)
    /// The share of right labels among all that was selected.
    func purity(_ reviewer: PeerReview.Reviewer) -> Double {
      let rates = work.keepRates(reviewer)
      let right = rates.indices.filter { !simulated.isFlipped[$0] }.reduce(0) { $0 + rates[$1] }
      return right / rates.reduce(0, +)
    }
    #expect(purity(.peer) > 0.65)
    #expect(purity(.peer) > purity(.own))
    #expect(abs(purity(.nobody) - 0.6) < 0.03)
  }

  @Test("the noise estimate is the confident joint of both orientations")
  func noise() {
    // p = .9, .8, .2: mean .633; sure: two; contradicting: 1 - .2 = .8 is one.
    let margins = [0.9, 0.8, 0.2].map { log($0 / (1 - $0)) }
    #expect(abs(PeerReview.noiseRate(margins) - 1.0 / 3) < 1e-12)
    #expect(PeerReview.noiseRate([5, 5, 5]) == 0.01)
  }
}

@Suite struct FilteredSubsetTests {
  private func signals(_ prompts: [[Float]], margins: [Double]? = nil) throws -> [Double] {
    var design = DesignMatrix(columnCount: 2)
    for index in prompts.indices { design.append([Float(index % 7) - 2, 1]) }
    let plain = try SignalCase.evidence(design, penalty: 1, seed: 0)
    let evidence = SignalEvidence(
      design: design, groups: plain.groups, keys: plain.keys,
      prompts: prompts.flatMap { $0 + [Float](repeating: 0, count: 64 - $0.count) },
      head: plain.head, penalties: plain.penalties, blocks: plain.blocks, margins: plain.margins,
      leftOutMargins: margins ?? plain.leftOutMargins, seed: 0)
    var work = FilteredSubset(evidence)
    return work.finished(evidence)[margins == nil ? .fifaDiversity : .fifa]?.compactMap(\.self)
      ?? []
  }

  private func circle(_ count: Int, from start: Double = 0) -> [[Float]] {
    (0..<count).map { index in
      let angle = start + 2 * .pi * Double(index) / Double(count)
      return [Float(cos(angle)), Float(sin(angle))]
    }
  }

  @Test("evenly spaced prompts are equally diverse, wherever the circle starts")
  func even() throws {
    let values = try signals(circle(60))
    #expect(values.allSatisfy { abs($0 - values[0]) < 1e-4 })
    let turned = try signals(circle(60, from: 0.3))
    #expect(zip(values, turned).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test("more copies of a prompt than neighbours are looked at come last")
  func copies() throws {
    let values = try signals(circle(60) + Array(repeating: [0.6, 0.8], count: 7))
    let copies = values.suffix(7)
    #expect(copies.allSatisfy { $0 == copies.last })
    #expect(values.prefix(60).allSatisfy { $0 > (copies.last ?? 0) })
  }

  @Test("adding a constant to all margins changes no importance")
  func shift() throws {
    let margins = (0..<60).map { Double($0 % 13) }
    let one = try signals(circle(60), margins: margins)
    let other = try signals(circle(60), margins: margins.map { $0 + 100 })
    #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-9 })
  }
}
