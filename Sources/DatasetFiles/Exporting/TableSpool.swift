import PreferenceData

/// Objects that become the rows of a table, which DuckDB writes once the last of them is known: only then
/// is it clear which columns there are, and of what types.
struct TableSpool {
  enum Kind: String {
    case parquet, csv, tsv
  }

  private let kind: Kind
  private let duckDB: DuckDB
  /// The objects, one a line.
  private let lines: OpenFile
  private var waiting: [UInt8] = []
  private var longestLine = 0
  private var columns: [ColumnType.Member] = []

  init(_ kind: Kind, _ settings: DatasetReadSettings) throws(ExportError) {
    self.kind = kind
    do throws(DatasetReadError) {
      duckDB = try DuckDB(
        named: settings.duckDB, searchPath: settings.searchPath,
        scratchFolder: settings.spoolFolder)
    } catch {
      throw .reading(error)
    }
    do throws(SystemFailure) {
      lines = try OpenFile(unnamedIn: settings.spoolFolder)
    } catch {
      throw .reading(.system(error))
    }
  }

  /// Takes in `object`, a JSON object on one line.
  mutating func write(_ object: String) throws(ExportError) {
    let bytes = Array(object.utf8)
    let root: JSONView
    do throws(JSONSyntaxError) {
      root = try JSONDocument(lenient: bytes.span).root
    } catch {
      preconditionFailure("an object of a conversion is JSON")
    }
    for value in root.children {
      let type = ColumnType(value)
      if let place = columns.firstIndex(where: { $0.name == value.key }) {
        columns[place].type = columns[place].type.joined(with: type)
      } else {
        columns.append(.init(name: value.key, type: type))
      }
    }
    longestLine = max(longestLine, bytes.count)
    waiting += bytes + [0x0A]
    if waiting.count > Dataset.chunkSize { try flush() }
  }

  /// Writes the table to `file`.
  /// - Throws: `ExportError.nestedColumn` where a cell of text would have to hold more than that.
  mutating func copy(to file: AtomicFile) throws(ExportError) {
    if kind != .parquet, let nested = columns.first(where: \.type.isNested) {
      throw .nestedColumn(nested.name)
    }
    try flush()
    guard !columns.isEmpty else { return }
    let types = columns.map { "\(DuckDB.column($0.name)): \(DuckDB.literal($0.type.sql))" }
    let form =
      switch kind {
      case .parquet: "FORMAT parquet"
      case .csv: "FORMAT csv, HEADER true"
      case .tsv: "FORMAT csv, HEADER true, DELIMITER '\t'"
      }
    var output: ProgramOutput
    do throws(DatasetReadError) {
      output = try duckDB.start(
        """
        COPY (SELECT * FROM read_json(
          \(DuckDB.literal(lines.pathForChild)), format = 'newline_delimited',
          maximum_object_size = \(max(16 << 20, longestLine + 1024)),
          columns = {\(types.joined(separator: ", "))}))
        TO '/dev/stdout' (\(form))
        """)
    } catch {
      throw .reading(error)
    }
    var buffer = [UInt8](repeating: 0, count: Dataset.chunkSize)
    while true {
      let count: Int
      do throws(DatasetReadError) {
        count = try output.read(into: &buffer, waiting: {})
      } catch {
        throw .reading(error)
      }
      guard count > 0 else { return }
      let written = buffer
      try file.write(written.span.extracting(0..<count))
    }
  }

  private mutating func flush() throws(ExportError) {
    do throws(SystemFailure) {
      try lines.write(waiting.span)
    } catch {
      throw .reading(.system(error))
    }
    waiting = []
  }
}
