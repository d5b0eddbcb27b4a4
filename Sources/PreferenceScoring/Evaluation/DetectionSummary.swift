/// What was measured of one signal, in one run or over the seeds of several.
///
/// Over several runs each figure is their mean, and an interval is Student's for the mean: it says how
/// much the planted flips and the folds matter, not how much the rows do. Of one run the intervals are
/// its own, by resampling the rows.
public struct DetectionSummary: Sendable, Hashable {
  /// One a run.
  public let runs: [DetectionQuality]
  public let auroc: Estimate
  public let aurocOverDefault: Estimate
  public let averagePrecision: Double
  public let precisionAtTrueCount: Double
  public let foundInFirst15Percent: Double
  public let spearmanWithMargin: Double

  /// - Precondition: There is a run.
  public init(of runs: [DetectionQuality]) {
    precondition(!runs.isEmpty, "a summary needs a run")
    func mean(_ figure: KeyPath<DetectionQuality, Double>) -> Double {
      runs.reduce(0) { $0 + $1[keyPath: figure] } / Double(runs.count)
    }
    self.runs = runs
    auroc =
      runs.count == 1 ? runs[0].auroc : Estimate(meanOf: runs.map(\.auroc.value), within: 0...1)
    aurocOverDefault =
      runs.count == 1
      ? runs[0].aurocOverDefault
      : Estimate(meanOf: runs.map(\.aurocOverDefault.value), within: -1...1)
    averagePrecision = mean(\.averagePrecision)
    precisionAtTrueCount = mean(\.precisionAtTrueCount)
    foundInFirst15Percent = mean(\.foundInFirst15Percent)
    spearmanWithMargin = mean(\.spearmanWithMargin)
  }
}

extension Estimate {
  /// The mean of `values` with Student's 95 % interval, mean +- t s / sqrt(n), as far as it lies in
  /// `bounds`, beyond which no value can be.
  ///
  /// - Precondition: Two values at least.
  /// - Source: Student, 1908, doi:10.2307/2331554.
  init(meanOf values: [Double], within bounds: ClosedRange<Double>) {
    precondition(values.count > 1, "an interval needs two values, got \(values.count)")
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    let half = studentQuantile(values.count - 1) * (squares / (count - 1) / count).squareRoot()
    self.init(
      value: mean, lower: max(bounds.lowerBound, mean - half),
      upper: min(bounds.upperBound, mean + half))
  }
}

/// The 97.5 % point of Student's distribution with `degrees` degrees of freedom, within .004.
///
/// - Source: closed forms for one and two degrees; from three on the expansion 26.7.5 of Abramowitz
///   and Stegun, 1964, Handbook of Mathematical Functions.
func studentQuantile(_ degrees: Int) -> Double {
  precondition(degrees > 0, "a spread needs a degree of freedom, got \(degrees)")
  if degrees == 1 { return 12.7062047 }
  if degrees == 2 { return 4.3026527 }
  let x = 1.959963985
  let square = x * x
  let terms = [
    (square + 1) / 4,
    ((5 * square + 16) * square + 3) / 96,
    (((3 * square + 19) * square + 17) * square - 15) / 384,
    ((((79 * square + 776) * square + 1482) * square - 1920) * square - 945) / 92160,
  ]
  return terms.reversed().reduce(0) { ($0 + $1) / Double(degrees) } * x + x
}
