public import PreferenceData

/// An open data set: which rows it has and where, in what format, and how to read each.
///
/// Rows stay in the file and are read one at a time, by any number of threads at once. A file that
/// another process shortens turns rows into problems and never kills the process: rows are read,
/// not mapped. Unpacked and piped data is kept in a file without a name.
public final class Dataset: Sendable {
  /// The file's name without its folder, or `standard input`.
  public let name: String
  /// The path under which it was opened; nil for standard input.
  public let path: String?
  public let container: DatasetContainer
  public let detection: FormatDetection
  /// The file as it was when it was opened; nil for a pipe.
  public let fingerprint: FileFingerprint?
  /// False for the first rows of a data set that is still being read: they can be shown, and nothing
  /// else.
  public let isComplete: Bool

  let layout: RowLayout
  /// The file's bytes behind its compression.
  let contents: OpenFile
  /// The file as it is on disk, or its spool where it is a pipe.
  private let original: OpenFile
  private let originalSize: Int
  private let rowLimit: Int
  private let readers: RowReaders

  init(
    origin: DatasetOrigin, container: DatasetContainer, layout: RowLayout, contents: OpenFile,
    readers: RowReaders, detection: FormatDetection, rowLimit: Int,
    isComplete: Bool
  ) {
    name = origin.name
    path = origin.path
    fingerprint = origin.fingerprint
    self.container = container
    self.layout = layout
    self.contents = contents
    self.detection = detection
    self.rowLimit = rowLimit
    self.isComplete = isComplete
    self.readers = readers
    original = origin.fingerprint == nil ? contents : origin.file
    originalSize = origin.fingerprint?.size ?? layout.size
  }

  public var format: any RowFormat { detection.format }
  /// How many data rows there are: malformed ones are rows, blank lines are not.
  public var rowCount: Int { layout.spans.count }
  /// How many bytes the data set has behind its compression.
  public var byteCount: Int { layout.size }

  /// The line of the unpacked file, from 1, in which a row begins.
  public func line(of row: Int) -> Int { layout.line(of: row) }

  /// The bytes of a row as they are, without its line feed.
  public func rowBytes(_ row: Int) throws(DatasetReadError) -> [UInt8] {
    let span = layout.spans[row]
    return try readers.withReader(near: span.lowerBound) { (reader) throws(DatasetReadError) in
      try reader.bytes(in: span, of: contents)
    }
  }

  /// The JSON of a row, or why it is none. A row that the file has no more is cut off.
  public func document(_ row: Int) -> Result<JSONDocument, RowProblem> {
    let span = layout.spans[row]
    guard row != layout.damagedRow else { return .failure(problem(row, .damaged)) }
    guard span.count <= rowLimit else {
      return .failure(problem(row, .tooLong(bytes: span.count)))
    }
    do throws(DatasetReadError) {
      let document = try readers.withReader(near: span.lowerBound) {
        (reader) throws(DatasetReadError) in
        try reader.document(in: span, of: contents)
      }
      return document.mapError { error in
        problem(row, error.found.map { .malformed($0) } ?? .truncated, column: error.offset + 1)
      }
    } catch {
      return .failure(problem(row, .truncated))
    }
  }

  /// The preference pair of a row, or why it holds none.
  public func row(at row: Int) -> Result<PreferenceRow, RowProblem> {
    document(row).flatMap { document in
      format.row(from: document.root).mapError { problem(row, $0) }
    }
  }

  /// What happened to the file since it was opened; nil where nothing did, and for a pipe.
  public func change() throws(DatasetReadError) -> FileChange? {
    guard let path, let fingerprint else { return nil }
    do throws(SystemFailure) {
      return fingerprint.change(to: try FileStatus(path: path)?.fingerprint)
    } catch {
      throw .system(error)
    }
  }

  /// The SHA-256 of the file as it is on disk (of the bytes that came, for a pipe), in 64
  /// hexadecimal digits. `observe` is told how many bytes are done; false ends the work.
  ///
  /// - Precondition: The data set is complete.
  /// - Complexity: Reads the whole file.
  public func contentDigest(
    observe: (Int) -> Bool = { _ in true }
  ) throws(DatasetReadError) -> String {
    precondition(isComplete, "a digest is of a whole data set")
    let digest = SHA256()
    var source = ByteSource(original, size: originalSize)
    var buffer = [UInt8](repeating: 0, count: Self.chunkSize)
    while true {
      let count = try source.read(into: &buffer)
      guard count > 0 else { return digest.finish() }
      digest.update(buffer.span.extracting(0..<count))
      guard observe(source.bytesRead) else { throw .cancelled }
    }
  }

  /// How many bytes are read at once when a file is read through.
  static let chunkSize = 1 << 19

  private func problem(
    _ row: Int, _ reason: RowProblem.Reason, column: Int? = nil
  ) -> RowProblem {
    RowProblem(row: row, line: line(of: row), column: column, reason: reason)
  }
}

/// Where a data set came from.
struct DatasetOrigin {
  var name: String
  var path: String?
  var file: OpenFile
  /// Nil for a pipe.
  var fingerprint: FileFingerprint?
}
