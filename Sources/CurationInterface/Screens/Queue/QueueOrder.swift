import PreferenceScoring

/// The order in which rows stand in the queue: a permutation of their positions in the file, or of some
/// of them.
struct QueueOrder: Sendable {
  /// Positions in the file, the first of the queue first.
  private(set) var positions: [Int]
  /// Where each position stands in the queue; nil for rows that it does not list.
  private var places: [Int?]

  /// How many rows the data set had when this order was made.
  var rowCount: Int { places.count }

  /// The order of the file.
  init(rowCount: Int) {
    positions = Array(0..<rowCount)
    places = positions
  }

  /// First `head`, then the others worst first, by the ranks of a scan; rows without a rank come
  /// last, in the order of the file. Of all these only the rows `listed`, where they are given.
  init(
    rowCount: Int, ranks: [Int?], keeping head: some Collection<Int> = EmptyCollection<Int>(),
    only listed: [Int]? = nil
  ) {
    var isInHead = [Bool](repeating: false, count: rowCount)
    for position in head { isInHead[position] = true }
    var byRank = [Int?](repeating: nil, count: rowCount)
    var rest: [Int] = []
    for position in 0..<rowCount where !isInHead[position] {
      let rank = position < ranks.count ? ranks[position] : nil
      if let rank, (1...rowCount).contains(rank), byRank[rank - 1] == nil {
        byRank[rank - 1] = position
      } else {
        rest.append(position)
      }
    }
    positions = head + byRank.compactMap(\.self) + rest
    places = Array(repeating: nil, count: rowCount)
    if let listed {
      var isListed = [Bool](repeating: false, count: rowCount)
      for position in listed where position < rowCount { isListed[position] = true }
      positions = positions.filter { isListed[$0] }
    }
    for (place, position) in positions.enumerated() { places[position] = place }
  }

  /// The rows at `positions` in this order, of them only the rows `listed` where they are given.
  init(rowCount: Int, positions: [Int], only listed: [Int]? = nil) {
    let known = positions.filter { $0 < rowCount }
    if let listed {
      let isListed = Set(listed)
      self.positions = known.filter { isListed.contains($0) }
    } else {
      self.positions = known
    }
    places = Array(repeating: nil, count: rowCount)
    for (place, position) in self.positions.enumerated() { places[position] = place }
  }

  var count: Int { positions.count }

  /// The place of the row at `position`, or nil where the queue has it not.
  func place(of position: Int) -> Int? {
    places.indices.contains(position) ? places[position] : nil
  }

  /// All positions after `place` in reading order, then those before it, `place` itself last.
  func positions(after place: Int) -> [Int] {
    guard !positions.isEmpty else { return [] }
    return Array(positions[(place + 1)...] + positions[...place])
  }

  /// All positions before `place`, backwards, then those after it, `place` itself last.
  func positions(before place: Int) -> [Int] {
    guard !positions.isEmpty else { return [] }
    return Array(positions[..<place].reversed() + positions[place...].reversed())
  }
}
