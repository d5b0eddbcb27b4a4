/// Where a data set comes from.
public enum DatasetInput: Hashable, Sendable {
  /// A file, or a pipe by name.
  case file(String)
  /// An open descriptor, read to its end and left open.
  case standardInput(descriptor: Int32 = 0)
}

/// How a data set stands in its file.
public struct DatasetContainer: Hashable, Sendable {
  public enum Arrangement: Hashable, Sendable {
    /// One JSON object a line.
    case lines
    /// One JSON array of objects.
    case array
    /// One record a row, behind a record that names the columns.
    case table(Delimiter)
    /// Columns of Apache Parquet, which DuckDB turns into rows.
    case parquet
    /// Record batches of Apache Arrow, which `pyarrow` turns into Parquet.
    case arrow
  }

  /// What parts the cells of a table.
  public enum Delimiter: Hashable, Sendable {
    case comma, tab, semicolon, bar
  }

  /// Named by its usual file extension.
  public enum Compression: String, Hashable, Sendable, CaseIterable {
    case gzip = "gz"
    case zstd = "zst"
    case xz
  }

  public var arrangement: Arrangement
  public var compression: Compression?

  public init(arrangement: Arrangement, compression: Compression? = nil) {
    self.arrangement = arrangement
    self.compression = compression
  }
}

extension DatasetContainer: CustomStringConvertible {
  /// The usual file extension, and what it leaves open: `jsonl`, `json.gz`, `csv with semicolons`.
  public var description: String {
    let compression = compression.map { "." + $0.rawValue } ?? ""
    return switch arrangement {
    case .lines: "jsonl" + compression
    case .array: "json" + compression
    case .table(.comma): "csv" + compression
    case .table(.tab): "tsv" + compression
    case .table(.semicolon): "csv\(compression) with semicolons"
    case .table(.bar): "csv\(compression) with bars"
    case .parquet: "parquet"
    case .arrow: "arrow"
    }
  }
}

extension DatasetContainer.Delimiter {
  var byte: UInt8 {
    switch self {
    case .comma: UInt8(ascii: ",")
    case .tab: UInt8(ascii: "\t")
    case .semicolon: UInt8(ascii: ";")
    case .bar: UInt8(ascii: "|")
    }
  }
}

/// Bounds on what reading may cost.
public struct DatasetReadSettings: Hashable, Sendable {
  /// Where unpacked and piped data is kept while it is open; no name is left there.
  public var spoolFolder: String
  /// How many bytes of it are taken at most.
  public var spoolLimit: Int
  /// How many bytes stay free on its disk.
  public var spoolReserve: Int
  /// Rows longer than this are not parsed.
  public var rowLimit: Int
  /// The name or path of the DuckDB command line, which Parquet and Arrow take.
  public var duckDB: String
  /// The name or path of a Python that has `pyarrow`, which Arrow takes.
  public var python: String
  /// The folders in which both are looked for by name, parted by colons.
  public var searchPath: String

  public init(
    spoolFolder: String = "/var/tmp", spoolLimit: Int = 64 << 30, spoolReserve: Int = 256 << 20,
    rowLimit: Int = 256 << 20, duckDB: String = "duckdb", python: String = "python3",
    searchPath: String = ""
  ) {
    self.duckDB = duckDB
    self.python = python
    self.searchPath = searchPath
    self.spoolFolder = spoolFolder
    self.spoolLimit = spoolLimit
    self.spoolReserve = spoolReserve
    self.rowLimit = rowLimit
  }
}

/// How far opening has come.
public struct OpenProgress: Hashable, Sendable {
  /// Bytes of the file as it is on disk, or of the pipe.
  public var bytesRead: Int
  /// The size of the file; nil for a pipe.
  public var bytesTotal: Int?
  public var rows: Int

  public init(bytesRead: Int, bytesTotal: Int?, rows: Int) {
    self.bytesRead = bytesRead
    self.bytesTotal = bytesTotal
    self.rows = rows
  }
}
