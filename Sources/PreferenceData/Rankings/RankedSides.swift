/// The identities of the sides of some rows, by row: of rankings, of which a pair is asked for by who its
/// sides are.
struct RankedSides: Hashable, Sendable {
  /// Rising.
  private var rows: [Int] = []
  /// By row, how many sides it and those before it have.
  private var ends: [Int] = []
  private var sides: [SideID] = []

  /// Takes in the sides of `row`.
  /// - Precondition: `row` is behind all before.
  mutating func append(_ own: [SideID], of row: Int) {
    precondition(row > rows.last ?? -1, "row \(row) comes after \(rows.last ?? -1)")
    rows.append(row)
    sides += own
    ends.append(sides.count)
  }

  /// The sides of `row`, as they stand in it; nil where they were not taken in.
  /// - Complexity: O(log rows), and its sides.
  subscript(row: Int) -> [SideID]? {
    let number = rows.partitionPoint { $0 >= row }
    guard number < rows.count, rows[number] == row else { return nil }
    return Array(sides[(number == 0 ? 0 : ends[number - 1])..<ends[number]])
  }
}
