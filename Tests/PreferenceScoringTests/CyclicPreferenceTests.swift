import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("Preferences that go round in circles")
struct CyclicPreferenceTests {
  private typealias Match = GeneralPreference.Match

  /// Labels of one prompt: every two of `count` responses once.
  private func labels(
    _ count: Int, wrongShare: Double = 0, seed: UInt64 = 1,
    better: (Int, Int) -> Bool
  ) -> (keys: [PairKeys], isWrong: [Bool]) {
    var generator = SeededGenerator(seed: seed)
    let names = (0..<count).map { _ in generator.next() }
    var keys: [PairKeys] = []
    var isWrong: [Bool] = []
    for one in 0..<count {
      for other in 0..<one {
        isWrong.append(generator.unit() < wrongShare)
        let isBetter = better(one, other) != isWrong[isWrong.count - 1]
        let (chosen, rejected) = isBetter ? (one, other) : (other, one)
        keys.append(PairKeys(prompt: 7, chosen: names[chosen], rejected: names[rejected]))
      }
    }
    return (keys, isWrong)
  }

  /// Each response beats the next half of the circle.
  private func circle(_ count: Int) -> (Int, Int) -> Bool {
    { one, other in (other - one + count) % count <= count / 2 }
  }

  private func accuracy(
    _ found: [CyclicPreference.HeldOut?], _ margin: KeyPath<CyclicPreference.HeldOut, Double>
  ) -> Double {
    let known = found.compactMap { $0?[keyPath: margin] }
    return Double(known.count { $0 > 0 }) / Double(max(known.count, 1))
  }

  @Test("left-out matches of a circle are foreseen, which no order can", arguments: [15, 25, 41])
  func circles(count: Int) {
    let found = CyclicPreference.heldOut(labels(count, better: circle(count)).keys, seed: 3)
    #expect(found.allSatisfy { $0 != nil })
    #expect(accuracy(found, \.margin) >= 0.85)
    #expect(accuracy(found, \.plain) <= 0.6)
  }

  @Test("stone, scissors and paper: every label is learned, by rewards none", arguments: [1, 5])
  func three(copies: Int) {
    let matches = [(0, 1), (1, 2), (2, 0)].map { first, second in
      first < second
        ? Match(first: first, second: second, wins: copies, losses: 0)
        : Match(first: second, second: first, wins: 0, losses: copies)
    }
    let plain = GeneralPreference(matches, count: 3, hasPlane: false)
    let model = GeneralPreference(matches, count: 3, hasPlane: true)
    for (one, other) in [(0, 1), (1, 2), (2, 0)] {
      #expect(abs(plain.margin(one, over: other)) < 1e-6)
      // One label each is less than what both planes are expected to be before any is seen.
      if copies > 1 { #expect(model.margin(one, over: other) > 0.5) }
    }
  }

  @Test("margins are skew, each sweep lowers the loss, and the order of the labels is nothing")
  func laws() {
    let (keys, _) = labels(12, wrongShare: 0.2, seed: 5, better: circle(12))
    let names = Set(keys.flatMap { [$0.chosen, $0.rejected] }).sorted()
    let matches = keys.map { key in
      Match(
        first: names.firstIndex(of: min(key.chosen, key.rejected)) ?? 0,
        second: names.firstIndex(of: max(key.chosen, key.rejected)) ?? 0,
        wins: key.chosen < key.rejected ? 1 : 0, losses: key.chosen < key.rejected ? 0 : 1)
    }
    for hasPlane in [false, true] {
      let model = GeneralPreference(matches, count: 12, hasPlane: hasPlane)
      for one in 0..<12 {
        #expect(model.margin(one, over: one) == 0)
        for other in 0..<12 {
          #expect(abs(model.margin(one, over: other) + model.margin(other, over: one)) < 1e-12)
        }
      }
      for (before, after) in zip(model.objectives, model.objectives.dropFirst()) {
        #expect(after <= before + 1e-9)
      }
    }
    let found = CyclicPreference.heldOut(keys, seed: 3)
    let turned = CyclicPreference.heldOut(keys.reversed(), seed: 3)
    #expect(found == turned.reversed())
    let exchanged = keys.map {
      PairKeys(prompt: $0.prompt, chosen: $0.rejected, rejected: $0.chosen)
    }
    for (one, other) in zip(found, CyclicPreference.heldOut(exchanged, seed: 3)) {
      #expect(abs((one?.margin ?? 9) - (other?.margin ?? 8)) < 1e-4)
    }
  }

  @Test("without a cycle nothing is said; where cycles are only errors there is no signal")
  func absent() throws {
    #expect(
      CyclicPreference.heldOut(labels(8, better: { $0 > $1 }).keys, seed: 1)
        .allSatisfy { $0 == nil })
    for seed in 0..<5 as Range<UInt64> {
      let keys = labels(20, wrongShare: 0.1, seed: seed, better: { $0 > $1 }).keys
      #expect(try signals(keys).isEmpty, "seed \(seed)")
    }
  }

  @Test("wrong labels on a circle are found by it, and the signal is there", arguments: 0..<3)
  func wrongLabels(seed: UInt64) throws {
    let (keys, isWrong) = labels(25, wrongShare: 0.1, seed: seed, better: circle(25))
    let values = try #require(try signals(keys)[.gpm])
    let suspicion = values.map { -($0 ?? 0) }
    #expect(RankedTruth(suspicion, isWrong: isWrong).auroc > 0.9)
    let plain = CyclicPreference.heldOut(keys, seed: 1).map { -($0?.plain ?? 0) }
    #expect(RankedTruth(plain, isWrong: isWrong).auroc < 0.7)
  }

  /// What the signal says of pairs with these keys, whatever their features.
  private func signals(_ keys: [PairKeys]) throws -> [SignalID: [Double?]] {
    let plain = try SignalCase(rows: keys.count, columns: 6, scale: 1, flipRate: 0, seed: 1)
      .evidence
    let evidence = SignalEvidence(
      design: plain.design, groups: plain.groups, keys: keys, prompts: plain.prompts,
      promptQualities: plain.promptQualities, head: plain.head, penalties: plain.penalties,
      blocks: plain.blocks, margins: plain.margins, leftOutMargins: plain.leftOutMargins,
      seed: 1)
    var work = CyclicPreference()
    return work.finished(evidence, jobs: 2)
  }
}
