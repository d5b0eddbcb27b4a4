import PreferenceData

/// Reads the files of a data set through, one after another: unpacks them where they are
/// compressed, keeps them where they have to be kept, and finds their rows.
struct Intake {
  private let settings: DatasetReadSettings
  /// Where everything stands that cannot be read twice; made when it is first needed.
  private var spool: Spool?
  private(set) var parts: [DatasetPart] = []
  private var duckDB: DuckDB?
  private var pyArrow: PyArrow?
  /// What `Progress` counts in the files that are done.
  private var bytesBefore = 0
  private var madeBefore = 0
  private var rowsBefore = 0

  init(_ settings: DatasetReadSettings) {
    self.settings = settings
  }

  /// How far reading has come.
  struct Progress {
    /// Of the files as they are on disk.
    var bytesRead: Int
    /// Behind the compression.
    var bytesMade: Int
    var rows: Int
  }

  /// Finds the rows of one more file. `observe` is told after each piece of it how far that is, and
  /// given the file's rows so far.
  mutating func take(
    _ origin: DatasetOrigin,
    observe: (Progress, [DatasetPart], DatasetPart) throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) {
    var plain = ByteSource(origin.file, size: origin.fingerprint?.size)
    let first = try plain.peek(ContentKind.sampleSize)
    guard !first.isEmpty else { throw .empty }
    let kind = ContentKind(first)
    var source: any PartSource = plain
    var compression: DatasetContainer.Compression?
    var parquet: ParquetFile?
    switch kind {
    case .compressed(let found):
      compression = found
      source = UnpackedSource(plain, found)
    case .parquet where origin.fingerprint != nil:
      parquet = try ParquetFile(origin.file, foundDuckDB())
    case .arrow where origin.fingerprint != nil:
      let soFar = Progress(bytesRead: bytesBefore, bytesMade: madeBefore, rows: rowsBefore)
      let before = parts
      parquet = try copied(origin.file) { () throws(DatasetReadError) in
        try observe(soFar, before, Self.empty(origin, .arrow))
      }
    default:
      if let refusal = kind.refusal { throw refusal }
    }
    if let parquet { source = try parquet.rows() }
    let isSpooled = kind != .text || origin.fingerprint == nil
    if isSpooled, spool == nil { spool = try Spool(settings) }
    let base = isSpooled ? spool?.size ?? 0 : 0
    let contents = (isSpooled ? spool?.file : nil) ?? origin.file

    var progress = Progress(bytesRead: bytesBefore, bytesMade: madeBefore, rows: rowsBefore)
    var container = DatasetContainer(
      arrangement: parquet?.container == .arrow ? .arrow : .parquet)
    func part(_ layout: RowLayout) -> DatasetPart {
      DatasetPart(
        origin: origin, container: container, layout: layout, contents: contents, parquet: parquet)
    }
    func wait() throws(DatasetReadError) { try observe(progress, parts, part(RowLayout(.lines))) }
    var (buffer, count) = try Self.beginning(of: &source, waiting: wait)
    guard count > 0 || parquet != nil else { throw source.failure ?? .empty }
    var scanner: any RowScanner = LineScanner(start: base)
    var start = 0
    if parquet == nil {
      (scanner, start) = try Self.scanner(for: buffer[..<count], at: base)
      container = DatasetContainer(
        arrangement: scanner.layout.arrangement, compression: compression)
    }
    var end = base
    while count > 0 {
      if isSpooled { try spool?.append(buffer.span.extracting(0..<count)) }
      try scanner.scan(buffer.span.extracting(start..<count), at: end + start)
      end += count
      start = 0
      progress = Progress(
        bytesRead: bytesBefore + source.bytesRead, bytesMade: madeBefore + end - base,
        rows: rowsBefore + scanner.layout.spans.count)
      try observe(progress, parts, part(scanner.layout))
      count = try source.read(into: &buffer, waiting: wait)
    }
    let completeRows = scanner.layout.spans.count
    scanner.finish(at: end)
    var layout = scanner.layout
    layout.bytes = base..<end
    if let failure = source.failure {
      guard completeRows > 0 else { throw failure }
      layout.markDamage()
    }
    try origin.checkUnchanged()
    bytesBefore += parquet == nil ? source.bytesRead : origin.fingerprint?.size ?? 0
    madeBefore += end - base
    rowsBefore += layout.spans.count
    parts.append(part(layout))
  }

  /// A file of Arrow by its copy in Parquet.
  private mutating func copied(
    _ file: OpenFile, waiting: () throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> ParquetFile {
    // What is missing is said before the work begins.
    let duckDB = try foundDuckDB()
    let arrow = ArrowFile(file, try foundPyArrow())
    return try ParquetFile(arrow.parquet(settings, waiting: waiting), copyOf: arrow, duckDB)
  }

  private mutating func foundPyArrow() throws(DatasetReadError) -> PyArrow {
    if let pyArrow { return pyArrow }
    let found = try PyArrow(
      named: settings.python, searchPath: settings.searchPath, scratchFolder: settings.spoolFolder)
    pyArrow = found
    return found
  }

  private mutating func foundDuckDB() throws(DatasetReadError) -> DuckDB {
    if let duckDB { return duckDB }
    let found = try DuckDB(
      named: settings.duckDB, searchPath: settings.searchPath,
      scratchFolder: settings.spoolFolder)
    duckDB = found
    return found
  }

  /// Takes a file of a folder in which nothing is.
  mutating func takeEmpty(_ origin: DatasetOrigin) {
    parts.append(Self.empty(origin, .lines))
  }

  private static func empty(
    _ origin: DatasetOrigin, _ arrangement: DatasetContainer.Arrangement
  ) -> DatasetPart {
    DatasetPart(
      origin: origin, container: DatasetContainer(arrangement: arrangement),
      layout: RowLayout(.lines), contents: origin.file)
  }

  /// A buffer with the first bytes of a source, and how many: enough to tell what it is, or all.
  private static func beginning(
    of source: inout any PartSource, waiting: () throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> (buffer: [UInt8], count: Int) {
    var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
    var count = try source.read(into: &buffer, waiting: waiting)
    var more = [UInt8](repeating: 0, count: TableShape.sampleSize)
    while count > 0, count < TableShape.sampleSize {
      let added = try source.read(into: &more, waiting: waiting)
      guard added > 0 else { break }
      buffer.replaceSubrange(count..<(count + added), with: more[..<added])
      count += added
    }
    return (buffer, count)
  }

  /// What finds the rows of a file that begins with `first` at `base`, and how many of its bytes are
  /// a byte order mark.
  private static func scanner(
    for first: ArraySlice<UInt8>, at base: Int
  ) throws(DatasetReadError) -> (any RowScanner, Int) {
    if let refusal = ContentKind(first.prefix(ContentKind.sampleSize)).refusal { throw refusal }
    let start = first.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let text = first.dropFirst(start)
    if text.first(where: { !$0.isJSONBlank }) == UInt8(ascii: "[") {
      return (ArrayScanner(), start)
    }
    let sample = Array(text.prefix(TableShape.sampleSize))
    if let table = TableShape(detectedIn: sample, isWhole: first.count < TableShape.sampleSize) {
      return (TableScanner(table, start: base + start), start)
    }
    return (LineScanner(start: base + start), start)
  }
}
