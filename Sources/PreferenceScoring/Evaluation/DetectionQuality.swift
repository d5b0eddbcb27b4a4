/// How well a signal finds the labels that are known to be wrong.
public struct DetectionQuality: Sendable, Hashable {
  /// How many rows have the signal, and how many of them are wrong; the others are left out.
  public var rowCount: Int
  public var wrongCount: Int
  /// The probability that a wrong label is more suspicious than a right one (ties count half), with
  /// a bootstrap interval over rows. .5 = chance.
  public var auroc: Estimate
  /// By how much `auroc` exceeds that of the default suspicion on the same rows, with an interval by
  /// the same resamples of both. An interval above 0 = better than the default.
  public var aurocOverDefault: Estimate
  /// The mean of the precision at each wrong label down the queue. The share of wrong labels = chance.
  public var averagePrecision: Double
  /// The share of wrong labels among the first `wrongCount` of the queue.
  public var precisionAtTrueCount: Double
  /// The share of the wrong labels that the first 15 % of the queue hold.
  public var foundInFirst15Percent: Double
  /// Spearman's rank correlation with the suspicion by `SignalID.margin`, in [-1, 1].
  public var spearmanWithMargin: Double

  fileprivate init(
    _ queue: RankedTruth, auroc: Estimate, aurocOverDefault: Estimate, spearmanWithMargin: Double
  ) {
    rowCount = queue.rowCount
    wrongCount = queue.wrongCount
    self.auroc = auroc
    self.aurocOverDefault = aurocOverDefault
    averagePrecision = queue.averagePrecision
    precisionAtTrueCount = Double(queue.found(inFirst: wrongCount)) / Double(wrongCount)
    let first = Int((0.15 * Double(rowCount)).rounded())
    foundInFirst15Percent = Double(queue.found(inFirst: first)) / Double(wrongCount)
    self.spearmanWithMargin = spearmanWithMargin
  }
}

extension DetectionQuality {
  /// Compares one signal, higher = more suspicious, whose reference is the suspicion by `margins`.
  init?(suspicion: [Double?], margins: [Double?], isWrong: [Bool], seed: UInt64) {
    let measured = Self.measured(
      [suspicion], reference: margins.map { $0.map { -$0 } }, margins: margins, isWrong: isWrong,
      seed: seed)
    guard let quality = measured[0] else { return nil }
    self = quality
  }

  /// Compares each of `signals`, higher = more suspicious, with `isWrong`, row by row; nil for one
  /// that has not both wrong and right labels among its rows.
  ///
  /// Signals with the same rows share the resamples, so that their differences are paired.
  /// - Parameters:
  ///   - signals: By signal and row; nil where a signal says nothing.
  ///   - reference: The default suspicion, by row.
  ///   - margins: By row, lower = more suspicious.
  ///   - isWrong: By row.
  ///   - seed: Decides the resamples.
  /// - Returns: One a signal.
  /// - Complexity: O(signals * (n log n + resamples * n)). Same seed, same intervals.
  static func measured(
    _ signals: [[Double?]], reference: [Double?], margins: [Double?], isWrong: [Bool], seed: UInt64
  ) -> [DetectionQuality?] {
    for column in signals + [reference, margins] {
      precondition(
        column.count == isWrong.count, "\(isWrong.count) truths, a signal of \(column.count)")
    }
    let rows = signals.map { signal in
      isWrong.indices.filter {
        signal[$0] != nil && margins[$0] != nil && reference[$0] != nil
      }
    }
    var found = [DetectionQuality?](repeating: nil, count: signals.count)
    var waiting = Array(signals.indices)
    while let first = waiting.first {
      let alike = waiting.filter { rows[$0] == rows[first] }
      waiting.removeAll { alike.contains($0) }
      let measured = compared(
        alike.map { signal in rows[first].compactMap { signals[signal][$0] } },
        reference: rows[first].compactMap { reference[$0] },
        margins: rows[first].compactMap { margins[$0] },
        isWrong: rows[first].map { isWrong[$0] }, seed: seed)
      for (signal, quality) in zip(alike, measured) { found[signal] = quality }
    }
    return found
  }

  private static func compared(
    _ signals: [[Double]], reference: [Double], margins: [Double], isWrong: [Bool], seed: UInt64
  ) -> [DetectionQuality?] {
    guard isWrong.contains(true), isWrong.contains(false) else { return signals.map { _ in nil } }
    let queues = signals.map { RankedTruth($0, isWrong: isWrong) }
    let base = RankedTruth(reference, isWrong: isWrong)
    let resamples = ([base] + queues).resampledAUROCs(seed: seed)
    let suspicionByMargin = margins.map { -$0 }
    return queues.indices.map { index in
      let (value, own) = (queues[index].auroc, resamples.map { $0[index + 1] })
      return DetectionQuality(
        queues[index], auroc: Estimate(value: value, resamples: own, bounds: 0...1),
        aurocOverDefault: Estimate(
          value: value - base.auroc, resamples: zip(own, resamples).map { $0 - $1[0] },
          bounds: -1...1),
        spearmanWithMargin: spearmanCorrelation(signals[index], suspicionByMargin))
    }
  }
}

extension ScanResult {
  /// How well each signal of the scan finds the labels that `isWrong` marks, row by row, in the order
  /// of their names; without those that have not both wrong and right labels among their rows.
  public func detectionQualities(
    isWrong: [Bool], seed: UInt64
  ) -> [(id: SignalID, quality: DetectionQuality)] {
    precondition(isWrong.count == rowCount, "\(rowCount) rows, \(isWrong.count) truths")
    guard let margins = signals[.margin], let leftOut = signals[.leaveOneOut] else { return [] }
    let ids = signals.keys.sorted()
    let measured = DetectionQuality.measured(
      ids.map { id in
        let values = signals[id] ?? []
        return id.isSuspiciousWhenLow ? values.map { $0.map { -$0 } } : Array(values)
      },
      reference: leftOut.map { $0.map { -$0 } }, margins: Array(margins), isWrong: isWrong,
      seed: seed)
    return zip(ids, measured).compactMap { id, quality in quality.map { (id, $0) } }
  }

  /// How well the signal `id` finds them; nil where the scan has no such signal, or there are not
  /// both wrong and right labels among its rows.
  public func detectionQuality(
    of id: SignalID = .leaveOneOut, isWrong: [Bool], seed: UInt64 = 0
  ) -> DetectionQuality? {
    detectionQualities(isWrong: isWrong, seed: seed).first { $0.id == id }?.quality
  }
}
