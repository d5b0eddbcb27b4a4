import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension IndexedDataset {
  /// The decisions that stand, with what they mean for the labels that the file has now.
  ///
  /// - Complexity: Reads every decided row.
  public func reviewedRows(under ledger: ReviewLedger) -> [ReviewedRow] {
    ReviewedRow.all(in: ledger, index: index) { dataset.row(at: $0) }
  }
}
