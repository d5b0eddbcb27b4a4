extension Dataset {
  /// Refuses a name that says another container than rows have that stay as they are: a table in a
  /// `.jsonl` or JSON lines in a `.csv` are not what their reader takes them for. Rows in columns become
  /// JSON lines where the name does not ask for columns. Names that say nothing are taken, and so are
  /// `.json` and `.jsonl` for each other: readers of the one read the other.
  func checkName(of path: String) throws(ExportError) {
    var suffixes = DatasetFolder.lastName(of: path).split(separator: ".").dropFirst()
      .map { $0.lowercased() }
    if let last = suffixes.last, DatasetContainer.Compression(rawValue: last) != nil {
      suffixes.removeLast()
    }
    guard let asked = suffixes.last, let part = parts.first else { return }
    let (isTaken, kept): (Bool, String) =
      switch part.container.arrangement {
      case .lines: (Self.jsonNames.contains(asked), "JSON lines")
      case .array: (Self.jsonNames.contains(asked), "a JSON array")
      case .table: (Self.tableNames.contains(asked), "a table of texts")
      case .parquet:
        (Self.jsonNames.contains(asked) || asked == "parquet", "Parquet, or JSON lines")
      case .arrow: (Self.jsonNames.contains(asked) || asked == "arrow", "Arrow, or JSON lines")
      }
    let isContainer = Self.jsonNames.union(Self.tableNames).union(["parquet", "arrow"])
      .contains(asked)
    if isContainer, !isTaken { throw .otherContainer(asked: asked, kept: kept) }
  }

  private static let jsonNames: Set = ["jsonl", "ndjson", "json"]
  private static let tableNames: Set = ["csv", "tsv"]
}
