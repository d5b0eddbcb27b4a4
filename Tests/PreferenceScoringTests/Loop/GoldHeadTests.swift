import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("The loop: a head that learns from confirmed pairs")
struct GoldHeadTests {
  private func gold(
    _ evidence: SignalEvidence, _ rows: [Int], swapped: [Int] = []
  ) -> GoldPairs {
    GoldPairs(
      rows, isSwapped: rows.map { swapped.contains($0) }, of: evidence.design,
      groups: evidence.groups)
  }

  @Test("with every pair confirmed as it is labelled it is the head of the file")
  func everythingConfirmed() throws {
    let evidence = try SignalCase(
      rows: 300, columns: 6, scale: 3, flipRate: 0.1, seed: 5
    ).evidence
    let all = gold(evidence, Array(0..<300))
    let head = GoldHead(all, penalties: evidence.penalties, factors: [1])
    for (one, other) in zip(head.head.theta, evidence.head.theta) {
      #expect(abs(one - other) < 1e-5)
    }
    let margins = head.margins(of: evidence.design, all)
    for (one, other) in zip(margins, evidence.leftOutMargins) { #expect(abs(one - other) < 1e-4) }
  }

  @Test("the margin of a confirmed pair is that of a refit without it: correlation at least .999")
  func leftOut() throws {
    let evidence = try SignalCase(
      rows: 400, columns: 6, scale: 3, flipRate: 0.2, seed: 8
    ).evidence
    let rows = Array(stride(from: 0, to: 400, by: 4))
    let swapped = rows.filter { $0.isMultiple(of: 20) }
    let known = gold(evidence, rows, swapped: swapped)
    let head = GoldHead(known, penalties: evidence.penalties, factors: [1])
    let margins = head.margins(of: evidence.design, known)
    var refitted: [Double] = []
    for left in rows {
      let others = gold(evidence, rows.filter { $0 != left }, swapped: swapped)
      let other = GoldHead(others, penalties: evidence.penalties, factors: [1])
      refitted.append(other.head.margin(of: evidence.design.row(left)))
    }
    #expect(correlation(rows.map { margins[$0] }, refitted) > 0.999)
    // As the file labels the pair: below 0 where both a refit and the person contradict it.
    for (row, other) in zip(rows, refitted) { #expect(abs(margins[row] - other) < 0.3) }
  }

  @Test("swapping the label of a confirmed error in the file negates its margin and moves no other")
  func antisymmetry() throws {
    let evidence = try SignalCase(
      rows: 200, columns: 5, scale: 3, flipRate: 0.2, seed: 2
    ).evidence
    let rows = Array(0..<80)
    var signs = [Float](repeating: 1, count: 200)
    for row in 0..<20 { signs[row] = -1 }
    var other = DesignMatrix(columnCount: 5)
    for row in 0..<200 { other.append(evidence.design.row(row).map { signs[row] * $0 }) }
    let one = gold(evidence, rows, swapped: Array(0..<20))
    let two = GoldPairs(
      rows, isSwapped: rows.map { _ in false }, of: other, groups: evidence.groups)
    let heads = [one, two].map { GoldHead($0, penalties: evidence.penalties) }
    #expect(heads[0].head.theta == heads[1].head.theta)
    let margins = heads[0].margins(of: evidence.design, one)
    let negated = heads[1].margins(of: other, two)
    for row in 0..<200 { #expect(margins[row] == Double(signs[row]) * negated[row]) }
  }

  @Test("two heads agree, differ or oppose by the signs of their margins")
  func consistency() {
    #expect(TwoModelConsistency(1, 2) == .bothAgree)
    #expect(TwoModelConsistency(0, 0) == .bothAgree)
    #expect(TwoModelConsistency(-1, 1) == .differ)
    #expect(TwoModelConsistency(1, -0.1) == .differ)
    #expect(TwoModelConsistency(-1, -1) == .bothOppose)
  }

  @Test("what is confirmed without labels' noise is judged better than by the labels' own head")
  func betterThanNoise() throws {
    let sample = try SignalCase(rows: 3000, columns: 8, scale: 4, flipRate: 0.45, seed: 31)
    let evidence = sample.evidence
    let rows = Array(0..<600)
    let known = gold(evidence, rows, swapped: rows.filter { sample.isFlipped[$0] })
    let head = GoldHead(known, penalties: evidence.penalties)
    let margins = head.margins(of: evidence.design, known)
    func rightly(_ margins: [Double]) -> Int {
      (600..<3000).count { (margins[$0] < 0) == sample.isFlipped[$0] }
    }
    #expect(rightly(margins) > rightly(evidence.leftOutMargins) + 50)
  }

  @Test("a learning curve rises where there is something to learn, and says nothing of few pairs")
  func learningCurve() throws {
    let evidence = try SignalCase(
      rows: 600, columns: 20, scale: 3, flipRate: 0, seed: 12
    ).evidence
    let few = gold(evidence, Array(0..<99))
    #expect(
      LearningCurve(
        few, of: evidence.design, groups: evidence.groups, penalties: evidence.penalties, seed: 0)
        == nil)
    let many = gold(evidence, Array(0..<240))
    let curve = try #require(
      LearningCurve(
        many, of: evidence.design, groups: evidence.groups, penalties: evidence.penalties, seed: 0))
    #expect(curve.points.map(\.pairCount) == [60, 120, 240])
    let values = curve.points.map(\.accuracy.value)
    #expect(values[2] > values[0])
    #expect(
      curve.gainOfDoubling.lower < curve.gainOfDoubling.value
        && curve.gainOfDoubling.value < curve.gainOfDoubling.upper)
    let again = LearningCurve(
      many, of: evidence.design, groups: evidence.groups, penalties: evidence.penalties, seed: 0)
    #expect(again == curve)
  }

