public import PreferenceData

/// The rows of a data set, as a scan reads them: by position, from several threads, more than once.
public protocol PairSource: Sendable {
  var rowCount: Int { get }

  /// The row at `index`; the same at every call.
  func row(at index: Int) -> Result<PreferenceRow, RowProblem>
}
