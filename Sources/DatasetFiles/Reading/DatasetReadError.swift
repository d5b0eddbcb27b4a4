public import PreferenceData

/// Why no data set could be opened.
public enum DatasetReadError: Error, Hashable, Sendable {
  case missing
  /// A folder in which no data files are.
  case noDataFiles
  /// Why one file of a folder, by its path there, could not be read.
  indirect case inFile(String, DatasetReadError)
  case notPermitted
  /// No bytes at all.
  case empty
  /// Bytes, but only blank lines or an array without elements.
  case noRows
  /// A Git-LFS pointer stands in place of the data.
  case gitLFSPointer
  /// A container that is known but not read, by its usual file extension: `parquet`, `zst`.
  case unsupported(container: String)
  /// Why DuckDB, which reads Parquet for us, cannot or did not.
  case duckDB(DuckDB.Failure)
  /// Why `pyarrow`, which reads Arrow for us, cannot or did not.
  case pyArrow(PyArrow.Failure)
  /// Neither text nor a known container.
  case notText
  /// Compressed data that is damaged or cut off behind this many unpacked bytes, before its first
  /// row was complete.
  case damagedCompression(unpackedBytes: Int)
  /// Compressed data that takes more than this many bytes of memory to unpack.
  case unpackingTakesMemory(limit: Int)
  /// Something stands behind the array's closing bracket, in this line.
  case contentBehindArray(line: Int)
  /// No row has the shape of a known format, or the mapped fields.
  case noPairs(FormatEvidence)
  /// Some rows have the shape of a known format, but too few, or of more than one.
  case unclearFormat(FormatEvidence)
  /// None of the rows looked at has a number or name in these columns.
  case noColumn(String)
  /// Unpacked or piped data is larger than the settings allow.
  case spoolTooLarge(limit: Int)
  case spoolDiskFull(folder: String)
  /// The file became shorter, or was written to, while it was read.
  case changedWhileReading
  case cancelled
  case system(SystemFailure)
}
