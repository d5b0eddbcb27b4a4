import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension IndexedDataset {
  /// The decisions that stand, with what they mean for the labels that the file has now.
  ///
  /// - Parameters:
  ///   - ledger: The review.
  ///   - seed: Of the review: decides of which pair of a ranking an audit asks.
  /// - Returns: By position, then by annotator.
  /// - Complexity: Reads every decided row.
  public func reviewedRows(under ledger: ReviewLedger, seed: UInt64) -> [ReviewedRow] {
    ReviewedRow.all(in: ledger, index: index, seed: seed) { dataset.row(at: $0) }
  }
}
