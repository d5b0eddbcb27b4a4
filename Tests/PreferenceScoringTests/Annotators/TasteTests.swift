import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite struct TasteTests {
  /// Pairs of annotators of two opposite tastes, some labels flipped.
  private struct TwoTastes {
    let evidence: SignalEvidence
    let isMinority: [Bool]
    let isFlipped: [Bool]

    init(minority: Int, of annotators: Int, pairs: Int, seed: UInt64) throws {
      var generator = SeededGenerator(seed: seed)
      func normal() -> Double {
        (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
      }
      let theta = (0..<12).map { _ in 1.2 * normal() }
      var design = DesignMatrix(columnCount: 12)
      var (isMinority, isFlipped) = ([Bool](), [Bool]())
      var numbers: [Int?] = []
      // Folds are runs of rows: each is to have pairs of everybody.
      for _ in 0..<pairs {
        for number in 0..<annotators {
          let x = (0..<12).map { _ in normal() }
          // They differ in the first half of the columns alone, as far as they differ.
          let margin = zip(theta, x).enumerated().reduce(0.0) { sum, part in
            let sign: Double = number < minority && part.offset < 9 ? -1 : 1
            return sum + sign * part.element.0 * part.element.1
          }
          let right = generator.unit() < sigmoid(margin) ? 1.0 : -1
          isFlipped.append(generator.unit() < 0.15)
          isMinority.append(number < minority)
          numbers.append(number)
          let sign = isFlipped[isFlipped.count - 1] ? -right : right
          design.append(x.map { Float(sign * $0) / 4 })
        }
      }
      let plain = try SignalCase.evidence(design, penalty: 1, seed: seed)
      evidence = SignalEvidence(
        design: plain.design, groups: plain.groups, keys: plain.keys, prompts: plain.prompts,
        promptQualities: plain.promptQualities, head: plain.head, penalties: plain.penalties,
        blocks: [0..<12], margins: plain.margins, leftOutMargins: plain.leftOutMargins,
        seed: seed, annotators: numbers)
      self.isMinority = isMinority
      self.isFlipped = isFlipped
    }

    var labels: TasteLabels {
      var labels = TasteLabels(penalties: evidence.penalties)
      for (row, annotator) in evidence.annotators.enumerated() {
        labels.append(evidence.design.row(row).map { Double($0) }, by: annotator ?? 0)
      }
      return labels
    }
  }

  @Test("what is maximised never falls, with any number of kinds", arguments: 0..<4)
  func monotone(seed: UInt64) throws {
    let labels = try TwoTastes(minority: 6, of: 20, pairs: 20, seed: seed).labels
    for kinds in 1...3 {
      let mixture = TasteMixture(labels, annotatorCount: 20, kinds: kinds, seed: seed)
      for (before, after) in zip(mixture.objectives, mixture.objectives.dropFirst()) {
        #expect(after >= before - 1e-8)
      }
      #expect(abs(mixture.shares.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test("with one kind it is a plain head")
  func plain() throws {
    let single = try TwoTastes(minority: 0, of: 10, pairs: 40, seed: 5)
    let mixture = TasteMixture(single.labels, annotatorCount: 10, kinds: 1, seed: 5)
    for (own, theirs) in zip(mixture.heads[0], single.evidence.head.theta) {
      #expect(abs(own - theirs) < 1e-2)
    }
    #expect(mixture.responsibilities.allSatisfy { $0 == [1] })
  }

  @Test("two tastes are told apart, and what a minority prefers is no error", arguments: 0..<3)
  func minority(seed: UInt64) throws {
    let tastes = try TwoTastes(minority: 12, of: 40, pairs: 40, seed: seed)
    var work = TasteClusters()
    let found = work.finished(tastes.evidence)
    let (own, all) = (try #require(found[.pal]), try #require(found[.palAll]))
    func auroc(_ values: [Double?]) -> Double {
      var (wins, pairs) = (0.0, 0.0)
      let wrong = tastes.isFlipped.indices.filter { tastes.isFlipped[$0] }
      let right = tastes.isFlipped.indices.filter { !tastes.isFlipped[$0] }
      for one in wrong {
        for other in right {
          wins += (values[one] ?? 0) < (values[other] ?? 0) ? 1 : 0
          pairs += 1
        }
      }
      return wins / pairs
    }
    #expect(auroc(own) > auroc(all) + 0.05)
    let minority = try #require(found[.palMinority])
    let named = minority.indices.filter { minority[$0] == 1 }
    #expect(named.count > 50)
    // Three in ten are the minority: by chance so many of the named pairs would be theirs.
    #expect(named.count { tastes.isMinority[$0] } > named.count / 2)
    #expect(named.count { !tastes.isFlipped[$0] } > named.count * 8 / 10)
    var again = TasteClusters()
    #expect(again.finished(tastes.evidence, jobs: 3) == found)
  }

  @Test("annotators of one kind, or too few, give no such signal")
  func silence() throws {
    var same = TasteClusters()
    let alike = try TwoTastes(minority: 0, of: 30, pairs: 30, seed: 2)
    #expect(same.finished(alike.evidence) == [:])
    var few = TasteClusters()
    #expect(few.finished(try TwoTastes(minority: 6, of: 20, pairs: 9, seed: 2).evidence) == [:])
  }
}
