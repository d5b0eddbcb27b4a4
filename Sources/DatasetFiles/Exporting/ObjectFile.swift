/// A file of objects: JSON lines, the elements of an array where its name says `.json`, or the rows of a
/// table where it says `.parquet`, `.csv` or `.tsv`.
///
/// It appears under its name all at once, as `AtomicFile` does.
public struct ObjectFile {
  private let file: AtomicFile
  private let isArray: Bool
  /// What becomes a table; nil for JSON.
  private var table: TableSpool?
  private var objectCount = 0
  private var waiting = ""

  private static let flushSize = 1 << 18

  /// - Parameters:
  ///   - path: Where it shall appear; `.gz`, `.zst` or `.xz` at the end compresses it, unless it is
  ///     Parquet.
  ///   - inputs: The files that must not be replaced.
  ///   - tools: Where DuckDB is, which writes tables.
  /// - Throws: Why nothing can be written there.
  public init(
    path: String, protecting inputs: [FileFingerprint],
    tools: DatasetReadSettings = DatasetReadSettings()
  ) throws(ExportError) {
    let container = Self.container(of: path)
    isArray = container == "json"
    if container == "arrow" { throw .notWritten(container) }
    file = try AtomicFile(
      path: path, protecting: inputs,
      columnar: container == TableSpool.Kind.parquet.rawValue ? .parquet : nil)
    table = try TableSpool.Kind(rawValue: container).map { (kind) throws(ExportError) in
      try TableSpool(kind, tools)
    }
  }

  /// Whether a name asks for a table.
  public static func isTable(_ path: String) -> Bool {
    TableSpool.Kind(rawValue: container(of: path)) != nil
  }

  /// The last suffix of a name that is no compression.
  private static func container(of path: String) -> String {
    var suffixes = AtomicFile.split(path).name.lowercased().split(separator: ".").dropFirst()
    if let last = suffixes.last, DatasetContainer.Compression(rawValue: String(last)) != nil {
      suffixes.removeLast()
    }
    return suffixes.last.map(String.init) ?? ""
  }

  /// Adds `object`, a JSON text on one line.
  public mutating func write(_ object: String) throws(ExportError) {
    guard table == nil else {
      try table?.write(object)
      return
    }
    if isArray { waiting += objectCount == 0 ? "[\n" : ",\n" }
    waiting += object
    if !isArray { waiting += "\n" }
    objectCount += 1
    if waiting.utf8.count > Self.flushSize { try flush() }
  }

  /// Puts the file under its name.
  public mutating func commit() throws(ExportError) -> AtomicFile.Written {
    try table?.copy(to: file)
    if isArray { waiting += objectCount == 0 ? "[]\n" : "\n]\n" }
    try flush()
    return try file.commit()
  }

  private mutating func flush() throws(ExportError) {
    try file.write(waiting)
    waiting = ""
  }
}
