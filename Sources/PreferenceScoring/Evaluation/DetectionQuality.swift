/// How well a signal finds the labels that are known to be wrong.
public struct DetectionQuality: Sendable, Hashable {
  /// How many rows have the signal, and how many of them are wrong; the others are left out.
  public var rowCount: Int
  public var wrongCount: Int
  /// The probability that a wrong label is more suspicious than a right one (ties count half), with
  /// a bootstrap interval over rows. .5 = chance.
  public var auroc: Estimate
  /// The mean of the precision at each wrong label down the queue. The share of wrong labels = chance.
  public var averagePrecision: Double
  /// The share of wrong labels among the first `wrongCount` of the queue.
  public var precisionAtTrueCount: Double
  /// The share of the wrong labels that the first 15 % of the queue hold.
  public var foundInFirst15Percent: Double
  /// Spearman's rank correlation with the suspicion by `SignalID.margin`, in [-1, 1].
  public var spearmanWithMargin: Double

  /// Compares `suspicion`, higher = more suspicious, with `isWrong`, row by row; nil unless there are
  /// wrong and right labels among the rows that have one.
  /// - Complexity: O(n log n + resamples * n). Same seed, same interval.
  init?(suspicion: [Double?], margins: [Double?], isWrong: [Bool], seed: UInt64) {
    precondition(
      suspicion.count == isWrong.count && margins.count == isWrong.count,
      "\(isWrong.count) truths, \(suspicion.count) suspicions, \(margins.count) margins")
    var rows: [(suspicion: Double, margin: Double, isWrong: Bool)] = []
    for index in isWrong.indices {
      guard let value = suspicion[index], let margin = margins[index] else { continue }
      rows.append((value, margin, isWrong[index]))
    }
    rowCount = rows.count
    wrongCount = rows.count { $0.isWrong }
    guard wrongCount > 0, wrongCount < rowCount else { return nil }
    let queue = RankedTruth(rows.map { ($0.suspicion, $0.isWrong) })
    auroc = queue.aurocEstimate(seed: seed)
    averagePrecision = queue.averagePrecision
    precisionAtTrueCount = Double(queue.found(inFirst: wrongCount)) / Double(wrongCount)
    let first = Int((0.15 * Double(rowCount)).rounded())
    foundInFirst15Percent = Double(queue.found(inFirst: first)) / Double(wrongCount)
    spearmanWithMargin = spearmanCorrelation(rows.map(\.suspicion), rows.map { -$0.margin })
  }
}

extension ScanResult {
  /// How well the signal `id` finds the labels that `isWrong` marks, row by row; nil where the scan
  /// has no such signal, or there are not both wrong and right labels among its rows.
  public func detectionQuality(
    of id: SignalID = .leaveOneOut, isWrong: [Bool], seed: UInt64 = 0
  ) -> DetectionQuality? {
    precondition(isWrong.count == rowCount, "\(rowCount) rows, \(isWrong.count) truths")
    guard let values = signals[id], let margins = signals[.margin] else { return nil }
    let suspicion = id.isSuspiciousWhenLow ? values.map { $0.map { -$0 } } : values
    return DetectionQuality(
      suspicion: suspicion, margins: margins, isWrong: isWrong, seed: seed)
  }
}
