import Foundation
import PreferenceData
import Testing

@testable import PreferenceScoring

@Suite("A head with one hidden layer")
struct HiddenLayerTests {
  private func head(width: Int, columns: Int, seed: UInt64) -> HiddenLayerHead {
    var generator = SeededGenerator(seed: seed)
    func number() -> Float { Float(2 * generator.unit() - 1) }
    return HiddenLayerHead(
      scales: (0..<columns).map { 1 / Float($0 + 1) },
      inner: (0..<width * columns).map { _ in number() }, outer: (0..<width).map { _ in number() })
  }

  private func planted(_ rows: Int, _ seed: UInt64, columns: Int = 6) throws -> SignalCase {
    try SignalCase(rows: rows, columns: columns, scale: 4, flipRate: 0.2, seed: seed)
  }

  @Test("swapping a pair negates its margin exactly", arguments: 0..<4)
  func oddness(seed: UInt64) throws {
    let evidence = try planted(64, seed).evidence
    let head = head(width: 5, columns: 6, seed: seed)
    var negated = DesignMatrix(columnCount: 6)
    for row in 0..<64 { negated.append(evidence.design.row(row).map { -$0 }) }
    let margins = head.margins(of: evidence.design, 0..<64)
    #expect(head.margins(of: negated, 0..<64) == margins.map { -$0 })
  }

  @Test("a pair's gradient is the slope of its margin, in every direction")
  func gradients() throws {
    let evidence = try planted(20, 3).evidence
    let head = head(width: 4, columns: 6, seed: 8)
    let part = PairGradients(head, evidence.design, rows: 0..<20)
    for (one, other) in zip(part.margins, head.margins(of: evidence.design, 0..<20)) {
      #expect(abs(one - Double(other)) < 1e-4)
    }
    let direction = self.head(width: 4, columns: 6, seed: 9)
    let slopes = part.products(
      inner: direction.inner.map { Double($0) }, outer: direction.outer.map { Double($0) })
    // Steps that single precision can tell apart.
    let step: Float = 0x1p-10
    func moved(_ sign: Float) -> [Double] {
      var other = head
      for index in other.inner.indices {
        other.inner[index] += sign * step * direction.inner[index]
      }
      for index in other.outer.indices {
        other.outer[index] += sign * step * direction.outer[index]
      }
      return PairGradients(other, evidence.design, rows: 0..<20).margins
    }
    for (slope, (up, down)) in zip(slopes, zip(moved(1), moved(-1))) {
      #expect(abs((up - down) / Double(2 * step) - slope) < 1e-3 * (1 + abs(slope)))
    }
  }

  private func curvature(
    _ head: HiddenLayerHead, _ design: DesignMatrix, penalty: Double
  ) -> LayerCurvature {
    let part = PairGradients(head, design, rows: 0..<design.rowCount)
    var sums = LayerCurvature.Sums(columns: head.columnCount, width: head.width)
    sums.add(part)
    var curvature = LayerCurvature(
      sums, columns: head.columnCount, width: head.width, penalty: penalty)
    curvature.add(curvature.curvatures(of: part))
    return curvature
  }

