/// Two sides of a row, in no order: what a decision about one pair of a ranking is about.
public struct SidePair: Hashable, Sendable {
  /// The one with the smaller identity.
  public let first: SideID
  public let second: SideID

  public init(_ one: SideID, _ other: SideID) {
    (first, second) = one < other ? (one, other) : (other, one)
  }

  /// Where the two stand among `sides`, rising; nil where they do not.
  public func positions(in sides: [SideID]) -> (Int, Int)? {
    guard let one = sides.firstIndex(of: first), let other = sides.firstIndex(of: second),
      one != other
    else { return nil }
    return (min(one, other), max(one, other))
  }
}

/// What decisions about pairs of a ranking make of it.
///
/// A decided preference that the ranking has already changes nothing; any other makes the two sides
/// exchange their places. This is done in the order of the decisions, and again from the first one
/// until the ranking has every decided preference. Sides judged a tie come to share the better one's
/// place, before that, and change places together.
///
/// - It ends: with the sides in any order that fits all decisions, each exchange raises the sum of
///   (number in that order x place).
/// - One decision alone exchanges two sides or does nothing; the same one twice is the same as once; to
///   decide a pair again takes the place of the older decision, so that turning it round and back is
///   the file's ranking. The same decisions in the same order give the same ranking.
/// - Complexity: O(k^2 d) for k sides and d decisions.
public struct JudgedRanking: Hashable, Sendable {
  /// Why there is no such ranking.
  public enum Problem: Hashable, Sendable, Error {
    /// The decisions lead in a circle, or two sides are judged a tie and one better.
    case contradictory
    /// The file has one value for both sides of a decided pair, and no other to give.
    case unsayable
  }

  /// By side, the side whose place it takes: its own position where nothing changes.
  public let sources: [Int]
  /// By side, its new place, without a gap.
  public let places: [Int]

  public var isUnchanged: Bool { sources.enumerated().allSatisfy { $0 == $1 } }

  /// - Parameters:
  ///   - places: By side, its place in the file, 0 the best.
  ///   - sides: Who the sides are.
  ///   - decisions: The decisions, one a pair. Those that name sides which are not there say nothing,
  ///     nor do those that neither prefer a side nor call a tie.
  /// - Throws: Why no ranking has them all.
  public init(places: [Int], sides: [SideID], decisions: [Decision]) throws(Problem) {
    precondition(places.count == sides.count, "\(sides.count) sides, \(places.count) places")
    var groups = Array(sides.indices)
    var orders: [(better: Int, worse: Int)] = []
    for decision in decisions {
      guard let (one, other) = decision.pair?.positions(in: sides) else { continue }
      switch decision.verdict {
      case .tie:
        let (kept, joined) = (groups[one], groups[other])
        for side in groups.indices where groups[side] == joined { groups[side] = kept }
      case .prefers(let side):
        orders.append(sides[one] == side ? (one, other) : (other, one))
      case .bothBad, .drop, .skip: break
      }
    }
    orders = orders.map { (groups[$0.better], groups[$0.worse]) }
    guard Self.isWithoutCircle(orders, count: sides.count) else { throw .contradictory }
    // By group, the side whose place it has: that of its best side, at first.
    var holders: [Int?] = Array(repeating: nil, count: sides.count)
    for side in sides.indices {
      guard let holder = holders[groups[side]] else {
        holders[groups[side]] = side
        continue
      }
      if places[side] < places[holder] { holders[groups[side]] = side }
    }
    func place(_ group: Int) -> Int { holders[group].map { places[$0] } ?? 0 }
    var isSettled = false
    while !isSettled {
      isSettled = true
      for order in orders where place(order.better) > place(order.worse) {
        holders.swapAt(order.better, order.worse)
        isSettled = false
      }
    }
    guard orders.allSatisfy({ place($0.better) < place($0.worse) }) else { throw .unsayable }
    let targets = groups.map(place)
    sources = sides.indices.map { side in
      targets[side] == places[side] ? side : holders[groups[side]] ?? side
    }
    let levels = Set(targets).sorted()
    self.places = targets.map { level in levels.firstIndex(of: level) ?? 0 }
  }

  /// Whether no way along `orders` comes back to where it began.
  private static func isWithoutCircle(_ orders: [(better: Int, worse: Int)], count: Int) -> Bool {
    var waiting = orders
    while !waiting.isEmpty {
      let worse = Set(waiting.map(\.worse))
      let left = waiting.filter { worse.contains($0.better) }
      guard left.count < waiting.count else { return false }
      waiting = left
    }
    return true
  }
}

extension [Decision] {
  /// The decisions about pairs that stand once `newer` ones are made: the newest one about each pair, in
  /// the order in which these were made, since the last about the whole row.
  public func taking(_ newer: [Decision]) -> [Decision] {
    var judged: Set<SidePair> = []
    let ofPairs = (self + newer).reversed().prefix { $0.pair != nil }
    return ofPairs.filter { $0.pair.map { judged.insert($0).inserted } ?? false }.reversed()
  }
}

extension Decision {
  /// The judged pair of a ranking by its positions, the better one by the label first; nil where the
  /// decision is about no such pair.
  public func ranked(sides: [SideID], label: PreferenceLabel) -> RankedPair? {
    guard let (one, other) = pair?.positions(in: sides), let places = label.places(of: sides.count),
      places[one] != places[other]
    else { return nil }
    return places[one] < places[other]
      ? RankedPair(better: one, worse: other) : RankedPair(better: other, worse: one)
  }

  /// What the decision does to a row with these sides and this label; nil where it names a side that
  /// the row has not.
  public func outcome(sides: [SideID], label: PreferenceLabel) -> Outcome? {
    guard let pair else { return verdict.outcome(sides: sides, preferred: label.preferred) }
    guard let (one, other) = pair.positions(in: sides) else { return nil }
    return verdict.outcome(
      sides: [sides[one], sides[other]],
      preferred: label.narrowed(to: one, other, of: sides.count).preferred)
  }
}
