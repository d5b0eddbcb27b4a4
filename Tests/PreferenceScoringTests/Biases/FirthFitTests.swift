import Foundation
import Testing

@testable import PreferenceScoring

@Suite("Log-odds of differences")
struct FirthFitTests {
  @Test(
    "of a difference of 1 and -1 they are the odds with half a win and half a loss more",
    arguments: [(30, 10), (7, 0), (0, 7), (50, 50), (1, 1)])
  func closedForm(wins: Int, losses: Int) throws {
    let column = Array(repeating: 1.0, count: wins) + Array(repeating: -1, count: losses)
    let fit = try #require(FirthFit([column]))
    let (won, lost) = (Double(wins) + 0.5, Double(losses) + 0.5)
    #expect(abs(fit.coefficients[0] - log(won / lost)) < 1e-7)
    let share = won / (won + lost)
    let error = 1 / (Double(wins + losses) * share * (1 - share)).squareRoot()
    #expect(abs(fit.standardErrors[0] - error) < 1e-7)
  }

  @Test(
    "two are where the penalised likelihood, written out, is highest",
    arguments: 0..<6 as Range<UInt64>)
  func independentComputation(seed: UInt64) throws {
    let columns = Self.columns(rows: 60, beta: [0.8, -0.4], seed: seed)
    let fit = try #require(FirthFit(columns))
    let found = Self.highest(columns)
    #expect(abs(fit.coefficients[0] - found.0) < 1e-5)
    #expect(abs(fit.coefficients[1] - found.1) < 1e-5)
  }

  @Test("the truth is within four standard errors, and the errors shrink with the root of the rows")
  func recovery() throws {
    let truth = [0.7, -0.3, 0, 1.2]
    let small = try #require(FirthFit(Self.columns(rows: 1000, beta: truth, seed: 4)))
    let large = try #require(FirthFit(Self.columns(rows: 16_000, beta: truth, seed: 5)))
    for index in truth.indices {
      #expect(abs(large.coefficients[index] - truth[index]) < 4 * large.standardErrors[index])
      let ratio = small.standardErrors[index] / large.standardErrors[index]
      #expect(abs(ratio - 4) < 0.5)
    }
  }

  @Test("exchanging all sides negates them to the last bit", arguments: 0..<4 as Range<UInt64>)
  func antisymmetry(seed: UInt64) throws {
    let columns = Self.columns(rows: 200, beta: [1, 0.5, -1], seed: seed)
    let fit = try #require(FirthFit(columns))
    let mirrored = try #require(FirthFit(columns.map { $0.map(-) }))
    #expect(mirrored.coefficients == fit.coefficients.map(-))
    #expect(mirrored.standardErrors == fit.standardErrors)
  }

  @Test("columns that do not determine them give none")
  func undetermined() {
    let columns = Self.columns(rows: 50, beta: [1, 1], seed: 1)
    #expect(FirthFit([columns[0], columns[0].map { 3 * $0 }]) == nil)
    #expect(FirthFit([columns[0], columns[0].map { _ in 0 }]) == nil)
    #expect(FirthFit([]) == nil)
    #expect(FirthFit([[]]) == nil)
    let sum = zip(columns[0], columns[1]).map { $0 - 2 * $1 }
    #expect(FirthFit(columns + [sum]) == nil)
  }

  @Test("a difference that separates the labels keeps finite odds beside another one")
  func separation() throws {
    var columns = Self.columns(rows: 100, beta: [0.5, 0], seed: 9)
    columns[1] = (0..<100).map { $0 < 20 ? 1 : 0 }
    let fit = try #require(FirthFit(columns))
    #expect(fit.coefficients[1] > 2 && fit.coefficients[1] < 8)
    #expect(fit.standardErrors[1].isFinite)
  }

  /// Normal differences, turned so that the labels follow `beta`.
  private static func columns(rows: Int, beta: [Double], seed: UInt64) -> [[Double]] {
    var generator = SeededGenerator(seed: seed)
    var columns = [[Double]](repeating: [], count: beta.count)
    for _ in 0..<rows {
      let x = beta.map { _ in
        (-2 * log(1 - generator.unit())).squareRoot() * cos(2 * .pi * generator.unit())
      }
      let margin = zip(beta, x).reduce(0) { $0 + $1.0 * $1.1 }
      let sign = generator.unit() < 1 / (1 + exp(-margin)) ? 1.0 : -1
      for column in columns.indices { columns[column].append(sign * x[column]) }
    }
    return columns
  }

  /// The place of the highest penalised likelihood of two columns, found by walking in ever smaller
  /// steps.
  private static func highest(_ columns: [[Double]]) -> (Double, Double) {
    func height(_ a: Double, _ b: Double) -> Double {
      var likelihood = 0.0
      var (aa, ab, bb) = (0.0, 0.0, 0.0)
      for (x, y) in zip(columns[0], columns[1]) {
        let p = 1 / (1 + exp(-(a * x + b * y)))
        likelihood += log(p)
        aa += p * (1 - p) * x * x
        ab += p * (1 - p) * x * y
        bb += p * (1 - p) * y * y
      }
      return likelihood + 0.5 * log(aa * bb - ab * ab)
    }
    var place = (0.0, 0.0)
    var step = 1.0
    while step > 1e-7 {
      let steps = [(step, 0.0), (-step, 0), (0, step), (0, -step)]
      let here = height(place.0, place.1)
      if let better = steps.first(where: { height(place.0 + $0.0, place.1 + $0.1) > here }) {
        place = (place.0 + better.0, place.1 + better.1)
      } else {
        step /= 2
      }
    }
    return place
  }
}

@Suite("Intervals and many tests")
struct IntervalTests {
  @Test("Wilson's interval has its published values")
  func wilson() {
    let three = Estimate(wins: 3, of: 100)
    #expect(abs(three.lower - 0.0103) < 5e-5 && abs(three.upper - 0.0845) < 5e-5)
    let none = Estimate(wins: 0, of: 0)
    #expect(none == Estimate(value: 0.5, lower: 0, upper: 1))
    for count in [1, 7, 400] {
      for wins in 0...count {
        let here = Estimate(wins: wins, of: count)
        let mirrored = Estimate(wins: count - wins, of: count)
        #expect(here.lower <= here.value && here.value <= here.upper)
        #expect(abs(here.lower + mirrored.upper - 1) < 1e-12)
      }
    }
  }

  @Test("Holm's values are those of the procedure, step by step")
  func holm() {
    let adjusted = holmAdjusted([0.01, 0.04, 0.03, 0.005])
    for (found, expected) in zip(adjusted, [0.03, 0.06, 0.06, 0.02]) {
      #expect(abs(found - expected) < 1e-12)
    }
    #expect(holmAdjusted([]) == [])
    #expect(holmAdjusted([0.9, 0.8]) == [1, 1])
  }
}
