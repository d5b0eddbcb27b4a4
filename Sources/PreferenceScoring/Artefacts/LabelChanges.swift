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

  public var isEmpty: Bool { swapped.isEmpty && leftOut.isEmpty }

  /// Whether the label of row `index` is exchanged.
  /// - Complexity: O(log rows).
  func swaps(_ index: Int) -> Bool {
    let place = swapped.partitionPoint { $0 >= index }
    return place < swapped.count && swapped[place] == index
  }
}
