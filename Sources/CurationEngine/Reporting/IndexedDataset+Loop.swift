import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension IndexedDataset {
  /// What the loop learns from in the review of one annotator, by place of a scan.
  ///
  /// - Parameters:
  ///   - ledger: The review.
  ///   - annotator: Whose audit, decisions and pace are meant; what is confirmed is so by all.
  ///   - seed: Of the review: decides the audit.
  ///   - scan: Of the file as it was before any decision, by place.
  /// - Returns: All that is known; empty lists where nothing is decided.
  /// - Complexity: Reads every decided row, and the bytes of all rows where the pace is known.
  public func loopEvidence(
    under ledger: ReviewLedger, by annotator: AnnotatorName, seed: UInt64, scan: ScanResult
  ) -> LoopEvidence {
    let own = reviewedRows(under: ledger, seed: seed).filter { $0.annotator == annotator }
    let sample = AuditSample(of: index, seed: seed)
    let audit = AuditFigures(of: sample, isFlagged: nil, reviewed: own, planned: sample.rowCount)
    let calibration = audit.look.flatMap {
      LabelCalibration($0.margins(in: scan.byRow(scannedPairs)))
    }
    var confirmed = ConfirmedPairs()
    if case .rows(let kept, let swapped) = confirmedRows(under: ledger) {
      let places = Set(kept + swapped)
      let drawn = own.compactMap { row -> Int? in
        guard let label = row.audited, label.standing.serving.route == .audit,
          label.blindOutcome != nil
        else { return nil }
        guard let pair = label.sides else {
          return scannedPairs.places(of: row.position).lowerBound
        }
        return scannedPairs.place(of: row.position, sides: (pair.better, pair.worse))
      }
      confirmed = ConfirmedPairs(
        kept: kept, swapped: swapped, drawn: drawn.filter { places.contains($0) })
    }
    return LoopEvidence(
      confirmed: confirmed,
      decided: own.filter { $0.outcome != .skip }
        .flatMap { Array(scannedPairs.places(of: $0.position)) },
      calibration: calibration, seconds: expectedSeconds(own))
  }

  /// By place, how long a decision is expected to take; nil where too few were timed.
  private func expectedSeconds(_ own: [ReviewedRow]) -> [Double]? {
    let timed = own.compactMap { row in
      row.serving.seconds.map { (position: row.position, seconds: $0) }
    }
    guard timed.count >= ReadingPace.neededDecisions else { return nil }
    var sizes = [Double](repeating: 0, count: dataset.rowCount)
    let isWhole = readBytes(of: Array(0..<dataset.rowCount)[...]) { row, bytes in
      sizes[row] = Double(bytes.count)
    }
    guard isWhole, let pace = ReadingPace(timed.map { (sizes[$0.position], $0.seconds) }) else {
      return nil
    }
    return (0..<scannedPairs.placeCount).map {
      pace.seconds(forSize: sizes[scannedPairs.row(of: $0)])
    }
  }
}
