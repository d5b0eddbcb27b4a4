/// What one pass over a data set learns of every row: who it is, and whether it can be read.
///
/// The texts stay in the file. A row's identity cannot be known without those before it, since
/// copies are numbered in file order.
public struct RowIndex: Hashable, Sendable {
  /// The identity of each row by position; nil where the row is a problem.
  public private(set) var ids: [RowID?] = []
  /// The rows that cannot be read, in file order.
  public private(set) var problems: [RowProblem] = []
  /// How many rows have each defect.
  public private(set) var defectCounts: [RowDefect: Int] = [:]
  /// The pairs of the rows, as a scan counts them.
  public private(set) var pairs = PairList()
  /// Who the sides of the rankings are.
  private var rankedSides = RankedSides()
  /// By row: 1 where the label prefers the side with the smaller identity, -1 where it prefers the
  /// other one of two, else 0.
  private var leanings: [Int8] = []
  /// Where each pair stands first, and how many rows have it; two maps of all rows would be half of
  /// what a row costs.
  private var places: [PairID: Rows] = [:]
  /// Where its further rows stand.
  private var further: [RowID: Int] = [:]

  private struct Rows: Hashable, Sendable {
    var first: Int32
    var count: Int32
  }

  public init() {}

  public var rowCount: Int { ids.count }
  /// How many rows can be read.
  public var readableCount: Int { ids.count - problems.count }
  /// How many pairs the rows hold: one a row that can be read, of a ranking all that it orders.
  public var pairCount: Int { pairs.placeCount - problems.count }

  /// Takes in the next row of the file.
  /// - Complexity: O(length of the row's texts), O(1) beside the hash.
  public mutating func append(_ row: Result<PreferenceRow, RowProblem>) {
    append(entry: row.map(RowIndexEntry.init))
  }

  /// Takes in the next row of the file, of which everything is known that needs its texts.
  /// - Complexity: O(1).
  public mutating func append(entry: Result<RowIndexEntry, RowProblem>) {
    switch entry {
    case .success(let entry):
      if !entry.rankedPairs.isEmpty { rankedSides.append(entry.sides, of: ids.count) }
      pairs.append(entry.rankedPairs)
      let pair = entry.pair
      let place = places[pair]
      let id = RowID(pair: pair, occurrence: Int(place?.count ?? 0))
      places[pair] = Rows(
        first: place?.first ?? Int32(ids.count), count: (place?.count ?? 0) + 1)
      if place != nil { further[id] = ids.count }
      ids.append(id)
      leanings.append(entry.leaning)
      for defect in entry.defects { defectCounts[defect, default: 0] += 1 }
    case .failure(let problem):
      pairs.append([RankedPair]())
      problems.append(problem)
      ids.append(nil)
      leanings.append(0)
    }
  }

  /// Whether the row at `position` has two different sides and prefers one of them; of a ranking,
  /// whether it orders two that differ.
  public func hasPreference(at position: Int) -> Bool {
    if leanings[position] != 0 { return true }
    guard let sides = rankedSides[position] else { return false }
    return pairs.places(of: position).lazy.compactMap(pairs.pair)
      .contains { sides[$0.better] != sides[$0.worse] }
  }

  /// The pairs of different sides that the ranking at `position` orders, in no order that the label
  /// decides; none of any other row. A pair that it orders twice, since two sides are the same, is
  /// there once.
  /// - Complexity: O(p log p) for p pairs.
  public func sidePairs(at position: Int) -> [SidePair] {
    guard let sides = rankedSides[position] else { return [] }
    let ordered = pairs.places(of: position).lazy.compactMap(pairs.pair)
      .filter { sides[$0.better] != sides[$0.worse] }
    return Set(ordered.map { SidePair(sides[$0.better], sides[$0.worse]) })
      .sorted { ($0.first, $0.second) < ($1.first, $1.second) }
  }

  /// The position of the row with this identity, or nil where the data set has it no more.
  public func position(of id: RowID) -> Int? {
    id.occurrence == 0 ? places[id.pair].map { Int($0.first) } : further[id]
  }

  /// The positions of all rows with this pair, in file order.
  public func positions(of pair: PairID) -> [Int] {
    (0..<Int(places[pair]?.count ?? 0)).compactMap {
      position(of: RowID(pair: pair, occurrence: $0))
    }
  }
}

/// The rows of one pair, where there are several: the votes of a data set in long form, or copies.
///
/// Which side stands first in a row does not matter: sides are told apart by their identity.
public struct VoteGroup: Hashable, Sendable {
  public var pair: PairID
  /// In file order; two or more.
  public var rows: [Int]
  /// How many rows prefer the side with the smaller identity.
  public var smallerCount = 0
  /// How many prefer the other one.
  public var largerCount = 0

  /// Rows that prefer neither, or have more than two sides.
  public var undecidedCount: Int { rows.count - smallerCount - largerCount }
  public var isContradictory: Bool { smallerCount > 0 && largerCount > 0 }
}

extension RowIndex {
  /// The pairs with two rows or more, by their first row.
  /// - Complexity: O(rows).
  public var voteGroups: [VoteGroup] {
    var numbers: [PairID: Int] = [:]
    var groups: [VoteGroup] = []
    for (row, id) in ids.enumerated() {
      guard let pair = id?.pair, (places[pair]?.count ?? 0) > 1 else { continue }
      let place = numbers[pair] ?? groups.count
      if place == groups.count {
        numbers[pair] = place
        groups.append(VoteGroup(pair: pair, rows: []))
      }
      groups[place].rows.append(row)
      if leanings[row] > 0 { groups[place].smallerCount += 1 }
      if leanings[row] < 0 { groups[place].largerCount += 1 }
    }
    return groups
  }
}

/// What an index takes from one row: all that needs the row's texts and no other row.
public struct RowIndexEntry: Hashable, Sendable {
  public let pair: PairID
  /// By side.
  public let sides: [SideID]
  /// Which of its two sides the label prefers, told by their identities alone: 1 the smaller, -1 the
  /// larger, 0 neither.
  fileprivate let leaning: Int8
  /// Of a ranking, the pairs that it orders.
  fileprivate let rankedPairs: [RankedPair]
  fileprivate let defects: [RowDefect]

  /// - Complexity: O(length of the texts).
  public init(_ row: PreferenceRow) {
    sides = row.sides.map(\.id)
    pair = PairID(context: StableHash(row.contextText), sides: sides)
    defects = row.defects
    rankedPairs = row.sides.count > 2 ? row.pairs : []
    if let (chosen, rejected) = row.chosenAndRejected, sides[chosen] != sides[rejected] {
      leaning = sides[chosen] < sides[rejected] ? 1 : -1
    } else {
      leaning = 0
    }
  }
}

extension RowIndex {
  /// How many rows hold a pair that a row before them holds too.
  public var copyCount: Int {
    ids.count { $0.map { $0.occurrence > 0 } ?? false }
  }
}
