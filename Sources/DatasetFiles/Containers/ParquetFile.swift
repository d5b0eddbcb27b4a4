import PreferenceData

/// A Parquet file, read and written by DuckDB; or one of Arrow, of which it is a copy.
///
/// Its rows are kept as JSON lines while it is open, one a row in file order; a column that holds
/// binary data (pictures) stands there as a word on its size.
struct ParquetFile: Sendable {
  struct Column: Hashable, Sendable {
    var name: String
    /// As DuckDB spells it: `STRUCT("role" VARCHAR, "content" VARCHAR)[]`.
    var type: String

    var isBinary: Bool { type.contains("BLOB") }
  }

  let duckDB: DuckDB
  let columns: [Column]
  private let file: OpenFile
  /// The Arrow file of which this is a copy; nil where Parquet was opened.
  private let arrow: ArrowFile?

  init(
    _ file: OpenFile, copyOf arrow: ArrowFile? = nil, _ duckDB: DuckDB
  ) throws(DatasetReadError) {
    self.duckDB = duckDB
    self.file = file
    self.arrow = arrow
    let described = try duckDB.rows(
      of: "SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM \(Self.table(of: file)))")
    columns = described.map(\.root).map { root in
      Column(name: root["column_name"]?.string ?? "", type: root["column_type"]?.string ?? "")
    }
  }

  /// What was opened, and what `changed` writes.
  var container: ColumnarContainer { arrow == nil ? .parquet : .arrow }

  /// The file as a table of SQL, of which `more` are the arguments.
  private static func table(of file: OpenFile, _ more: String = "") -> String {
    "read_parquet(\(DuckDB.literal(file.pathForChild))\(more))"
  }

  /// Its rows as JSON lines.
  func rows() throws(DatasetReadError) -> ParquetRows {
    let binary = columns.filter(\.isBinary).map { column in
      let name = DuckDB.column(column.name)
      let size = column.type == "BLOB" ? "octet_length(\(name)) || ' bytes'" : "'binary'"
      let label = DuckDB.literal("[" + column.name + ": ")
      return "CASE WHEN \(name) IS NULL THEN NULL ELSE \(label) || \(size) || ']' END AS \(name)"
    }
    let replacing = binary.isEmpty ? "" : " REPLACE (\(binary.joined(separator: ", ")))"
    return ParquetRows(
      output: try duckDB.start(
        "COPY (SELECT *\(replacing) FROM \(Self.table(of: file))) TO '/dev/stdout' (FORMAT json)"))
  }

  /// The file with `changes`, as it is written; everything else is as it was: columns and their
  /// types, the order of rows, key-value metadata, compression, and the size of row groups as far
  /// as DuckDB lets it be chosen.
  ///
  /// - Parameters:
  ///   - changes: A file of JSON lines, one a changed row: `row`, and `drop`, or for each changed
  ///     column number n `hn` and its value `cn`.
  ///   - changedColumns: The numbers of the columns that change.
  ///   - longestLine: How many bytes the longest of the lines has.
  /// - Returns: The bytes of the file.
  /// - Throws: Why nobody could be asked.
  func changed(
    by changes: OpenFile, in changedColumns: [Int], longestLine: Int
  ) throws(DatasetReadError) -> ProgramOutput {
    if let arrow { return try arrow.changed(by: changes) }
    let spelled = changedColumns.map { number in
      ", h\(number): 'BOOLEAN', c\(number): \(DuckDB.literal(columns[number].type))"
    }
    let replaced = changedColumns.map { number in
      let name = DuckDB.column(columns[number].name)
      return "CASE WHEN c.h\(number) THEN c.c\(number) ELSE p.\(name) END AS \(name)"
    }
    let replacing = replaced.isEmpty ? "" : " REPLACE (\(replaced.joined(separator: ", ")))"
    return try duckDB.start(
      """
      COPY (
        SELECT p.* EXCLUDE (file_row_number)\(replacing)
        FROM \(Self.table(of: file, ", file_row_number = true")) AS p
        LEFT JOIN read_json(
          \(DuckDB.literal(changes.pathForChild)), format = 'newline_delimited',
          maximum_object_size = \(max(16 << 20, longestLine + 1024)),
          columns = {row: 'BIGINT', drop: 'BOOLEAN'\(spelled.joined())}) AS c
        ON p.file_row_number = c.row
        WHERE c.drop IS NOT TRUE
        ORDER BY p.file_row_number
      ) TO '/dev/stdout' (FORMAT parquet\(try layoutOptions()))
      """)
  }

  /// The options that make a file like this one.
  private func layoutOptions() throws(DatasetReadError) -> String {
    let path = DuckDB.literal(file.pathForChild)
    var options = ""
    let groups = try duckDB.rows(
      of: """
        SELECT compression, max(row_group_num_rows) AS rows FROM parquet_metadata(\(path))
        GROUP BY compression ORDER BY count(*) DESC, compression LIMIT 1
        """)
    if let group = groups.first?.root {
      let codecs = ["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD", "BROTLI", "LZ4", "LZ4_RAW"]
      if let codec = group["compression"]?.string, codecs.contains(codec) {
        options += ", COMPRESSION \(codec)"
      }
      if let rows = group["rows"]?.number, rows >= 1 { options += ", ROW_GROUP_SIZE \(Int(rows))" }
    }
    let metadata = try duckDB.rows(
      of: """
        SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(\(path))
        """)
    let pairs = metadata.map(\.root).compactMap { root -> String? in
      guard let key = root["key"]?.string, let value = root["value"]?.string else { return nil }
      return "\(DuckDB.column(key)): \(DuckDB.literal(value))"
    }
    if !pairs.isEmpty { options += ", KV_METADATA {\(pairs.joined(separator: ", "))}" }
    return options
  }
}

/// The rows of a Parquet file as they come from DuckDB.
struct ParquetRows: PartSource {
  var output: ProgramOutput
  /// What DuckDB has read of the file, nobody knows.
  let bytesRead = 0
  let failure: DatasetReadError? = nil

  mutating func read(
    into buffer: inout [UInt8], waiting: () throws(DatasetReadError) -> Void
  ) throws(DatasetReadError) -> Int {
    try output.read(into: &buffer, waiting: waiting)
  }
}
