/// How much of the queue to flag, so that what is flagged is wrong as often, and what is wrong flagged as
/// often, as can be had together.
///
/// Meaning: with P the probability that each label is wrong (`LabelCalibration`), the first k of the queue
/// hold T(k) = sum P of k wrong labels; the line stands at the k with the largest
/// F-beta = (1 + beta^2) T(k) / (beta^2 T(n) + k). beta > 1 = missing a wrong label is the worse mistake.
///
/// - Range: counts and shares in [0, 1]; the intervals are of a seeded bootstrap over the audited rows.
/// - Complexity: O(n), and O(`binCount`) a resample.
/// - Limits: F of expectations, which is close to the expected F where many labels are wrong. As good as
///   the calibration; nothing without an audit.
/// - Source: van Rijsbergen, 1979, Information Retrieval (F); optimal thresholds by plugging in
///   probabilities: Ye, Chai, Lee and Chieu, 2012, arXiv:1206.4625.
public struct FlagLine: Hashable, Sendable {
  public let beta: Double
  /// How many of the queue are above the line, and of how many.
  public let flaggedCount: Int
  public let pairCount: Int
  /// The share of the queue above the line.
  public let share: Estimate
  /// The share of wrong labels among the flagged, and of the wrong labels that are flagged, as expected.
  public let precision: Estimate
  public let recall: Estimate
  /// From how many audited rows this comes.
  public let auditedCount: Int

  private static let resamples = 200
  private static let binCount = 512

  /// Nil where the audit gives no calibration.
  ///
  /// - Parameters:
  ///   - margins: Of all pairs of the queue.
  ///   - audited: What a random audit found.
  ///   - beta: How many times as much a missed wrong label matters as a right one that is flagged.
  ///   - seed: Decides the resamples.
  public init?(
    margins: [Double], audited: [(margin: Double, isWrong: Bool)], beta: Double = 1, seed: UInt64
  ) {
    precondition(beta > 0, "F-beta takes a positive beta, got \(beta)")
    guard !margins.isEmpty, let calibration = LabelCalibration(audited) else { return nil }
    let sorted = margins.sorted()
    let line = Self.best(sorted.map { ($0, 1) }, calibration, beta)
    // The queue in bins is good enough for how far the line moves.
    let width = max(1, (sorted.count + Self.binCount - 1) / Self.binCount)
    let bins = stride(from: 0, to: sorted.count, by: width).map { start in
      let end = min(start + width, sorted.count)
      return (margin: sorted[(start + end) / 2], count: end - start)
    }
    let lines = LabelCalibration.resampled(audited, Self.resamples, seed: seed)
      .map { Self.best(bins, $0, beta) }
    func estimate(_ number: (Line) -> Double) -> Estimate {
      let (value, all) = (number(line), (lines + [line]).map(number).sorted())
      func quantile(_ share: Double) -> Double { all[Int(share * Double(all.count - 1))] }
      return Estimate(
        value: value, lower: min(value, quantile(0.025)), upper: max(value, quantile(0.975)))
    }
    self.beta = beta
    pairCount = sorted.count
    flaggedCount = line.count
    auditedCount = audited.count
    share = estimate { Double($0.count) / Double(sorted.count) }
    precision = estimate { $0.found / Double(max($0.count, 1)) }
    recall = estimate { $0.found / $0.wrong }
  }

  private struct Line {
    var count = 0
    var found = 0.0
    var wrong = 0.0
  }

  private static func best(
    _ queue: [(margin: Double, count: Int)], _ calibration: LabelCalibration, _ beta: Double
  ) -> Line {
    let expected = queue.map { Double($0.count) * calibration.probability(ofMargin: $0.margin) }
    let wrong = expected.reduce(0, +)
    var line = Line(wrong: wrong)
    var best = line
    var highest = 0.0
    for (part, found) in zip(queue, expected) {
      line.count += part.count
      line.found += found
      let quality =
        (1 + beta * beta) * line.found / (beta * beta * wrong + Double(line.count))
      if quality > highest { (highest, best) = (quality, line) }
    }
    return best
  }
}

extension FlagLine {
  /// The line of `scan` by what `figures` say of the audit; nil before its first look, and where the look
  /// holds too few wrong labels.
  public init?(_ scan: ScanResult, _ figures: ReviewFigures, beta: Double = 1) {
    let margins = scan.signals[.leaveOneOut] ?? []
    self.init(
      margins: margins.compactMap(\.self), audited: figures.audit.look?.margins(in: scan) ?? [],
      beta: beta, seed: scan.settings.seed)
  }
}

extension AuditFigures.Look {
  /// The margin of each audited label that `scan` has scored, and whether it was found wrong.
  public func margins(in scan: ScanResult) -> [(margin: Double, isWrong: Bool)] {
    let wrong = Set(wrongPositions)
    return zip(positions, sides).compactMap { row, pair in
      scan.leftOutMargin(at: row, of: pair).map { ($0, wrong.contains(row)) }
    }
  }
}
