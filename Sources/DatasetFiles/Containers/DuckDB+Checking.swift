extension DuckDB {
  /// Looks for the DuckDB command as reading Parquet would, and asks it for its version.
  ///
  /// - Returns: Its path.
  /// - Throws: Why there is none that can be used.
  public static func check(_ settings: DatasetReadSettings) throws(DatasetReadError) -> String {
    try DuckDB(
      named: settings.duckDB, searchPath: settings.searchPath, scratchFolder: settings.spoolFolder
    ).path
  }
}
