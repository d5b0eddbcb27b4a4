import Foundation
import Testing

@testable import PreferenceScoring

@Suite struct InfluenceTests {
  /// The head without a row, or with its label swapped.
  private func refit(_ evidence: SignalEvidence, row: Int, isSwapped: Bool) throws
    -> BradleyTerryHead
  {
    var design = DesignMatrix(columnCount: evidence.design.columnCount)
    for other in 0..<evidence.rowCount where other != row || isSwapped {
      let values = Array(evidence.design.row(other))
      design.append(other == row ? values.map { -$0 } : values)
    }
    return try SignalCase.head(design, penalty: 1)
  }

  private func loss(_ head: BradleyTerryHead, _ evidence: SignalEvidence, _ rows: [Int]) -> Double {
    rows.reduce(0) { $0 + softplus(-head.margin(of: evidence.design.row($1))) }
  }

  @Test("effects on a target agree with refits: correlation at least .999")
  func refits() throws {
    let evidence = try SignalCase(
      rows: 400, columns: 8, scale: 4, flipRate: 0.15, seed: 1
    ).evidence
    let target = Array(stride(from: 0, to: 400, by: 5))
    var work = Influence(evidence, target: target.map { .init(row: $0) })
    let found = work.finished(evidence)
    var (flips, removals): ([Double], [Double]) = ([], [])
    for row in 0..<400 {
      let others = target.filter { $0 != row }
      let before = loss(evidence.head, evidence, others)
      flips.append(
        loss(try refit(evidence, row: row, isSwapped: true), evidence, others) - before)
      removals.append(
        loss(try refit(evidence, row: row, isSwapped: false), evidence, others) - before)
    }
    let flipEffects = found[.influence]?.compactMap(\.self) ?? []
    let removalEffects = found[.influenceOfRemoval]?.compactMap(\.self) ?? []
    #expect(correlation(flipEffects, flips) > 0.999)
    #expect(correlation(removalEffects, removals) > 0.999)
  }

  @Test("leverages add up to less than the number of columns, and self-influence is a square")
  func leverages() throws {
    let evidence = try SignalCase(
      rows: 300, columns: 10, scale: 3, flipRate: 0.1, seed: 4
    ).evidence
    var work = Influence(evidence, target: nil)
    let found = work.finished(evidence)[.selfInfluence]?.compactMap(\.self) ?? []
    var freedom = 0.0
    for (row, leverage) in work.leverages.enumerated() {
      let wrong = sigmoid(-evidence.margins[row])
      #expect(leverage > 0 && wrong * (1 - wrong) * leverage < 1)
      #expect(abs(found[row] - wrong * wrong * leverage) < 1e-12)
      freedom += wrong * (1 - wrong) * leverage
    }
    #expect(freedom <= 10)
  }

  @Test("pushes add up to what the penalty holds back, and self-influence is their diagonal")
  func pushes() throws {
    let evidence = try SignalCase(
      rows: 250, columns: 6, scale: 3, flipRate: 0.2, seed: 9
    ).evidence
    var work = Influence(evidence, target: nil)
    let own = work.finished(evidence)[.selfInfluence]?.compactMap(\.self) ?? []
    for row in stride(from: 0, to: 250, by: 25) {
      let pushes = Influence.pushes(on: row, in: evidence)
      let x = evidence.design.rows(row..<row + 1)
      let held = zip(evidence.head.hessian.solve(x), evidence.head.theta).reduce(0) {
        $0 + $1.0 * $1.1
      }
      // At the optimum sum (1 - p) x = penalty * theta, and the penalty is 1.
      #expect(abs(pushes.reduce(0, +) - held) < 1e-5)
      let wrong = sigmoid(-evidence.margins[row])
      #expect(abs(pushes[row] * wrong - own[row]) < 1e-9)
    }
  }

  @Test("a duplicate lowers the leverage of its row, swapping a label does not change it")
  func leverageLaws() throws {
    let plain = try SignalCase(rows: 200, columns: 5, scale: 0, flipRate: 0, seed: 3).evidence
    func leverage(_ design: DesignMatrix) throws -> Double {
      let head = try SignalCase.head(design, penalty: 1)
      let x = design.rows(0..<1)
      return zip(head.hessian.solve(x), x).reduce(0) { $0 + $1.0 * $1.1 }
    }
    var doubled = plain.design
    doubled.append(Array(plain.design.row(0)))
    #expect(try leverage(doubled) < leverage(plain.design))
    let x = plain.design.rows(0..<1)
    let negated = x.map { -$0 }
    let one = plain.head.hessian.whiten(x).reduce(0) { $0 + $1 * $1 }
    let other = plain.head.hessian.whiten(negated).reduce(0) { $0 + $1 * $1 }
    #expect(one == other)
    // A penalty that outweighs the data leaves |x|^2 / penalty.
    let silent = try SignalCase.head(plain.design, penalty: 1e9)
    let square = x.reduce(0) { $0 + $1 * $1 }
    let small = zip(silent.hessian.solve(x), x).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(small * 1e9 - square) < 1e-5 * square)
  }

  @Test("labels swapped where the longer answer lost are found by a target, better than by margin")
  func targetedBias() throws {
    // Column 0 is length. The reward ignores it, but the annotator swaps labels against it: half of
    // the pairs whose chosen side is shorter are swapped, and none of the others.
    var generator = SeededGenerator(seed: 21)
    func normal() -> Double {
      (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
    }
    var design = DesignMatrix(columnCount: 6)
    var isWrong: [Bool] = []
    var gold: [Int] = []
    for row in 0..<3000 {
      var x = (0..<6).map { _ in normal() }
      if generator.unit() > sigmoid(2 * x[1] - x[2]) { x = x.map { -$0 } }
      let isGold = row < 300
      isWrong.append(!isGold && x[0] < 0 && generator.unit() < 0.5)
      if isGold && x[0] < 0 { gold.append(row) }
      design.append(x.map { Float(isWrong[row] ? -$0 : $0) })
    }
    let evidence = try SignalCase.evidence(design, penalty: 1, seed: 0)
    var work = Influence(evidence, target: gold.map { .init(row: $0) })
    let effects = try #require(work.finished(evidence)[.influence])
    func quality(_ values: [Double]) -> Double {
      DetectionQuality(
        suspicion: values.map { -$0 }, margins: evidence.margins, isWrong: isWrong, seed: 0
      )?.auroc.value ?? 0
    }
    #expect(
      quality(effects.compactMap(\.self)) > quality(evidence.leftOutMargins) + 0.03)
  }
}
