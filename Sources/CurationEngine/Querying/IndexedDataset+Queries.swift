import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension IndexedDataset: QuerySource {
  public func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool {
    do {
      try dataset.readBytes(of: rows, body)
      return true
    } catch {
      // Read one by one the rows say themselves what is wrong with them.
      return false
    }
  }

  public func columnText(_ path: FieldPath, ofRow row: Int) -> String? {
    guard case .success(let document) = dataset.document(row) else { return nil }
    return document.root[path: path]?.scalarText
  }
}
