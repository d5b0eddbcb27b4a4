/// What decisions do to the labels of a file before a head learns from them, by row of the file.
///
/// A row that is in neither list keeps its label.
public struct LabelChanges: Hashable, Sendable {
  /// Rows whose label is exchanged, rising.
  public let swapped: [Int]
  /// Rows that nothing is learnt from (a tie, both bad, dropped), rising.
  public let leftOut: [Int]

  /// - Precondition: no row is in both lists.
  public init(swapped: some Sequence<Int> = [], leftOut: some Sequence<Int> = []) {
    self.swapped = Set(swapped).sorted()
    self.leftOut = Set(leftOut).sorted()
    precondition(
      Set(self.swapped).isDisjoint(with: self.leftOut), "a row is swapped and left out")
  }

  /// Of how many rows `other` makes another label.
  public func differenceCount(from other: LabelChanges) -> Int {
    let all = Set(swapped).union(leftOut).union(other.swapped).union(other.leftOut)
    return all.count {
      swaps($0) != other.swaps($0) || leavesOut($0) != other.leavesOut($0)
    }
  }

  public var isEmpty: Bool { swapped.isEmpty && leftOut.isEmpty }

  /// Whether the label of row `index` is exchanged.
  /// - Complexity: O(log rows).
  func swaps(_ index: Int) -> Bool { Self.contains(index, in: swapped) }

  /// Whether nothing is learnt from row `index`.
  /// - Complexity: O(log rows).
  func leavesOut(_ index: Int) -> Bool { Self.contains(index, in: leftOut) }

  private static func contains(_ index: Int, in rows: [Int]) -> Bool {
    let place = rows.partitionPoint { $0 >= index }
    return place < rows.count && rows[place] == index
  }
}
