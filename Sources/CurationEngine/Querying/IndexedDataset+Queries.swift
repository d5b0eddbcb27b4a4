import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension IndexedDataset: QuerySource {
  public func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool {
    dataset.readBytes(of: rows, body)
  }

  public func columnText(_ path: FieldPath, ofRow row: Int) -> String? {
    guard case .success(let document) = dataset.document(row) else { return nil }
    return document.root[path: path]?.scalarText
  }
}
