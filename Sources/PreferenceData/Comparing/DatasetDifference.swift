/// What became of the rows of one data set in another one: kept, flipped, edited, removed, added.
///
/// Rows are the same when context and unordered sides are (`PairID`). Of several rows with one pair
/// those with the same label are matched first, in file order, so that a contradictory copy is not
/// taken for a flip. What is left over is an edit where the file's own identifier is the same, or
/// else the context and one side, or else both sides; each has to point at one row on either side.
/// Rows that cannot be read are compared by their bytes.
///
/// - Complexity: O(rows) beside the hashes.
public struct DatasetDifference: Hashable, Sendable {
  /// A row of the old data set and what it has become in the new one.
  public struct Match: Hashable, Sendable {
    public var old: Int
    public var new: Int

    public init(old: Int, new: Int) {
      self.old = old
      self.new = new
    }
  }

  /// The same pair with the same label, and the same bytes.
  public private(set) var unchanged: [Match] = []
  /// The same pair with the same label; other fields, or the spelling, differ.
  public private(set) var touched: [Match] = []
  /// The same pair, and the other side is preferred; the same responses of a ranking in another order.
  public private(set) var flipped: [Match] = []
  /// The same pair; one of the labels prefers no side (a tie, or none).
  public private(set) var relabelled: [Match] = []
  /// The prompt or a response is another one.
  public private(set) var edited: [Match] = []
  /// Positions in the old data set, in file order.
  public private(set) var removed: [Int] = []
  /// Positions in the new data set, in file order.
  public private(set) var added: [Int] = []
  /// Whether the rows that both have stand in another order.
  public private(set) var isReordered = false

  public init(from old: [ComparedRow], to new: [ComparedRow]) {
    var matching = RowMatching(old, new)
    matching.matchPairs()
    matching.matchUnique { $0.fileID.map { [$0] } ?? [] }
    // Either side may be the one that was edited.
    matching.matchUnique { content in
      content.sides.map { ContextAndSide(context: content.context, side: $0) }
    }
    matching.matchUnique { [$0.sides.sorted()] }
    let matches = matching.matches.sorted { $0.old < $1.old }
    for match in matches { append(match, old[match.old], new[match.new]) }
    removed = old.indices.filter { !matching.isOldMatched[$0] }
    added = new.indices.filter { !matching.isNewMatched[$0] }
    isReordered = zip(matches, matches.dropFirst()).contains { $0.new > $1.new }
  }

  /// Whether both hold the same rows with the same bytes in the same order.
  public var isEmpty: Bool {
    touched.isEmpty && flipped.isEmpty && relabelled.isEmpty && edited.isEmpty && removed.isEmpty
      && added.isEmpty && !isReordered
  }

  private mutating func append(_ match: Match, _ old: ComparedRow, _ new: ComparedRow) {
    guard let before = old.content, let after = new.content else { return unchanged.append(match) }
    guard before.pair == after.pair else { return edited.append(match) }
    switch (before.verdict, after.verdict) {
    case (let first, let second) where first == second:
      old.record == new.record ? unchanged.append(match) : touched.append(match)
    case (.prefers, .prefers), (.ranks, .ranks): flipped.append(match)
    default: relabelled.append(match)
    }
  }
}

private struct ContextAndSide: Hashable {
  var context: StableHash
  var side: SideID
}
