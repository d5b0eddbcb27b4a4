/// A file of Apache Arrow, a stream or one that can be entered anywhere, as `pyarrow` reads it.
///
/// Its rows are read from a copy in Parquet; what changes is changed in the Arrow itself, so that no
/// value goes there and back.
struct ArrowFile: Sendable {
  private let file: OpenFile
  private let pyArrow: PyArrow

  init(_ file: OpenFile, _ pyArrow: PyArrow) {
    self.file = file
    self.pyArrow = pyArrow
  }

  /// A copy of it in Parquet, in a file without a name. `waiting` is called while nothing comes.
  func parquet(
    _ settings: DatasetReadSettings, waiting: () throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> OpenFile {
    var spool = try Spool(settings)
    var output = try pyArrow.start(ArrowPrograms.toParquet, [file])
    var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
    while true {
      let count = try output.read(into: &buffer, waiting: waiting)
      guard count > 0 else { return spool.file }
      try spool.append(buffer.span.extracting(0..<count))
      try waiting()
    }
  }

  /// The file with `changes`, JSON lines as for `ParquetFile.changed`, as it is written: everything
  /// else is as it was.
  func changed(by changes: OpenFile) throws(DatasetReadError) -> ProgramOutput {
    try pyArrow.start(ArrowPrograms.changing, [file, changes])
  }
}
