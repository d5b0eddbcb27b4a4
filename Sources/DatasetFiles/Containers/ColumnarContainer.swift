/// A container that keeps columns, and that other programs read and write for us.
enum ColumnarContainer: String {
  case parquet, arrow

  /// Whether a file of this name is one.
  func isNamed(_ path: String) -> Bool { path.lowercased().hasSuffix("." + rawValue) }
}
