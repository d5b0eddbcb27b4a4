import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct ConfidentLearningTests {
  /// The general algorithm for two classes over every pair in both orientations.
  private func general(_ right: [Double]) -> (wrong: Double, isWrong: [Bool]) {
    // The probability of class 1, and the label, of each pair one way round and the other.
    let rows = right.map { (p: $0, label: 1) } + right.map { (p: 1 - $0, label: 0) }
    func probability(_ row: (p: Double, label: Int), _ label: Int) -> Double {
      label == 1 ? row.p : 1 - row.p
    }
    let thresholds = [0, 1].map { label -> Double in
      let own = rows.filter { $0.label == label }.map { probability($0, label) }
      return own.reduce(0, +) / Double(own.count)
    }
    var counts = [[0.0, 0], [0, 0]]
    var isWrong: [Bool] = []
    for row in rows {
      let guesses = [0, 1].filter { probability(row, $0) >= thresholds[$0] - 1e-12 }
      let guess = guesses.max { probability(row, $0) < probability(row, $1) }
      if let guess { counts[row.label][guess] += 1 }
      isWrong.append(guess.map { $0 != row.label } ?? false)
    }
    let off = counts[0][1] + counts[1][0]
    return (off / (off + counts[0][0] + counts[1][1]), Array(isWrong.prefix(right.count)))
  }

  @Test("counting is the general algorithm over both orientations", arguments: 0..<12)
  func closedForm(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let bias = 4 * generator.unit() - 1
    let right = (0..<501).map { _ in sigmoid(6 * generator.unit() - 3 + bias) }
    let count = ConfidentCount(right)
    let expected = general(right)
    #expect(abs(count.wrong - expected.wrong) < 1e-12)
    #expect(count.wrongCount == Double(expected.isWrong.count { $0 }))
    // In the other order of the columns nothing changes.
    #expect(ConfidentCount(right.reversed()).wrong == count.wrong)
  }

  @Test("what is counted as wrong has p below 1/2, and planted flips gather there")
  func planted() throws {
    let simulated = try SignalCase(rows: 4000, columns: 20, scale: 4, flipRate: 0.2, seed: 6)
    let evidence = simulated.evidence
    var work = ConfidentLearning()
    let signals = work.finished(evidence)
    let flags = try #require(signals[.confidentFlag]).map { $0 == 1 }
    let rows = flags.indices.filter { flags[$0] }
    #expect(rows.allSatisfy { evidence.leftOutMargins[$0] < 0 })
    let precision = Double(rows.count { simulated.isFlipped[$0] }) / Double(rows.count)
    #expect(precision > 0.7)
    let found = try #require(work.noise.confident)
    #expect(found.flaggedCount == rows.count)
    #expect(found.groups.isEmpty && found.firstWrong == nil)
    // A head that is calibrated to these labels, wrong ones among them, counts about its floor.
    #expect(abs(found.wrong - found.floor) < 0.05)
    // With one class the order is that of the margin.
    let values = try #require(signals[.confident]).compactMap(\.self)
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    let margins = order.map { evidence.leftOutMargins[$0] }
    #expect(zip(margins, margins.dropFirst()).allSatisfy { $0 <= $1 + 1e-9 })
  }

  @Test("of right labels it still counts some as wrong: about as many as the floor says")
  func floor() throws {
    let evidence = try SignalCase(rows: 4000, columns: 20, scale: 4, flipRate: 0, seed: 2).evidence
    var work = ConfidentLearning()
    _ = work.finished(evidence)
    let found = try #require(work.noise.confident)
    #expect(found.floor > 0.01)
    #expect(abs(found.wrong - found.floor) < 0.02)
  }

  @Test("the side that is taken too often shows where the file says which stood first")
  func sides() throws {
    var generator = SeededGenerator(seed: 31)
    let plain = try SignalCase(rows: 4000, columns: 12, scale: 5, flipRate: 0, seed: 8).evidence
    var design = DesignMatrix(columnCount: 12)
    var places: [UInt8] = []
    for row in 0..<plain.rowCount {
      let betterIsFirst = generator.unit() < 0.5
      // Some annotators take the first side whatever it says.
      let isFlipped = !betterIsFirst && generator.unit() < 0.4
      design.append(plain.design.row(row).map { isFlipped ? -$0 : $0 })
      places.append(betterIsFirst != isFlipped ? 0 : 1)
    }
    var evidence = try SignalCase.evidence(design, penalty: 1, seed: 8)
    evidence.chosenPlaces = places
    var work = ConfidentLearning()
    let values = try #require(work.finished(evidence)[.confident]).compactMap(\.self)
    #expect(values.allSatisfy { (-1...1).contains($0) })
    let found = try #require(work.noise.confident)
    let (first, second) = (try #require(found.firstWrong), try #require(found.secondWrong))
    #expect(first > second + 0.1)
  }

  @Test("a source has its own share, from thirty labels on")
  func groups() throws {
    let simulated = try SignalCase(rows: 400, columns: 6, scale: 4, flipRate: 0.1, seed: 9)
    var evidence = simulated.evidence
    evidence.sources = (0..<400).map { $0 < 200 ? 0 : $0 < 390 ? 1 : 2 }
    evidence.sourceNames = ["one", "two", "few"]
    var work = ConfidentLearning()
    _ = work.finished(evidence)
    let groups = try #require(work.noise.confident).groups
    #expect(groups.map(\.name) == ["one", "two"])
    let own = ConfidentCount(evidence.leftOutMargins.prefix(200).map(sigmoid))
    #expect(groups.first?.wrong == own.wrong)
  }
}

@Suite struct NoiseComparisonTests {
  @Test(
    "two labels with a share e of wrong ones agree in (1 - e)^2 + e^2", arguments: [0.05, 0.2, 0.4])
  func doubleLabels(wrong: Double) {
    let count = 1_000_000
    let agreeing = Int(((1 - wrong) * (1 - wrong) + wrong * wrong) * Double(count))
    let found = NoiseComparison.wrongShare(agreeing: agreeing, of: count)
    #expect(abs(found.value - wrong) < 1e-4)
    #expect(found.lower < wrong && wrong < found.upper)
    #expect(NoiseComparison.wrongShare(agreeing: 40, of: 100).value == 0.5)
  }

  @Test("labels of a share e that is wrong anchor at e where margins are wide")
  func anchor() throws {
    // Calibrated to labels of which a tenth is wrong no p is above .9.
    let margins = (0..<1000).map { _ in log(0.9 / 0.1) }
    let anchor = try #require(NoiseComparison.anchor(margins))
    #expect(abs(anchor - 0.1) < 1e-12)
    #expect(NoiseComparison.anchor([1, 2]) == nil)
  }

  @Test("shares that differ by more than twice are said to; an audit alone is not")
  func contradiction() throws {
    var pairs = GeneratedPairs(seed: 5)
    let settings = ScanSettings(sketchWidth: 16, signals: [.em, .confident])
    let result = try scanned(RowList(pairs.rows(400)), settings: settings)
    #expect(result.noise.mixture != nil && result.noise.confident != nil)
    #expect(ScanResult(encoded: result.encoded())?.noise == result.noise)
    func comparison(_ audit: Double, _ wrong: Double) -> NoiseComparison {
      let confident = LabelNoise.Confident(wrong: wrong, floor: 0.1, flaggedCount: 0, groups: [])
      return NoiseComparison(
        result.rankingAlone.adding([:], noise: LabelNoise(confident: confident)),
        audit: Estimate(value: audit, lower: 0, upper: 1))
    }
    #expect(result.quality.hasSignal)
    #expect(comparison(0.1, 0.3).isContradictory)
    #expect(!comparison(0.2, 0.3).isContradictory)
    #expect(comparison(0.2, 0.3).entries.map(\.source) == [.audit, .confident, .anchor])
    // At its floor confident learning says nothing.
    #expect(comparison(0.02, 0.11).entries.map(\.source) == [.audit, .anchor])
    #expect(!NoiseComparison(nil, audit: Estimate(value: 0.1, lower: 0, upper: 1)).isContradictory)
    #expect(NoiseComparison(nil, audit: nil).entries.isEmpty)
  }

  @Test("only labels of the same pair by two annotators are double labels")
  func counting() throws {
    var design = DesignMatrix(columnCount: 2)
    for row in 0..<4 { design.append([Float(row + 1), 1]) }
    let plain = try SignalCase.evidence(design, penalty: 1, seed: 0)
    let chosen: [UInt64] = [1, 2, 1, 1]
    let keys = chosen.map { PairKeys(prompt: 1, pair: 5, chosen: $0, rejected: 3 - $0) }
    let groups = PairGroups(keys, foldCount: 2, seed: 0)
    let evidence = SignalEvidence(
      design: design, groups: groups, keys: keys, prompts: plain.prompts,
      promptQualities: plain.promptQualities, head: plain.head, penalties: plain.penalties,
      blocks: plain.blocks, margins: plain.margins, leftOutMargins: plain.leftOutMargins, seed: 0,
      annotators: [0, 1, 0, nil], annotatorNames: ["a", "b"])
    // Rows 0 and 1 differ, 1 and 2 differ, 0 and 2 are by one annotator.
    #expect(
      DoubleLabelling.count(evidence) == LabelNoise.DoubleLabels(count: 2, agreeingCount: 0))
  }
}
