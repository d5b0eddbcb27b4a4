import Foundation

/// The probability that a label is wrong, by its margin, as a random audit found it.
///
/// Meaning: P(wrong) = sigma(level - slope margin), fitted by maximum likelihood to the audited rows, each
/// target drawn in a little as Platt advises: with w wrong of n a wrong label counts as (w + 1) / (w + 2),
/// a right one as 1 / (n - w + 2). A slope below 0, of margins that are worse than chance, is taken as 0.
///
/// - Range: (0, 1); it does not rise with the margin.
/// - Complexity: O(n) for each of a few steps.
/// - Limits: two numbers: where wrong labels do not go with the margin in this shape, it is only right on
///   average. Without an audit there is none.
/// - Source: Platt, 1999, "Probabilistic Outputs for Support Vector Machines".
public struct LabelCalibration: Hashable, Sendable {
  public let level: Double
  public let slope: Double

  /// Fewer audited rows, or fewer wrong ones among them, give no shape.
  public static let neededRows = 25
  public static let neededWrong = 5

  /// Nil with fewer rows than are needed.
  public init?(_ audited: [(margin: Double, isWrong: Bool)]) {
    let wrong = Double(audited.count(where: \.isWrong))
    let count = Double(audited.count)
    guard audited.count >= Self.neededRows, Int(wrong) >= Self.neededWrong,
      Int(count - wrong) >= Self.neededWrong
    else { return nil }
    let targets = audited.map {
      (margin: $0.margin, target: $0.isWrong ? (wrong + 1) / (wrong + 2) : 1 / (count - wrong + 2))
    }
    let fitted = Self.fit(targets, withSlope: true)
    if fitted.slope >= 0 {
      (level, slope) = fitted
    } else {
      (level, slope) = (Self.fit(targets, withSlope: false).level, 0)
    }
  }

  public func probability(ofMargin margin: Double) -> Double { sigmoid(level - slope * margin) }

  /// The calibrations that resamples of the audited rows give, those that give none left out.
  static func resampled(
    _ audited: [(margin: Double, isWrong: Bool)], _ count: Int, seed: UInt64
  ) -> [LabelCalibration] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).compactMap { _ in
      LabelCalibration(audited.indices.map { _ in audited[generator.below(audited.count)] })
    }
  }

  /// Newton's method; a step that does not lower the loss is halved.
  private static func fit(
    _ rows: [(margin: Double, target: Double)], withSlope: Bool
  ) -> (level: Double, slope: Double) {
    func loss(_ level: Double, _ slope: Double) -> Double {
      rows.reduce(0) { sum, row in
        let odds = level - slope * row.margin
        return sum + softplus(odds) - row.target * odds
      }
    }
    var (level, slope) = (0.0, 0.0)
    var last = loss(level, slope)
    for _ in 0..<100 {
      var (g0, g1, h00, h01, h11) = (0.0, 0.0, 1e-9, 0.0, 1e-9)
      for row in rows {
        let p = sigmoid(level - slope * row.margin)
        let (x, curvature) = (-row.margin, p * (1 - p))
        g0 += row.target - p
        g1 += (row.target - p) * x
        h00 += curvature
        h01 += curvature * x
        h11 += curvature * x * x
      }
      if !withSlope { (g1, h01, h11) = (0, 0, 1) }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 0 else { break }
      var step = ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
      var next = loss(level + step.0, slope + step.1)
      for _ in 0..<40 where next > last {
        step = (step.0 / 2, step.1 / 2)
        next = loss(level + step.0, slope + step.1)
      }
      guard next < last else { break }
      (level, slope) = (level + step.0, slope + step.1)
      if last - next < 1e-12 * Double(rows.count) { break }
      last = next
    }
    return (level, slope)
  }
}
