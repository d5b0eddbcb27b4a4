/// Which pairs belong together, and in which order and folds they stand in the design.
///
/// Copies and near-copies of the same unordered pair are one *copy group*: a head that judges one of
/// them must not have seen another. They are always in one fold; so are all pairs of one prompt, as
/// long as that prompt holds at most 1 % of the pairs (with a dozen prompts, folds by prompt would
/// throw the signal away).
///
/// The pairs of a ranking vouch for each other in the same way: they are one copy group, with those of
/// every other ranking of the same prompt and the same responses, and in one fold.
struct PairGroups: Sendable, Equatable {
  /// The pairs in design order.
  let order: [Int]
  /// The copy groups: ranges of design rows, one after the other.
  let copies: [Range<Int>]
  /// The fold groups: ranges of design rows, one after the other.
  let groups: [Range<Int>]
  /// The folds: ranges of design rows, one after the other. Fewer than asked for where there are not
  /// as many groups; never empty.
  let folds: [Range<Int>]

  /// Whether there are rankings among the rows.
  let hasRankings: Bool

  /// - Parameters:
  ///   - keys: By pair.
  ///   - rows: By pair, the row that it is from, rising; nil where each is from another one.
  ///   - foldCount: How many folds are wanted.
  ///   - seed: Decides which groups share a fold.
  init(_ keys: [PairKeys], rows: [Int]? = nil, foldCount: Int, seed: UInt64) {
    precondition(foldCount > 1, "cross-fitting needs two folds, got \(foldCount)")
    hasRankings = rows != nil
    let copyKeys = rows.map { Self.copyKeys(keys, rows: $0) }
    var promptSizes: [UInt64: Int] = [:]
    var rowCount = 0
    for pair in keys.indices where pair == 0 || rows.map({ $0[pair - 1] != $0[pair] }) ?? true {
      promptSizes[keys[pair].prompt, default: 0] += 1
      rowCount += 1
    }
    let limit = max(1, rowCount / 100)
    let placed = keys.indices.map { pair in
      let key = keys[pair]
      let copy = copyKeys?[pair] ?? key.pair
      let group = (promptSizes[key.prompt] ?? 0) <= limit ? key.prompt : copy
      return Place(group: WordHash.pair(seed, group), copy: copy, pair: pair)
    }.sorted()
    order = placed.map(\.pair)
    copies = Self.runs(of: placed) { ($0.group, $0.copy) == ($1.group, $1.copy) }
    groups = Self.runs(of: placed) { $0.group == $1.group }
    folds = Self.cut(groups, into: foldCount, rowCount: keys.count)
  }

  /// The design rows with the pair of `row`, or of the same ranking, this one among them.
  /// - Complexity: O(log groups).
  func copyGroup(of row: Int) -> Range<Int> {
    copies[copies.partitionPoint { $0.upperBound > row }]
  }

  /// By pair, what it shares with the other pairs of its row and of the row's copies: the prompt and
  /// all responses, in no order. Of a row with one pair, that pair.
  private static func copyKeys(_ keys: [PairKeys], rows: [Int]) -> [UInt64] {
    var copyKeys = keys.map(\.pair)
    var start = 0
    for end in keys.indices.map({ $0 + 1 }) where end == keys.count || rows[end] != rows[start] {
      if end - start > 1 {
        let sides = Set(keys[start..<end].flatMap { [$0.chosen, $0.rejected] }).sorted()
        let copy = sides.reduce(keys[start].prompt) { WordHash.pair($0, $1) }
        for pair in start..<end { copyKeys[pair] = copy }
      }
      start = end
    }
    return copyKeys
  }

  /// Rows in seeded order of their groups.
  private struct Place: Comparable {
    var group: UInt64
    var copy: UInt64
    var pair: Int

    static func < (left: Place, right: Place) -> Bool {
      (left.group, left.copy, left.pair) < (right.group, right.copy, right.pair)
    }
  }

  private static func runs(
    of places: [Place], together: (Place, Place) -> Bool
  ) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start = 0
    for index in places.indices
    where index + 1 == places.count || !together(places[index], places[index + 1]) {
      runs.append(start..<index + 1)
      start = index + 1
    }
    return runs
  }

  /// Cuts the groups into runs of about the same number of rows.
  private static func cut(
    _ groups: [Range<Int>], into count: Int, rowCount: Int
  ) -> [Range<Int>] {
    var folds: [Range<Int>] = []
    var start = 0
    for group in groups
    where group.upperBound * count >= rowCount * (folds.count + 1) {
      folds.append(start..<group.upperBound)
      start = group.upperBound
    }
    return folds
  }
}
