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
    var lead = 0.0
    for seed: UInt64 in 1...8 {
      let simulated = try SignalCase(rows: 3000, columns: 20, scale: 8, flipRate: 0.4, seed: seed)
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
      let given = Double(simulated.isFlipped.count { !$0 }) / 3000
      #expect(abs(given - 0.6) < 0.03)
      #expect(purity(.peer) > 0.65)
      #expect(purity(.peer) > given + 0.09)
      lead += purity(.peer) - purity(.own)
    }
    // On one file either may be ahead.
    #expect(lead > 0, "purer than what a head keeps for itself, over the files")
  }

  @Test("what is kept of the epochs is what the signals say, in 64 bytes a pair")
  func trajectories() throws {
    let evidence = try SignalCase(rows: 700, columns: 12, scale: 3, flipRate: 0.2, seed: 2).evidence
    var work = PeerReview(evidence)
    #expect(work.trajectories == nil)
    let found = work.finished(evidence)
    let kept = try #require(work.trajectories)
    #expect(kept.rowCount == 700)
    let rates = try #require(found[.peerReview]).compactMap(\.self)
    for row in 0..<700 {
      let trajectory = kept.trajectory(of: row)
      #expect(trajectory.epochs.count == PeerReview.epochs)
      let first = try #require(trajectory.epochs.first)
      let last = try #require(trajectory.epochs.last)
      #expect(first.isKeptByA && first.isKeptByB)
      // Eleven bits of a number are kept.
      for (half, id) in [(last.marginA, SignalID.peerMarginA), (last.marginB, .peerMarginB)] {
        let whole = Float(try #require(found[id]?[row]))
        #expect(abs(half - whole) <= 0.0005 * abs(whole) + 1e-6)
      }
      let count = trajectory.epochs.dropFirst().reduce(0) {
        $0 + ($1.isKeptByA ? 1 : 0) + ($1.isKeptByB ? 1 : 0)
      }
      #expect(abs(rates[row] - Double(count) / Double(2 * (PeerReview.epochs - 1))) < 1e-12)
      let agreement = try #require(trajectory.agreement)
      #expect(found[.peerAgreement]?[row] == Double(agreement.rawValue) / 2)
      #expect(
        found[.peerStability]?[row] == Double(try #require(trajectory.stability).rawValue) / 2)
    }
    let ranks = try #require(found[.curriculumRank]).compactMap(\.self)
    #expect(ranks.sorted() == (1...700).map(Double.init))
  }

  @Test("peers agree, contradict or contest by the signs of their margins")
  func agreement() {
    #expect(PeerAgreement(marginA: 0.1, marginB: 2) == .bothAgree)
    #expect(PeerAgreement(marginA: -0.1, marginB: -2) == .bothContradict)
    #expect(PeerAgreement(marginA: 1, marginB: -1) == .contested)
    #expect(PeerAgreement(marginA: 0, marginB: 1) == .contested)
    #expect(PeerStability(of: [1, 1.2, 0.8]) == .robust)
    #expect(PeerStability(of: [-1, -1.2, -0.8]) == .nonRobust)
    #expect(PeerStability(of: [-1, 1.2]) == .ambiguous)
    #expect(PeerStability(of: []) == nil)
  }

  @Test("flipped pairs are rejected by both peers more often, and stand late in the curriculum")
  func flips() throws {
    let simulated = try SignalCase(rows: 2000, columns: 20, scale: 4, flipRate: 0.2, seed: 13)
    var work = PeerReview(simulated.evidence)
    let found = work.finished(simulated.evidence)
    func rate(_ class: PeerAgreement) -> Double {
      let rows = (found[.peerAgreement] ?? []).indices.filter {
        found[.peerAgreement]?[$0] == Double(`class`.rawValue) / 2
      }
      return Double(rows.count { simulated.isFlipped[$0] }) / Double(max(rows.count, 1))
    }
    #expect(rate(.bothContradict) > rate(.contested))
    #expect(rate(.contested) > rate(.bothAgree))
    let ranks = found[.curriculumRank]?.compactMap(\.self) ?? []
    let late = ranks.indices.filter { ranks[$0] > 1600 }
    #expect(Double(late.count { simulated.isFlipped[$0] }) / 400 > 0.5)
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
  private func signals(
    _ prompts: [[Float]], margins: [Double]? = nil, of id: SignalID? = nil
  ) throws -> [Double] {
    var design = DesignMatrix(columnCount: 2)
    for index in prompts.indices { design.append([Float(index % 7) - 2, 1]) }
    let plain = try SignalCase.evidence(design, penalty: 1, seed: 0)
    let evidence = SignalEvidence(
      design: design, groups: plain.groups, keys: plain.keys,
      prompts: plain.prompts,
      promptQualities: plain.promptQualities, head: plain.head, penalties: plain.penalties,
      blocks: plain.blocks, margins: plain.margins,
      leftOutMargins: margins ?? plain.leftOutMargins, seed: 0)
    let directions = DenseVectors(prompts.flatMap(\.self), width: prompts[0].count)
    var work = FilteredSubset(evidence, directions: directions)
    let id = id ?? (margins == nil ? .fifaDiversity : .fifa)
    return work.finished(evidence)[id]?.compactMap(\.self) ?? []
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

  @Test("turning all prompts the same way changes no diversity")
  func rotation() throws {
    var generator = SeededGenerator(seed: 4)
    let angles = (0..<80).map { _ in 2 * Double.pi * generator.unit() }
    func diversities(turnedBy turn: Double) throws -> [Double] {
      try signals(angles.map { [Float(cos($0 + turn)), Float(sin($0 + turn))] })
    }
    // Near neighbours lie close to where single precision ends.
    for (one, other) in zip(try diversities(turnedBy: 0), try diversities(turnedBy: 1.1)) {
      #expect(abs(one - other) < 0.05)
    }
  }

  @Test("a subset takes one of many copies early and the others last")
  func greedyCopies() throws {
    let prompts = circle(60) + Array(repeating: [0, 0, 1], count: 7)
    let places = try signals(prompts, margins: Array(repeating: 1, count: 67), of: .fifaGreedy)
    #expect(places.sorted() == (1...67).map(Double.init))
    #expect(places.suffix(7).count { $0 > 60 } == 6)
  }

  @Test("adding a constant to all margins changes no importance")
  func shift() throws {
    let margins = (0..<60).map { Double($0 % 13) }
    let one = try signals(circle(60), margins: margins)
    let other = try signals(circle(60), margins: margins.map { $0 + 100 })
    #expect(zip(one, other).allSatisfy { abs($0 - $1) < 1e-9 })
  }
}
