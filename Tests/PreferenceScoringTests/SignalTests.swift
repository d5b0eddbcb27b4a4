import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

/// Pairs with normal features, a known reward, planted flips, and the head fitted to them.
struct SignalCase {
  let evidence: SignalEvidence
  let isFlipped: [Bool]

  init(
    rows: Int, columns: Int, scale: Double, flipRate: Double, seed: UInt64, penalty: Double = 1
  ) throws {
    var generator = SeededGenerator(seed: seed)
    func normal() -> Double {
      (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
    }
    let theta = (0..<columns).map { _ in scale * normal() / Double(columns).squareRoot() }
    var design = DesignMatrix(columnCount: columns)
    var isFlipped: [Bool] = []
    for _ in 0..<rows {
      let x = (0..<columns).map { _ in normal() }
      let margin = zip(theta, x).reduce(0) { $0 + $1.0 * $1.1 }
      let right = generator.unit() < sigmoid(margin) ? 1.0 : -1
      isFlipped.append(generator.unit() < flipRate)
      design.append(x.map { Float((isFlipped[isFlipped.count - 1] ? -right : right) * $0) })
    }
    self.isFlipped = isFlipped
    evidence = try Self.evidence(design, penalty: penalty, seed: seed)
  }

  static func evidence(
    _ design: DesignMatrix, penalty: Double, seed: UInt64
  ) throws -> SignalEvidence {
    let head = try head(design, penalty: penalty)
    let count = design.rowCount
    let keys = (0..<UInt64(count)).map { row -> PairKeys in
      PairKeys(prompt: row, pair: row, chosen: 2 * row, rejected: 2 * row + 1)
    }
    let alone: [Range<Int>] = (0..<count).map { $0..<$0 + 1 }
    let judged = LeaveOneOut(design, rows: 0..<count, copies: alone[...], head: head)
    var generator = SeededGenerator(seed: seed)
    var prompts = PromptSketches()
    for _ in 0..<count {
      var sketch = PromptSketch()
      for _ in 0..<8 { sketch.add(generator.next()) }
      prompts.append(sketch)
    }
    return SignalEvidence(
      design: design, groups: PairGroups(keys, foldCount: 5, seed: seed), keys: keys,
      prompts: prompts, promptQualities: SignalValues(nothingOf: count), head: head,
      penalties: Array(repeating: penalty, count: design.columnCount),
      blocks: [0..<design.columnCount / 2, design.columnCount / 2..<design.columnCount],
      margins: judged.margins, leftOutMargins: judged.leftOutMargins, seed: seed)
  }

  static func head(_ design: DesignMatrix, penalty: Double) throws -> BradleyTerryHead {
    var fit = HeadFit(
      rowCount: design.rowCount, penalties: Array(repeating: penalty, count: design.columnCount),
      start: Array(repeating: 0, count: design.columnCount))
    for _ in 0..<1000 {
      if let head = fit.advance(design, rowLimit: 2048, jobs: 1) { return head }
    }
    throw Unfitted()
  }

  struct Unfitted: Error {}
}

extension SignalWork {
  /// What the finished signal says.
  mutating func finished(_ evidence: SignalEvidence, jobs: Int = 1) -> [SignalID: [Double?]] {
    while true {
      if let found = advance(evidence, jobs: jobs) { return found.mapValues { Array($0) } }
    }
  }
}

func correlation(_ left: [Double], _ right: [Double]) -> Double {
  let n = Double(left.count)
  let (a, b) = (left.reduce(0, +) / n, right.reduce(0, +) / n)
  var (products, squares, others) = (0.0, 0.0, 0.0)
  for (x, y) in zip(left, right) {
    products += (x - a) * (y - b)
    squares += (x - a) * (x - a)
    others += (y - b) * (y - b)
  }
  return products / (squares * others).squareRoot()
}

@Suite struct SignalTests {
  @Test("every signal can be asked for, and only those that are asked for are there")
  func selection() throws {
    var pairs = GeneratedPairs(seed: 3)
    let rows = RowList(pairs.rows(200))
    let all = try scanned(
      rows, settings: ScanSettings(sketchWidth: 16, signals: Set(SignalID.selectable)))
    // Nobody votes here, and there are no annotators.
    for id in SignalID.selectable where ![.contradiction, .votes, .pal, .gpm].contains(id) {
      let values = try #require(all.signals[id])
      // Counsel is given on some pairs only.
      #expect(values.allSatisfy { $0?.isFinite ?? (id == .infFeed) })
    }
    #expect(all.signals[.contradiction]?.allSatisfy { $0 == nil } == true)
    let none = try scanned(rows, settings: ScanSettings(sketchWidth: 16, signals: []))
    #expect(none.signals.keys.sorted() == [.leaveOneOut, .margin])
    #expect(none.suspicion == all.suspicion)
    #expect(ScanResult(encoded: all.encoded()) == all)
  }

