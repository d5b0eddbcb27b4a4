/// Why no file was written. Whatever stood under its name before still stands there.
public enum ExportError: Error, Hashable, Sendable {
  /// The data set itself would be overwritten.
  case isInput
  case isFolder
  /// A folder of files cannot appear there: a file has this name.
  case notFolder
  /// A folder of this name holds something already.
  case folderNotEmpty
  /// It would lie in the folder that is the data set, and be taken for a part of it.
  case insideInput
  /// The files of a folder are written in ways that one file cannot hold.
  case cannotJoin
  /// A device or pipe stands under this name.
  case notRegularFile
  case folderMissing
  case notPermitted
  case readOnlyFileSystem
  case diskFull
  /// Another process is writing the same file.
  case busy
  /// The name asks for a container that is not written: `parquet`.
  case unsupportedCompression(String)
  /// The name asks for the container `asked`, and rows that stay as they are stay in `kept`.
  case otherContainer(asked: String, kept: String)
  /// The name asks for this container, in which no conversion is written.
  case notWritten(String)
  /// A cell of a table of texts would have to hold messages or other members: the column's name.
  case nestedColumn(String)
  /// Only rows of JSON can get columns that they had not.
  case cannotAddColumns
  /// Rows of Parquet are changed or left out, never repeated.
  case cannotRepeat
  /// The rows have a column of this name already.
  case columnExists(String)
  /// The data set is no longer what was opened.
  case inputChanged(FileChange)
  /// The row has no label that could be swapped.
  case cannotSwap(row: Int)
  /// A card stands there that no export has written.
  case foreignCard
  case reading(DatasetReadError)
  case cancelled
  case system(SystemFailure)
}
