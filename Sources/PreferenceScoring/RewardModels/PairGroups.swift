/// Which pairs belong together, and in which order and folds they stand in the design.
///
/// Copies and near-copies of the same unordered pair are one *copy group*: a head that judges one of
/// them must not have seen another. They are always in one fold; so are all pairs of one prompt, as
/// long as that prompt holds at most 1 % of the pairs (with a dozen prompts, folds by prompt would
/// throw the signal away).
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

  init(_ keys: [PairKeys], foldCount: Int, seed: UInt64) {
    precondition(foldCount > 1, "cross-fitting needs two folds, got \(foldCount)")
    var promptSizes: [UInt64: Int] = [:]
    for key in keys { promptSizes[key.prompt, default: 0] += 1 }
    let limit = max(1, keys.count / 100)
    let placed = keys.indices.map { pair in
      let key = keys[pair]
      let group = (promptSizes[key.prompt] ?? 0) <= limit ? key.prompt : key.pair
      return Place(group: WordHash.pair(seed, group), copy: key.pair, pair: pair)
    }.sorted()
    order = placed.map(\.pair)
    copies = Self.runs(of: placed) { ($0.group, $0.copy) == ($1.group, $1.copy) }
    groups = Self.runs(of: placed) { $0.group == $1.group }
    folds = Self.cut(groups, into: foldCount, rowCount: keys.count)
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