  @Test("all signals are the same bytes for every number of jobs", arguments: 0..<2)
  func determinism(seed: UInt64) throws {
    var pairs = GeneratedPairs(seed: seed)
    let rows = RowList(pairs.rows(600))
    let settings = ScanSettings(
      seed: seed, sketchWidth: 16, signals: Set(SignalID.selectable))
    let bytes = try scanned(rows, settings: settings).encoded()
    #expect(try scanned(rows, settings: settings, jobs: 3).encoded() == bytes)
  }

  @Test("swapping the labels of the whole file changes no signal")
  func antisymmetry() throws {
    var pairs = GeneratedPairs(seed: 12)
    let rows = RowList(pairs.rows(400))
    let settings = ScanSettings(sketchWidth: 16, signals: Set(SignalID.selectable))
    let one = try scanned(rows, settings: settings)
    let other = try scanned(rows.swapped, settings: settings)
    for id in one.signals.keys.sorted() {
      for (left, right) in zip(one.signals[id] ?? [], other.signals[id] ?? []) {
        let (left, right) = (left ?? 0, right ?? 0)
        #expect(abs(left - right) < 1e-5 * (1 + abs(left)), "\(id.rawValue)")
      }
    }
  }
}

@Suite struct PoorInputTests {
  private let settings = ScanSettings(sketchWidth: 16, signals: Set(SignalID.selectable))

  private func row(_ prompt: String, _ chosen: String, _ rejected: String) -> PreferenceRow {
    PreferenceRow(
      context: [Turn(.user, prompt)],
      sides: [chosen, rejected].map { Side(turns: [Turn(.assistant, $0)]) }, label: .prefers(0))
  }

  @Test("too few pairs, one group and no difference give no signal, and no crash")
  func withoutHead() throws {
    var pairs = GeneratedPairs(seed: 2)
    let few = pairs.rows(49)
    let same = Array(repeating: row("Why?", "Because.", "No idea."), count: 80)
    let identical = Array(repeating: row("Why?", "So.", "So."), count: 80)
    for rows in [few, same, identical, []] {
      let result = try scanned(RowList(rows), settings: settings)
      #expect(result.signals.isEmpty)
      #expect(result.suspicion.allSatisfy { $0 == nil })
      #expect(!result.quality.hasSignal)
      #expect(ScanResult(encoded: result.encoded()) == result)
    }
  }