  @Test("the curvature of the last layer is its exact Hessian")
  func lastLayerHessian() throws {
    let evidence = try planted(200, 5).evidence
    let head = head(width: 5, columns: 6, seed: 2)
    let part = PairGradients(head, evidence.design, rows: 0..<200)
    var hessian = [Double](repeating: 0, count: 25)
    for row in 0..<200 {
      for i in 0..<5 {
        for j in 0..<5 {
          hessian[i * 5 + j] +=
            part.curvatures[row] * part.outputs[row * 5 + i] * part.outputs[row * 5 + j]
        }
      }
    }
    for i in 0..<5 { hessian[i * 6] += 0.7 }
    let gradient = (0..<5).map { Double($0) - 1.5 }
    let exact = try #require(CholeskyFactor(of: hessian, size: 5)).solve(gradient)
    let found = curvature(head, evidence.design, penalty: 0.7).solve(
      inner: Array(repeating: 0, count: 30), outer: gradient)
    for (one, other) in zip(found.outer, exact) { #expect(abs(one - other) < 1e-9) }
    #expect(found.inner.allSatisfy { $0 == 0 })
  }

  @Test("solving is symmetric and positive, and a leverage is a pair's product with itself solved")
  func leverages() throws {
    let evidence = try planted(120, 6).evidence
    let head = head(width: 4, columns: 6, seed: 3)
    let curvature = curvature(head, evidence.design, penalty: 1)
    let part = PairGradients(head, evidence.design, rows: 0..<120)
    let leverages = curvature.leverages(of: part)
    for row in stride(from: 0, to: 120, by: 17) {
      var weights = [Double](repeating: 0, count: 120)
      weights[row] = 1
      let gradient = part.sum(weights: weights)
      let solved = curvature.solve(inner: gradient.inner, outer: gradient.outer)
      let products = part.products(inner: solved.inner, outer: solved.outer)
      #expect(abs(products[row] - leverages[row]) < 1e-9)
      #expect(leverages[row] > 0)
    }
  }

  @Test("with the hidden layer held still its effects are those of exact influence, to .999")
  func lastLayer() throws {
    let sample = try planted(300, 7)
    var head = head(width: 5, columns: 6, seed: 4)
    let still = PairGradients(head, sample.evidence.design, rows: 0..<300)
    var design = DesignMatrix(columnCount: 5)
    for row in 0..<300 { design.append(still.outputs[row * 5..<row * 5 + 5].map { Float($0) }) }
    let hidden = try SignalCase.evidence(design, penalty: 1, seed: 7)
    head.outer = hidden.head.theta.map { Float($0) }
    let target = Array(stride(from: 0, to: 300, by: 3))
    var exact = Influence(hidden, target: target.map { .init(row: $0) })
    let effects = try #require(exact.finished(hidden)[.influence]).compactMap(\.self)
    let part = PairGradients(head, sample.evidence.design, rows: 0..<300)
    let curvature = curvature(head, sample.evidence.design, penalty: 1)
    let isTarget = Set(target)
    var found: [Double] = []
    for row in 0..<300 {
      let weights = part.margins.enumerated().map { other, margin in
        other != row && isTarget.contains(other) ? -sigmoid(-margin) : 0
      }
      let solved = curvature.solve(
        inner: Array(repeating: 0, count: 30), outer: part.sum(weights: weights).outer)
      found.append(
        -(0..<5).reduce(0) { $0 + part.outputs[row * 5 + $1] * solved.outer[$1] })
    }
    #expect(correlation(found, effects) > 0.999)
  }

  // MARK: Refits

  /// A head that full Gauss-Newton steps bring to an optimum of the penalised loss, from `start`.
  private func optimum(
    of design: DesignMatrix, from start: HiddenLayerHead, penalty: Double
  ) throws -> HiddenLayerHead {
    let (columns, width) = (start.columnCount, start.width)
    let count = width * (columns + 1)
    var weights = (start.inner + start.outer).map { Double($0) }
    let x = design.rows(0..<design.rowCount)
    func loss(_ weights: [Double], gradient: inout [Double], curvature: inout [Double]) -> Double {
      var loss = 0.5 * penalty * weights.reduce(0) { $0 + $1 * $1 }
      gradient = weights.map { penalty * $0 }
      curvature = Array(repeating: 0, count: count * count)
      for row in 0..<design.rowCount {
        var slope = [Double](repeating: 0, count: count)
        var margin = 0.0
        for unit in 0..<width {
          var sum = 0.0
          for column in 0..<columns {
            sum += weights[unit * columns + column] * x[row * columns + column]
          }
          let (value, last) = (tanh(sum), weights[width * columns + unit])
          margin += last * value
          slope[width * columns + unit] = value
          for column in 0..<columns {
            slope[unit * columns + column] =
              last * (1 - value * value) * x[row * columns + column]
          }
        }
        loss += softplus(-margin)
        let wrong = sigmoid(-margin)
        for i in 0..<count {
          gradient[i] -= wrong * slope[i]
          for j in 0..<count {
            curvature[i * count + j] += wrong * (1 - wrong) * slope[i] * slope[j]
          }
        }
      }
      for i in 0..<count { curvature[i * (count + 1)] += penalty }
      return loss
    }
    var (gradient, curvature): ([Double], [Double]) = ([], [])
    var last = loss(weights, gradient: &gradient, curvature: &curvature)
    for _ in 0..<200 {
      let factor = try #require(CholeskyFactor(of: curvature, size: count))
      var step = factor.solve(gradient)
      var next = zip(weights, step).map { $0 - $1 }
      var (nextGradient, nextCurvature) = (gradient, curvature)
      var found = loss(next, gradient: &nextGradient, curvature: &nextCurvature)
      for _ in 0..<30 where found > last {
        step = step.map { $0 / 2 }
        next = zip(weights, step).map { $0 - $1 }
        found = loss(next, gradient: &nextGradient, curvature: &nextCurvature)
      }
      guard found <= last else { break }
      let isStill = last - found < 1e-12
      (weights, gradient, curvature, last) = (next, nextGradient, nextCurvature, found)
      if isStill { break }
    }
    return HiddenLayerHead(
      scales: start.scales, inner: weights.prefix(width * columns).map { Float($0) },
      outer: weights.suffix(width).map { Float($0) })
  }

  @Test("effects agree with refits of the whole head: correlation at least .9", arguments: 0..<2)
  func refits(seed: UInt64) throws {
    let evidence = try SignalCase(
      rows: 160, columns: 3, scale: 3, flipRate: 0.15, seed: 40 + seed
    ).evidence
    var start = head(width: 2, columns: 3, seed: 11 + seed)
    start = HiddenLayerHead(
      scales: Array(repeating: 1, count: 3), inner: start.inner, outer: start.outer)
    let fitted = try optimum(of: evidence.design, from: start, penalty: 1)
    let target = Array(stride(from: 0, to: 160, by: 2))
    var work = HiddenLayer(evidence, trained: fitted, target: target.map { .init(row: $0) })
    let effects = try #require(work.finished(evidence)[.mlpInfluence])
    func loss(_ head: HiddenLayerHead, without row: Int) -> Double {
      let margins = PairGradients(head, evidence.design, rows: 0..<160).margins
      return target.reduce(0) { $0 + ($1 == row ? 0 : softplus(-margins[$1])) }
    }
    var (found, refitted): ([Double], [Double]) = ([], [])
    for row in stride(from: 0, to: 160, by: 3) {
      var design = DesignMatrix(columnCount: 3)
      for other in 0..<160 {
        design.append(evidence.design.row(other).map { other == row ? -$0 : $0 })
      }
      let swapped = try optimum(of: design, from: fitted, penalty: 1)
      refitted.append(loss(swapped, without: row) - loss(fitted, without: row))
      found.append(try #require(effects[row]))
    }
    #expect(correlation(found, refitted) > 0.9)
  }

  @Test("a trained head finds planted flips out of fold, and its influence finds them too")
  func plantedFlips() throws {
    let sample = try SignalCase(rows: 3000, columns: 12, scale: 4, flipRate: 0.2, seed: 23)
    let evidence = sample.evidence
    var work = HiddenLayer(evidence, target: (0..<3000).map { .init(row: $0) })
    let found = work.finished(evidence)
    for (id, floor) in [(SignalID.mlp, 0.85), (.mlpInfluence, 0.8)] {
      let values = try #require(found[id])
      let quality = try #require(
        DetectionQuality(
          suspicion: values.map { $0.map { -$0 } }, margins: evidence.margins,
          isWrong: sample.isFlipped, seed: 0))
      #expect(quality.auroc.value > floor, "\(id.rawValue)")
    }
  }

  @Test("without a target there is a margin and no influence")
  func withoutTarget() throws {
    let evidence = try planted(200, 1).evidence
    var work = HiddenLayer(evidence, target: [])
    #expect(work.finished(evidence).keys.sorted() == [.mlp])
  }
}
