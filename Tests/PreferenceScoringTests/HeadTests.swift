import Foundation
import Testing

@testable import PreferenceScoring

/// Pairs with normal features and labels by a known reward, some of them flipped.
private struct Simulation {
  var design: DesignMatrix
  var isFlipped: [Bool]

  init(rows: Int, columns: Int, scale: Double, flipRate: Double, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    func normal() -> Double {
      (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
    }
    var theta = (0..<columns).map { _ in normal() }
    let length = theta.reduce(0) { $0 + $1 * $1 }.squareRoot()
    theta = theta.map { scale * $0 / length }
    design = DesignMatrix(columnCount: columns)
    isFlipped = []
    for _ in 0..<rows {
      let x = (0..<columns).map { _ in normal() }
      let margin = zip(theta, x).reduce(0) { $0 + $1.0 * $1.1 }
      let right = generator.unit() < sigmoid(margin) ? 1.0 : -1
      isFlipped.append(generator.unit() < flipRate)
      let sign = isFlipped[isFlipped.count - 1] ? -right : right
      design.append(x.map { Float(sign * $0) })
    }
  }
}

private func head(_ design: DesignMatrix, penalty: Double = 1) throws -> BradleyTerryHead {
  var fit = HeadFit(
    rowCount: design.rowCount,
    penalties: Array(repeating: penalty, count: design.columnCount),
    start: Array(repeating: 0, count: design.columnCount))
  for _ in 0..<1000 {
    if let head = fit.advance(design, rowLimit: 2048, jobs: 1) { return head }
  }
  throw NoHead()
}

private struct NoHead: Error {}

private func leftOut(
  _ design: DesignMatrix, _ copies: [Range<Int>], _ head: BradleyTerryHead
) -> LeaveOneOut {
  LeaveOneOut(design, rows: 0..<design.rowCount, copies: copies[...], head: head)
}

extension DesignMatrix {
  fileprivate func without(_ rows: Range<Int>) -> DesignMatrix {
    var rest = DesignMatrix(columnCount: columnCount)
    for index in 0..<rowCount where !rows.contains(index) { rest.append(Array(row(index))) }
    return rest
  }
}

@Suite struct HeadTests {
  @Test("the gradient vanishes at the fitted head", arguments: [0.01, 1, 100])
  func gradient(penalty: Double) throws {
    let design = Simulation(rows: 500, columns: 8, scale: 6, flipRate: 0.1, seed: 1).design
    let head = try head(design, penalty: penalty)
    var gradient = head.theta.map { penalty * $0 }
    for row in 0..<design.rowCount {
      let wrong = sigmoid(-head.margin(of: design.row(row)))
      for (column, value) in design.row(row).enumerated() {
        gradient[column] -= wrong * Double(value)
      }
    }
    #expect(gradient.allSatisfy { abs($0) < 1e-8 * 500 })
  }