  @Test("a doubling that taught something is expected to teach again, on average of eight files")
  func gainOfDoubling() throws {
    var gains: [Double] = []
    for seed in 0..<UInt64(8) {
      let evidence = try SignalCase(
        rows: 400, columns: 40, scale: 3, flipRate: 0, seed: seed
      ).evidence
      let curve = try #require(
        LearningCurve(
          gold(evidence, Array(0..<160)), of: evidence.design, groups: evidence.groups,
          penalties: evidence.penalties, seed: seed))
      let values = curve.points.map(\.accuracy.value)
      let gain = curve.gainOfDoubling.value
      #expect(abs(gain - (values[2] - values[1]) / 2.0.squareRoot()) < 1e-9)
      gains.append(gain)
    }
    #expect(gains.reduce(0, +) / 8 > 0)
  }

  @Test("a learning curve of labels by chance holds .5", arguments: 0..<4)
  func nothingToLearn(seed: UInt64) throws {
    let evidence = try SignalCase(
      rows: 400, columns: 10, scale: 0, flipRate: 0.5, seed: seed
    ).evidence
    let curve = try #require(
      LearningCurve(
        gold(evidence, Array(0..<400)), of: evidence.design, groups: evidence.groups,
        penalties: evidence.penalties, seed: seed))
    let whole = try #require(curve.points.last).accuracy
    #expect(whole.lower < 0.53 && whole.upper > 0.47)
  }
}

@Suite("The loop: pairs like a confirmed error")
struct ConfirmedErrorTests {
  private func likeness(_ evidence: SignalEvidence, _ errors: [Int], jobs: Int = 1) -> [Double?] {
    ConfirmedErrors(
      errors, in: evidence.design, penalties: evidence.penalties, prompts: evidence.prompts,
      groups: evidence.groups, jobs: jobs
    ).likeness
  }

  @Test("it is the largest cosine in the scaled features, weighed by that of the prompts")
  func byHand() throws {
    let evidence = try SignalCase(
      rows: 120, columns: 6, scale: 3, flipRate: 0.1, seed: 6
    ).evidence
    let errors = [3, 40, 77]
    let found = likeness(evidence, errors)
    func cosine(_ a: [Float], _ b: [Float]) -> Double {
      let dot = zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) }
      let norms = [a, b].map { $0.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot() }
      return dot / (norms[0] * norms[1])
    }
    for row in 0..<120 {
      let expected = errors.filter { $0 != row }.map { error in
        let prompt = cosine(
          evidence.prompts.direction(of: row), evidence.prompts.direction(of: error))
        return cosine(evidence.design.row(row), evidence.design.row(error))
          * (1 + max(0, prompt)) / 2
      }.max()
      #expect(abs(try #require(found[row]) - (expected ?? 0)) < 1e-5)
    }
    #expect(likeness(evidence, errors, jobs: 3) == found)
    #expect(likeness(evidence, [3])[3] == nil)
  }

  @Test("a pair labelled as a confirmed error rises, the same pair labelled the other way sinks")
  func direction() throws {
    let plain = try SignalCase(rows: 100, columns: 40, scale: 2, flipRate: 0, seed: 9).evidence
    var design = plain.design
    let error = design.row(10)
    design.append(error)
    design.append(error.map { -$0 })
    let evidence = try SignalCase.evidence(design, penalty: 1, seed: 9)
    let found = likeness(evidence, [10])
    let others = (0..<100).filter { $0 != 10 }.map { found[$0] ?? 0 }
    #expect((found[100] ?? 0) > (others.max() ?? 1))
    #expect((found[101] ?? 0) < (others.min() ?? -1))
  }
}
