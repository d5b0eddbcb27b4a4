/// A file of JSON objects: one a line, or the elements of an array where its name says `.json`.
///
/// It appears under its name all at once, as `AtomicFile` does.
public struct ObjectFile {
  private let file: AtomicFile
  private let isArray: Bool
  private var objectCount = 0
  private var waiting = ""

  private static let flushSize = 1 << 18

  /// - Parameters:
  ///   - path: Where it shall appear; `.gz`, `.zst` or `.xz` at the end compresses it.
  ///   - inputs: The files that must not be replaced.
  /// - Throws: Why nothing can be written there.
  public init(path: String, protecting inputs: [FileFingerprint]) throws(ExportError) {
    var suffixes = AtomicFile.split(path).name.lowercased().split(separator: ".").dropFirst()
    if let last = suffixes.last,
      DatasetContainer.Compression(rawValue: String(last)) != nil
    {
      suffixes.removeLast()
    }
    let container = suffixes.last.map(String.init) ?? ""
    guard !["csv", "tsv", "parquet", "arrow"].contains(container) else {
      throw .notJSON(container)
    }
    isArray = container == "json"
    file = try AtomicFile(path: path, protecting: inputs)
  }

  /// Adds `object`, a JSON text on one line.
  public mutating func write(_ object: String) throws(ExportError) {
    if isArray { waiting += objectCount == 0 ? "[\n" : ",\n" }
    waiting += object
    if !isArray { waiting += "\n" }
    objectCount += 1
    if waiting.utf8.count > Self.flushSize { try flush() }
  }

  /// Puts the file under its name.
  public mutating func commit() throws(ExportError) -> AtomicFile.Written {
    if isArray { waiting += objectCount == 0 ? "[]\n" : "\n]\n" }
    try flush()
    return try file.commit()
  }

  private mutating func flush() throws(ExportError) {
    try file.write(waiting)
    waiting = ""
  }
}
