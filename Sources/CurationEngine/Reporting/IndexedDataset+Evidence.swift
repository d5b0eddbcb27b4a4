public import PreferenceData
public import PreferenceScoring

extension IndexedDataset {
  /// The evidence about the row at `position`, by the result of a scan of `scanSource`.
  ///
  /// - Parameters:
  ///   - pair: Which pair of a ranking is meant; nil for its most suspicious one.
  ///   - position: The row.
  ///   - result: What the scan found, by pair.
  ///   - limit: How many reasons of each kind are given.
  ///   - artefacts: What further questions are answered from.
  /// - Returns: Nil where the row cannot be read.
  public func evidence(
    of pair: RankedPair?, at position: Int, in result: ScanResult, limit: Int,
    asking artefacts: ScanArtefacts?
  ) -> PairEvidence? {
    let places = scannedPairs.places(of: position)
    let place =
      pair.flatMap { scannedPairs.place(of: position, sides: ($0.better, $0.worse)) }
      ?? places.min { one, other in
        let values = [one, other].map { result.suspicion[$0] ?? -1 }
        return values[0] > values[1]
      }
    guard let place, case .success(let row) = scanSource.row(at: place) else { return nil }
    var evidence = result.evidence(of: row, at: place, limit: limit, asking: artefacts)
    evidence.related = evidence.related?.byRow(scannedPairs)
    return evidence
  }
}
