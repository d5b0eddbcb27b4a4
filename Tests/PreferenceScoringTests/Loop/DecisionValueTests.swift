import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("The value of a decision")
struct DecisionValueTests {
  private func evidence(_ seed: UInt64, rows: Int = 300) throws -> SignalEvidence {
    try SignalCase(rows: rows, columns: 6, scale: 3, flipRate: 0.2, seed: seed).evidence
  }

  private func values(
    _ evidence: SignalEvidence, decided: [Int] = [], gains: [Double]? = nil,
    seconds: [Double]? = nil, calibration: LabelCalibration? = nil
  ) -> [Double?] {
    DecisionValue(
      margins: evidence.leftOutMargins, decided: decided, gains: gains, seconds: seconds,
      calibration: calibration, design: evidence.design, hessian: evidence.head.hessian
    ).values
  }

  @Test("a decided pair has no value, and the first of the others is the most suspicious")
  func decidedPairs() throws {
    let evidence = try evidence(1)
    let decided = Array(stride(from: 0, to: 300, by: 3))
    let found = values(evidence, decided: decided)
    #expect(decided.allSatisfy { found[$0] == nil })
    let best = try #require(
      found.indices.filter { found[$0] != nil }.max { (found[$0] ?? 0) < (found[$1] ?? 0) })
    let worst = found.indices.filter { found[$0] != nil }
      .min { evidence.leftOutMargins[$0] < evidence.leftOutMargins[$1] }
    #expect(best == worst)
    #expect(abs((found[best] ?? 0) - sigmoid(-evidence.leftOutMargins[best])) < 1e-12)
  }

  @Test("twice the time halves the value of the first pair")
  func time() throws {
    let evidence = try evidence(2)
    let one = values(evidence, seconds: Array(repeating: 10, count: 300))
    let two = values(evidence, seconds: Array(repeating: 20, count: 300))
    for (one, two) in zip(one, two) { #expect(abs((one ?? 0) - 2 * (two ?? 0)) < 1e-12) }
  }

  @Test(
    "the gain is what a swap does to the loss of the confirmed pairs, and correlates with refits")
  func gains() throws {
    let evidence = try evidence(3)
    let rows = Array(0..<60)
    let gold = GoldPairs(
      rows, isSwapped: rows.map { $0 < 10 }, of: evidence.design, groups: evidence.groups)
    let gains = DecisionValue.gains(gold, head: evidence.head, design: evidence.design)
    var influence = Influence(
      evidence, target: rows.map { .init(row: $0, isSwapped: $0 < 10) })
    let flips = try #require(influence.finished(evidence)[.influence])
    for row in 60..<300 { #expect(abs(gains[row] + (flips[row] ?? 0)) < 1e-9) }
  }

  @Test("copies of what was taken come last")
  func diversity() throws {
    let plain = try evidence(4, rows: 200)
    var design = plain.design
    let worst = try #require(
      plain.leftOutMargins.indices.min { plain.leftOutMargins[$0] < plain.leftOutMargins[$1] })
    for _ in 0..<3 { design.append(plain.design.row(worst)) }
    let all = try SignalCase.evidence(design, penalty: 1, seed: 4)
    let found = values(all)
    let copies = [worst, 200, 201, 202].map { found[$0] ?? 0 }.sorted(by: >)
    // One of the four is taken; of the others nothing is left.
    #expect(copies[0] > 0.1)
    #expect(copies.dropFirst().allSatisfy { $0 < 1e-9 })
  }

  @Test("all values are the same for the same rows, and none is below 0")
  func determinism() throws {
    let evidence = try evidence(5)
    let gains = (0..<300).map { Double($0 % 7) - 3 }
    let found = values(evidence, gains: gains)
    #expect(found == values(evidence, gains: gains))
    #expect(found.allSatisfy { ($0 ?? -1) >= 0 })
  }

  @Test("a reading pace is the line that the times follow; few times, or none, give none")
  func pace() throws {
    let timed = (0..<40).map { index -> (size: Double, seconds: Double) in
      let size = Double(index) * 100
      return (size, 4 + 0.01 * size)
    }
    let pace = try #require(ReadingPace(timed))
    #expect(abs(pace.startSeconds - 4) < 1e-9 && abs(pace.secondsPerUnit - 0.01) < 1e-12)
    #expect(ReadingPace(Array(timed.prefix(29))) == nil)
    #expect(ReadingPace(timed.map { (size: $0.size, seconds: 0.0) }) == nil)
    let falling = try #require(ReadingPace(timed.map { (size: $0.size, seconds: 60 - $0.seconds) }))
    #expect(falling.secondsPerUnit == 0)
    #expect(falling.seconds(forSize: 1e9) == falling.seconds(forSize: 0))
  }

  @Test("a pause is no reading")
  func pause() throws {
    var timed = (0..<40).map { _ in (size: 100.0, seconds: 10.0) }
    timed.append((100, 6000))
    let pace = try #require(ReadingPace(timed))
    #expect(pace.seconds(forSize: 100) < 12)
  }
}

@Suite("What the confirmed pairs say of a whole scan")
struct LoopScoreTests {
  private static let settings = ScanSettings(sketchWidth: 32, signals: [])

  private func known(_ rows: Int, swapped: [Int]) -> LoopEvidence {
    let confirmed = Array(stride(from: 0, to: rows, by: 4))
    return LoopEvidence(
      confirmed: ConfirmedPairs(
        kept: confirmed.filter { !swapped.contains($0) }, swapped: swapped),
      decided: confirmed)
  }

  @Test("every signal of the loop speaks of every pair, for any number of jobs alike")
  func wholeScan() throws {
    var pairs = GeneratedPairs(seed: 17)
    let artefacts = try finishedScan(of: RowList(pairs.rows(400)), settings: Self.settings)
    let known = known(400, swapped: [0, 8, 16, 40])
    let scores = artefacts.loopScores(known, jobs: 1)
    #expect(scores.signals == artefacts.loopScores(known, jobs: 3).signals)
    #expect(Set(scores.signals.keys) == Set(SignalID.loop))
    for id in [SignalID.gold, .goldConsistency, .nearConfirmedError] {
      #expect(scores.signals[id]?.allSatisfy { $0?.isFinite ?? false } == true)
    }
    #expect(scores.signals[.value]?.count { $0 == nil } == 100)
    #expect(scores.figures.consistency?.values.reduce(0, +) == 300)
    #expect(Set(scores.figures.nextBySuspicion).isDisjoint(with: known.decided))
    #expect(scores.figures.nextByValue.count == LoopFigures.batchSize)
    let result = artefacts.result.withLoop(scores.signals)
    #expect(result.ranks == artefacts.result.ranks)
    #expect(result.withLoop([:]).signals == artefacts.result.signals)
  }

  @Test("with few confirmed pairs there is no gold head, and value follows suspicion")
  func fewConfirmed() throws {
    var pairs = GeneratedPairs(seed: 18)
    let artefacts = try finishedScan(of: RowList(pairs.rows(300)), settings: Self.settings)
    let scores = artefacts.loopScores(
      LoopEvidence(confirmed: ConfirmedPairs(kept: [1, 2, 3]), decided: [1, 2, 3]), jobs: 1)
    #expect(Set(scores.signals.keys) == [.value])
    #expect(scores.figures.consistency == nil)
    let first = try #require(scores.figures.nextByValue.first)
    #expect(first == scores.figures.nextBySuspicion.first)
  }
}
