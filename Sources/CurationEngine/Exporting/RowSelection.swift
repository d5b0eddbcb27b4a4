/// Some rows of a data set, and what they have in common.
public struct RowSelection: Hashable, Sendable {
  /// As the manifest says it.
  public var name: String
  /// Their positions.
  public var rows: Set<Int>

  public init(name: String, rows: Set<Int>) {
    self.name = name
    self.rows = rows
  }
}
