/// How many wrong labels some rows are expected to hold, as a random audit measured what their margins
/// mean.
///
/// Meaning: the sum of P(wrong) over the rows (`LabelCalibration`).
///
/// - Range: from 0 to the number of rows; the interval is of a seeded bootstrap over the audited rows.
/// - Limits: as good as the calibration; nil without an audit that gives one.
public struct ExpectedFinds: Hashable, Sendable {
  public let count: Estimate
  public let rowCount: Int
  public let auditedCount: Int

  private static let resamples = 200

  /// - Parameters:
  ///   - margins: Of the rows that will be decided.
  ///   - audited: What a random audit found.
  ///   - seed: Decides the resamples.
  public init?(
    margins: [Double], audited: [(margin: Double, isWrong: Bool)], seed: UInt64
  ) {
    guard let calibration = LabelCalibration(audited) else { return nil }
    func sum(_ calibration: LabelCalibration) -> Double {
      margins.reduce(0) { $0 + calibration.probability(ofMargin: $1) }
    }
    let value = sum(calibration)
    let all = (LabelCalibration.resampled(audited, Self.resamples, seed: seed).map(sum) + [value])
      .sorted()
    func quantile(_ share: Double) -> Double { all[Int(share * Double(all.count - 1))] }
    count = Estimate(
      value: value, lower: min(value, quantile(0.025)), upper: max(value, quantile(0.975)))
    rowCount = margins.count
    auditedCount = audited.count
  }
}
