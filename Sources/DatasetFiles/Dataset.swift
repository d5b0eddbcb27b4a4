public import PreferenceData

/// An open data set: which rows it has and where, in what format, and how to read each.
///
/// Rows stay in the file and are read one at a time, by any number of threads at once. A file that
/// another process shortens turns rows into problems and never kills the process: rows are read,
/// not mapped. Unpacked and piped data is kept in a file without a name.
public final class Dataset: Sendable {
  /// The name of the file or folder, or `standard input`.
  public var name: String { folder?.name ?? parts[0].origin.name }
  /// The path under which it was opened; nil for standard input.
  public var path: String? { folder?.path ?? parts[0].origin.path }
  public let detection: FormatDetection
  /// The columns to which the person gave a meaning.
  public let columns: NamedColumns
  /// False for the first rows of a data set that is still being read: they can be shown, and nothing
  /// else.
  public let isComplete: Bool
  public let rowCount: Int

  /// The files of which the rows stand one after another: one, or those of a folder.
  let parts: [DatasetPart]
  /// The folder that was opened; nil for one file or a pipe.
  let folder: DatasetFolder?
  /// The first row of each part.
  private let firstRows: [Int]
  let rowLimit: Int
  private let readers: RowReaders

  init(
    parts: [DatasetPart], folder: DatasetFolder?, readers: RowReaders,
    detection: FormatDetection, columns: NamedColumns = NamedColumns(), rowLimit: Int,
    isComplete: Bool
  ) {
    self.parts = parts
    self.folder = folder
    self.readers = readers
    self.detection = detection
    self.columns = columns
    self.rowLimit = rowLimit
    self.isComplete = isComplete
    var rows = 0
    firstRows = parts.map { part in
      defer { rows += part.rowCount }
      return rows
    }
    rowCount = rows
  }

  public var format: any RowFormat { detection.format }
  /// How the rows stand in the file; in the first file of a folder.
  public var container: DatasetContainer { parts[0].container }
  /// How many bytes the data set has behind its compression.
  public var byteCount: Int { parts.reduce(0) { $0 + $1.layout.bytes.count } }
  /// The files as they were when they were opened; none for a pipe.
  public var fingerprints: [FileFingerprint] { parts.compactMap(\.origin.fingerprint) }

  /// The part in which a row stands, and its row there.
  ///
  /// - Complexity: O(log parts).
  func place(of row: Int) -> (part: Int, row: Int) {
    var low = 0
    var high = firstRows.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle } else { high = middle }
    }
    return (low, row - firstRows[low])
  }

  /// The file of the folder in which a row stands; nil where no folder was opened.
  public func file(of row: Int) -> String? {
    folder == nil ? nil : parts[place(of: row).part].origin.name
  }

  /// The files of which the rows stand one after another: one, or those of a folder.
  public var files: [DatasetFile] {
    parts.map {
      DatasetFile(name: $0.origin.name, container: $0.container, rowCount: $0.rowCount)
    }
  }

  /// The line of the unpacked file, from 1, in which a row begins.
  public func line(of row: Int) -> Int {
    let place = place(of: row)
    return parts[place.part].layout.line(of: place.row)
  }

  /// The bytes of a row as they are, without its line feed.
  public func rowBytes(_ row: Int) throws(DatasetReadError) -> [UInt8] {
    let place = place(of: row)
    let span = parts[place.part].layout.spans[place.row]
    return try readers.withReader(near: span.lowerBound) { (reader) throws(DatasetReadError) in
      try reader.bytes(in: span, of: parts[place.part].contents)
    }
  }

  /// The JSON of a row, or why it is none. A row that the file has no more is cut off.
  public func document(_ row: Int) -> Result<JSONDocument, RowProblem> {
    let place = place(of: row)
    let layout = parts[place.part].layout
    let span = layout.spans[place.row]
    guard place.row != layout.damagedRow else { return .failure(problem(row, .damaged)) }
    guard span.count <= rowLimit else {
      return .failure(problem(row, .tooLong(bytes: span.count)))
    }
    do throws(DatasetReadError) {
      let document = try readers.withReader(near: span.lowerBound) {
        (reader) throws(DatasetReadError) in
        try reader.document(in: span, of: parts[place.part].contents, table: layout.table)
      }
      return document.mapError { problem(row, $0.reason, column: $0.column) }
    } catch {
      return .failure(problem(row, .truncated))
    }
  }

  /// The preference pair of a row, or why it holds none.
  public func row(at row: Int) -> Result<PreferenceRow, RowProblem> {
    document(row).flatMap { document in
      format.row(from: document.root).map { columns.applied(to: $0, of: document.root) }
        .mapError { problem(row, $0) }
    }
  }

  /// What happened to the file, or to one of them, since it was opened; nil where nothing did, and
  /// for a pipe.
  public func change() throws(DatasetReadError) -> FileChange? {
    for part in parts {
      if let change = try part.change() { return change }
    }
    return nil
  }

  /// The SHA-256 of the file as it is on disk, or of the bytes that came through a pipe, in 64
  /// hexadecimal digits; for a folder, of the lines in which `sha256sum` lists its files. `observe`
  /// is told how many bytes are done; false ends the work.
  ///
  /// - Precondition: The data set is complete.
  /// - Complexity: Reads all files.
  public func contentDigest(
    observe: (Int) -> Bool = { _ in true }
  ) throws(DatasetReadError) -> String {
    precondition(isComplete, "a digest is of a whole data set")
    var buffer = [UInt8](repeating: 0, count: Self.chunkSize)
    var done = 0
    var files: [(name: String, sha256: String)] = []
    for part in parts {
      let digest = SHA256()
      var source = part.original
      while true {
        let count = try source.read(into: &buffer)
        guard count > 0 else { break }
        digest.update(buffer.span.extracting(0..<count))
        done += count
        guard observe(done) else { throw .cancelled }
      }
      files.append((part.origin.name, digest.finish()))
    }
    return folder == nil ? files[0].sha256 : SHA256.ofListing(files)
  }

  /// How many bytes are read at once when a file is read through.
  static let chunkSize = 1 << 19

  private func problem(
    _ row: Int, _ reason: RowProblem.Reason, column: Int? = nil
  ) -> RowProblem {
    let hasLines = parts[place(of: row).part].parquet == nil
    return RowProblem(
      row: row, file: file(of: row), line: hasLines ? line(of: row) : nil, column: column,
      reason: reason)
  }
}

/// One file of a data set.
public struct DatasetFile: Hashable, Sendable {
  /// Its path in the folder that was opened, or its name where it was opened itself.
  public var name: String
  public var container: DatasetContainer
  public var rowCount: Int
}
