/// The other pairs that bear on the margin of one pair: what "the pairs that agree and contradict"
/// are on the evidence screen.
public struct RelatedPairs: Hashable, Sendable {
  /// A pair and what it does to the margin of the pair that was asked about.
  public struct Entry: Hashable, Sendable {
    /// The row of the file, from 0.
    public var row: Int
    /// By how much the asked pair's rewardMargin would fall were this pair taken out of what the head
    /// learned from, in logits: above 0 this pair supports the label, below 0 it opposes it.
    public var influence: Double

    public init(row: Int, influence: Double) {
      self.row = row
      self.influence = influence
    }
  }

  /// The pairs that hold the label up most, strongest first.
  public var supporting: [Entry]
  /// The pairs that speak against it most, strongest first.
  public var opposing: [Entry]
  /// Rows with the same context and the same two sides and the same label, in file order.
  public var copies: [Int]
  /// Rows with the same context and the same two sides and the opposite label, in file order.
  public var conflicts: [Int]

  public init(supporting: [Entry], opposing: [Entry], copies: [Int], conflicts: [Int]) {
    self.supporting = supporting
    self.opposing = opposing
    self.copies = copies
    self.conflicts = conflicts
  }

  /// Every row that is named, the copies first.
  public var rows: [Int] { conflicts + copies + (opposing + supporting).map(\.row) }

  public var isEmpty: Bool { rows.isEmpty }
}
