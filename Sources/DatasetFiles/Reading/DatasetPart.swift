/// One file of a data set: where its rows stand, and how they are written.
struct DatasetPart: Sendable {
  let origin: DatasetOrigin
  var container: DatasetContainer
  var layout: RowLayout
  /// Where the bytes stand that `layout` speaks of: the file itself, or the spool into which it was
  /// unpacked.
  let contents: OpenFile
  /// The file as DuckDB knows it, where it is one of Parquet or Arrow.
  var parquet: ParquetFile?

  var rowCount: Int { layout.spans.count }

  /// What happened to the file since it was opened; nil where nothing did, and for a pipe.
  func change() throws(DatasetReadError) -> FileChange? {
    guard let path = origin.path, let fingerprint = origin.fingerprint else { return nil }
    do throws(SystemFailure) {
      return fingerprint.change(to: try FileStatus(path: path)?.fingerprint)
    } catch {
      throw .system(error)
    }
  }

  /// The bytes of the file as it is on disk, from the first on; of a pipe, what came.
  var original: ByteSource {
    guard let fingerprint = origin.fingerprint else {
      return ByteSource(contents, from: layout.bytes.lowerBound, size: layout.bytes.count)
    }
    return ByteSource(origin.file, size: fingerprint.size)
  }
}

/// Where a file of a data set came from.
struct DatasetOrigin: Sendable {
  /// The file's name in the folder that was opened, or its name without a folder.
  var name: String
  /// Nil for standard input.
  var path: String?
  var file: OpenFile
  /// The file as it was when it was opened; nil for a pipe.
  var fingerprint: FileFingerprint?
}