  @Test("one prompt, no prompt, two texts throughout: numbers are finite or not there")
  func monotonous() throws {
    var pairs = GeneratedPairs(seed: 8)
    var onePrompt = pairs.rows(60)
    var noPrompt = onePrompt
    for index in onePrompt.indices {
      onePrompt[index].context = [Turn(.user, "Why?")]
      noPrompt[index].context = []
    }
    // Labels by lot between two texts: contradictory copies of one pair, and a few others.
    let twoTexts = (0..<60).map { index in
      index % 2 == 0 ? row("Why?", "A day", "Two") : row("Why \(index % 10)?", "Two", "A day")
    }
    for rows in [onePrompt, noPrompt, twoTexts] {
      let result = try scanned(RowList(rows), settings: settings)
      for (id, values) in result.signals.sorted(by: { $0.key < $1.key }) {
        #expect(values.allSatisfy { $0?.isFinite ?? true }, "\(id.rawValue)")
      }
    }
    let none = try scanned(RowList(noPrompt), settings: settings)
    #expect(none.signals[.fifaQuality]?.allSatisfy { $0 == nil } == true)
    #expect(Set(none.signals[.fifaDiversity]?.compactMap(\.self) ?? []).count == 1)
  }
}

@Suite struct StrengthTests {
  @Test("every pair has as many judges as there are splits, none of which has seen it")
  func outOfSample() throws {
    // Labels drawn by lot and as many columns as rows: in sample every label looks right.
    let evidence = try SignalCase(
      rows: 300, columns: 200, scale: 0, flipRate: 0, seed: 2, penalty: 0.1
    ).evidence
    var work = StrengthEnsemble(evidence)
    let found = work.finished(evidence)
    let means = found[.strength]?.compactMap(\.self) ?? []
    #expect(means.count == 300)
    let agreeing = Double(means.count { $0 > 0 }) / 300
    #expect(0.4 < agreeing && agreeing < 0.6)
    #expect(evidence.margins.allSatisfy { $0 > 0 })
    let votes = found[.strengthVotes]?.compactMap(\.self) ?? []
    #expect(votes.allSatisfy { [0, 0.2, 0.4, 0.6, 0.8, 1].contains(($0 * 10).rounded() / 10) })
    #expect(found[.strengthDeviation]?.allSatisfy { ($0 ?? -1) >= 0 } == true)
  }