  @Test("a fit that comes down by x'x first ends at the same head", arguments: [0.01, 1, 100])
  func descent(penalty: Double) throws {
    let design = Simulation(rows: 500, columns: 8, scale: 6, flipRate: 0.1, seed: 1).design
    let plain = try head(design, penalty: penalty)
    var gram = [Float](repeating: 0, count: 64)
    // Half of the rows, doubled: what a sample gives.
    LinearAlgebra.addGram(of: design.asInFile(0..<500), rows: 0..<250, columns: 8, to: &gram)
    var fit = HeadFit(
      rowCount: 500, penalties: Array(repeating: penalty, count: 8),
      start: Array(repeating: 0, count: 8), gram: gram.map { 2 * $0 })
    var found: BradleyTerryHead?
    for _ in 0..<1000 where found == nil { found = fit.advance(design, rowLimit: 100, jobs: 2) }
    let descended = try #require(found)
    for (left, right) in zip(descended.theta, plain.theta) {
      #expect(abs(left - right) < 1e-6 * max(1, abs(right)))
    }
    let x = (0..<8).map { Double($0) - 3 }
    let products = [descended, plain].map { head in
      zip(x, head.hessian.solve(x)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(abs(products[0] / products[1] - 1) < 0.002)
  }

  @Test("an approximate inverse inverts, also where rounding leaves a matrix indefinite")
  func approximateInverse() {
    let size = 5
    var matrix = [Float](repeating: 0, count: size * size)
    for index in 0..<size {
      matrix[index * (size + 1)] = Float(index + 2)
      if index + 1 < size { matrix[index * size + index + 1] = 0.5 }
    }
    let inverse = ApproximateInverse(of: matrix, size: size)
    let wanted = (0..<size).map { Double($0 * $0) - 4 }
    var vector = [Double](repeating: 0, count: size)
    for row in 0..<size {
      for column in 0..<size {
        let value = matrix[min(row, column) * size + max(row, column)]
        vector[row] += Double(value) * wanted[column]
      }
    }
    for scale in [1, 1e-30] {
      for (found, value) in zip(inverse(vector.map { $0 * scale }), wanted) {
        #expect(abs(found - value * scale) < 1e-5 * scale)
      }
    }
    #expect(inverse([0, 0, 0, 0, 0]) == [0, 0, 0, 0, 0])
    // A product of two equal columns: singular.
    let singular = ApproximateInverse(of: [1, 1, 0, 1], size: 2)
    #expect(singular([1, 1]).allSatisfy { $0.isFinite })
  }

  @Test("margins without a pair agree with a refit without it", arguments: 0..<2)
  func refits(seed: UInt64) throws {
    let design = Simulation(rows: 400, columns: 8, scale: 4, flipRate: 0.15, seed: seed).design
    let full = try head(design)
    let quick = leftOut(design, (0..<400).map { $0..<$0 + 1 }, full).leftOutMargins
    let refitted = try (0..<400).map { row in
      try head(design.without(row..<row + 1)).margin(of: design.row(row))
    }
    #expect(correlation(quick, refitted) > 0.999)
    let worst = zip(quick, refitted).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst < 0.03)
  }

  @Test("margins without a group of copies agree with a refit without them")
  func groupRefits() throws {
    var design = Simulation(rows: 300, columns: 6, scale: 4, flipRate: 0.15, seed: 5).design
    let plain = design
    design = DesignMatrix(columnCount: 6)
    var groups: [Range<Int>] = []
    for row in 0..<300 {
      let start = design.rowCount
      for copy in 0...(row % 3) {
        // The last copy of a group contradicts the others; every fourth group is of near-copies.
        let sign: Float = copy == 2 ? -1 : 1
        let drift: Float = row % 4 == 0 ? 1 + 0.05 * Float(copy) : 1
        design.append(
          plain.row(row).enumerated().map { $1 * sign * ($0 == 0 ? drift : 1) })
      }
      groups.append(start..<design.rowCount)
    }
    let full = try head(design)
    let quick = leftOut(design, groups, full)
    var expected: [Double] = []
    for group in groups {
      let refitted = try head(design.without(group))
      expected += group.map { refitted.margin(of: design.row($0)) }
    }
    #expect(correlation(quick.leftOutMargins, expected) > 0.999)
    #expect(quick.groupPulls.count > 0)
  }

  @Test("a copy does not change what is said of its pair by more than its own weight")
  func singleIsGroupOfOne() throws {
    let design = Simulation(rows: 200, columns: 5, scale: 3, flipRate: 0.1, seed: 3).design
    let full = try head(design)
    let single = leftOut(design, (0..<200).map { $0..<$0 + 1 }, full)
    for row in 0..<200 {
      let x = design.rows(row..<row + 1)
      let solved = full.hessian.solve(x)
      let leverage = zip(x, solved).reduce(0) { $0 + $1.0 * $1.1 }
      let wrong = sigmoid(-single.margins[row])
      let curvature = wrong * (1 - wrong)
      #expect(0 <= curvature * leverage && curvature * leverage < 1)
      let expected = single.margins[row] - wrong * leverage / (1 - curvature * leverage)
      #expect(abs(single.leftOutMargins[row] - expected) < 1e-10)
    }
  }

  @Test("swapping all pairs negates the head")
  func swapAll() throws {
    let design = Simulation(rows: 300, columns: 6, scale: 3, flipRate: 0.2, seed: 2).design
    var swapped = DesignMatrix(columnCount: 6)
    swapped.append(design.asInFile(0..<300).map { -$0 })
    let one = try head(design)
    let other = try head(swapped)
    for (left, right) in zip(one.theta, other.theta) { #expect(abs(left + right) < 1e-9) }
  }

  @Test("planted flips of a strong signal are found: AUROC at least .92 at 20 %")
  func plantedFlips() throws {
    let simulation = Simulation(rows: 4000, columns: 20, scale: 4, flipRate: 0.2, seed: 7)
    let full = try head(simulation.design)
    let margins = leftOut(simulation.design, (0..<4000).map { $0..<$0 + 1 }, full).leftOutMargins
    let quality = try #require(
      DetectionQuality(
        suspicion: margins.map { -$0 }, margins: margins, isWrong: simulation.isFlipped, seed: 0))
    #expect(quality.auroc.value >= 0.92)
  }

  @Test("fold fits end where Newton's method ends")
  func foldFits() throws {
    let design = Simulation(rows: 1000, columns: 10, scale: 5, flipRate: 0.1, seed: 4).design
    let folds = [0..<500, 500..<1000]
    var grams = FoldGrams(folds: folds)
    while !grams.isComplete { grams.advance(design, jobs: 1) }
    let ridges = [10, 1, 0.1]
    let penalties = ridges.map { Array(repeating: $0, count: 10) }
    // Where the way begins says how long it is, not where it ends: that of all rows will do.
    let firstInverses = penalties.map {
      FirstInverse(gram: grams.sum(), scale: 0.5, curvature: 0.25, penalties: $0)
    }
    let fit = FoldFit(
      design, folds: folds, heldOut: 1, penalties: penalties, firstInverses: firstInverses,
      start: Array(repeating: 0, count: 10))
    for (index, ridge) in ridges.enumerated() {
      let exact = try head(design.without(500..<1000), penalty: ridge)
      for (row, margin) in fit.margins[index].enumerated() {
        #expect(abs(margin - exact.margin(of: design.row(500 + row))) < 0.02)
      }
    }
  }

  @Test("row folds flatter a file of copies, group folds do not")
  func duplicates() {
    let keys = (0..<300).map { row in
      let pair = UInt64(row % 100)
      return PairKeys(prompt: 1, pair: pair, chosen: pair, rejected: pair + 1000)
    }
    let groups = PairGroups(keys, foldCount: 5, seed: 0)
    #expect(groups.folds.count == 5)
    #expect(groups.order.sorted() == Array(0..<300))
    var foldOfPair: [UInt64: Int] = [:]
    for (fold, rows) in groups.folds.enumerated() {
      #expect((50...70).contains(rows.count))
      for row in rows {
        let pair = keys[groups.order[row]].pair
        #expect(foldOfPair[pair, default: fold] == fold)
        foldOfPair[pair] = fold
      }
    }
    #expect(groups.copies.allSatisfy { $0.count == 3 })
  }

  @Test("pairs of one prompt stay together up to one in a hundred")
  func prompts() {
    let keys = (0..<1000).map { row in
      let prompt = row < 500 ? UInt64(row / 10) : 9999
      return PairKeys(prompt: prompt, pair: UInt64(row), chosen: 1, rejected: 2)
    }
    let groups = PairGroups(keys, foldCount: 5, seed: 3)
    #expect(groups.groups.count { $0.count == 10 } == 50)
    #expect(groups.groups.count { $0.count == 1 } == 500)
    #expect(groups.copies.count == 1000)
  }

  private func correlation(_ left: [Double], _ right: [Double]) -> Double {
    let n = Double(left.count)
    let (a, b) = (left.reduce(0, +) / n, right.reduce(0, +) / n)
    let products = zip(left, right).reduce((0.0, 0.0, 0.0)) { sums, pair in
      let (x, y) = (pair.0 - a, pair.1 - b)
      return (sums.0 + x * y, sums.1 + x * x, sums.2 + y * y)
    }
    return products.0 / (products.1 * products.2).squareRoot()
  }
}