  @Test(
    "swapping a pair in scoring only negates its strength and keeps the deviation",
    arguments: 0..<16)
  func tallies(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let margins = (0..<7).map { _ in 4 * generator.unit() - 2 }
    var (one, swapped, doubled) = (StrengthTally(), StrengthTally(), StrengthTally())
    for margin in margins {
      one.add(margin)
      swapped.add(-margin)
      for _ in 0..<2 { doubled.add(margin) }
    }
    let mean = try #require(one.mean)
    #expect(abs(mean - margins.reduce(0, +) / 7) < 1e-12)
    let square = margins.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 6
    #expect(abs(try #require(one.deviation) - square.squareRoot()) < 1e-12)
    #expect(swapped.mean == -mean)
    #expect(swapped.deviation == one.deviation)
    let votes = [try #require(one.voteShare), try #require(swapped.voteShare)]
    #expect(abs(votes[0] + votes[1] - 1) < 1e-12)
    // Every member twice: the votes stay.
    #expect(doubled.voteShare == one.voteShare)
    #expect(StrengthTally().mean == nil && StrengthTally().voteShare == nil)
  }

  @Test("a band follows mean and deviation")
  func bands() {
    func band(_ margins: [Double]) -> StrengthBand? {
      var tally = StrengthTally()
      for margin in margins { tally.add(margin) }
      return StrengthBand(of: tally, strongFrom: 2)
    }
    #expect(band([-1, -1.1, -0.9]) == .contradicted)
    #expect(band([-1, 1, 0.1]) == .ambiguous)
    #expect(band([0, 0, 0]) == .ambiguous)
    #expect(band([1, 1.1, 0.9]) == .normal)
    #expect(band([2, 2.1, 2.2]) == .strong)
    #expect(band([1]) == nil)
  }

  @Test("injected flips gather in the lowest fifth and in the band of the contradicted")
  func lift() throws {
    let simulated = try SignalCase(rows: 2000, columns: 20, scale: 4, flipRate: 0.2, seed: 11)
    var work = StrengthEnsemble(simulated.evidence)
    let found = work.finished(simulated.evidence)
    let means = found[.strength]?.compactMap(\.self) ?? []
    let lowest = means.indices.sorted { means[$0] < means[$1] }.prefix(400)
    let share = Double(lowest.count { simulated.isFlipped[$0] }) / 400
    #expect(share / 0.2 > 2.5)
    let bands = found[.strengthBand]?.compactMap(\.self) ?? []
    let rates = (0..<4).map { band -> Double in
      let rows = bands.indices.filter { bands[$0] == Double(band) }
      return Double(rows.count { simulated.isFlipped[$0] }) / Double(max(rows.count, 1))
    }
    #expect(rates == rates.sorted(by: >))
  }

  @Test("a reward from elsewhere joins where it tells the labels beyond chance, noise does not")
  func rewards() throws {
    let simulated = try SignalCase(rows: 600, columns: 8, scale: 2, flipRate: 0, seed: 3)
    func strengths(_ rewards: [[Double]]) -> [Double] {
      var evidence = simulated.evidence
      evidence.rewardMargins = rewards
      var work = StrengthEnsemble(evidence)
      return work.finished(evidence)[.strength]?.compactMap(\.self) ?? []
    }
    var generator = SeededGenerator(seed: 5)
    let alone = strengths([])
    let noise = alone.map { _ in generator.unit() - 0.5 }
    #expect(strengths([noise]) == alone)
    let good = alone.enumerated().map { $0.offset % 4 == 0 ? 0 : 1.0 }
    for (row, value) in strengths([good]).enumerated() {
      // Five heads and one reward; where the reward says nothing, the heads alone.
      let expected = row % 4 == 0 ? alone[row] : (5 * alone[row] + 1) / 6
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("planted flips of a strong signal are found by the committee")
  func plantedFlips() throws {
    let simulated = try SignalCase(rows: 2000, columns: 20, scale: 4, flipRate: 0.2, seed: 7)
    var work = StrengthEnsemble(simulated.evidence)
    let means = try #require(work.finished(simulated.evidence)[.strength])
    let quality = try #require(
      DetectionQuality(
        suspicion: means.map { $0.map { -$0 } }, margins: simulated.evidence.margins,
        isWrong: simulated.isFlipped, seed: 0))
    #expect(quality.auroc.value > 0.85)
  }
}

@Suite struct ContradictionTests {
  /// A label between two responses to one prompt.
  private func pair(_ winner: UInt64, _ loser: UInt64, prompt: UInt64 = 1) -> PairKeys {
    PairKeys(
      prompt: prompt, pair: WordHash.pair(min(winner, loser), max(winner, loser)), chosen: winner,
      rejected: loser)
  }

  private func contradictions(_ pairs: [PairKeys]) throws -> [Double?] {
    var design = DesignMatrix(columnCount: 2)
    for index in pairs.indices { design.append([Float(index + 1), 1]) }
    let plain = try SignalCase.evidence(design, penalty: 1, seed: 0)
    let evidence = SignalEvidence(
      design: design, groups: plain.groups, keys: pairs, prompts: plain.prompts,
      promptQualities: plain.promptQualities, head: plain.head,
      penalties: plain.penalties, blocks: plain.blocks, margins: plain.margins,
      leftOutMargins: plain.leftOutMargins, seed: 0)
    var work = Contradiction()
    return work.finished(evidence)[.contradiction] ?? []
  }

  @Test("a copy with the opposite label contradicts, one with the same label supports")
  func conflicts() throws {
    #expect(try contradictions([pair(1, 2), pair(3, 4)]) == [nil, nil])
    #expect(try contradictions([pair(1, 2), pair(2, 1)]) == [0.75, 0.75])
    #expect(try contradictions([pair(1, 2), pair(1, 2)]) == [0.25, 0.25])
    #expect(try contradictions([pair(1, 2), pair(2, 1, prompt: 2)]) == [nil, nil])
  }

  @Test("a cycle of three contradicts each of its labels, an order of three supports its longest")
  func triads() throws {
    #expect(try contradictions([pair(1, 2), pair(2, 3), pair(3, 1)]) == [0.75, 0.75, 0.75])
    #expect(try contradictions([pair(1, 2), pair(2, 3), pair(1, 3)]) == [nil, nil, 0.25])
  }

  @Test("the one wrong label of a transitive tournament is the most contradicted")
  func wrongLabel() throws {
    var pairs: [PairKeys] = []
    for winner in 0..<8 as Range<UInt64> {
      for loser in (winner + 1)..<9 { pairs.append(pair(winner, loser)) }
    }
    let wrong = try #require(pairs.firstIndex { ($0.chosen, $0.rejected) == (1, 7) })
    pairs[wrong] = pair(7, 1)
    let values = try contradictions(pairs).map { $0 ?? 0.5 }
    #expect(values.indices.max { values[$0] < values[$1] } == wrong)
  }
}
