/// The confirmed pairs as a design of their own, their labels as the person confirmed them.
struct GoldPairs: Sendable {
  /// The design row of each, rising.
  let rows: [Int]
  /// By pair, whether the file labels it otherwise.
  let isSwapped: [Bool]
  let design: DesignMatrix
  /// The runs of copies.
  let copies: [Range<Int>]

  /// - Parameters:
  ///   - confirmed: Places in the file; those that are no pair of the head are left out.
  ///   - places: Which of them to take; nil takes all.
  ///   - pairs: The pairs of the file.
  init(_ confirmed: ConfirmedPairs, only places: [Int]? = nil, of pairs: ScannedPairs) {
    let wanted = places.map { Set($0) }
    let found = [(confirmed.kept, false), (confirmed.swapped, true)].flatMap { list, isSwapped in
      list.filter { wanted?.contains($0) ?? true }
        .compactMap { place in pairs.designRow(of: place).map { (row: $0, isSwapped: isSwapped) } }
    }.sorted { $0.row < $1.row }
    self.init(
      found.map(\.row), isSwapped: found.map(\.isSwapped), of: pairs.design, groups: pairs.groups)
  }

  init(_ rows: [Int], isSwapped: [Bool], of whole: DesignMatrix, groups: PairGroups) {
    self.rows = rows
    self.isSwapped = isSwapped
    var design = DesignMatrix(columnCount: whole.columnCount, reserving: rows.count)
    for (row, isSwapped) in zip(rows, isSwapped) {
      design.append(whole.row(row).map { isSwapped ? -$0 : $0 })
    }
    self.design = design
    var copies: [Range<Int>] = []
    var end = 0
    while end < rows.count {
      let start = end
      let group = groups.copyGroup(of: rows[start])
      while end < rows.count, group.contains(rows[end]) { end += 1 }
      copies.append(start..<end)
    }
    self.copies = copies
  }

  var count: Int { rows.count }

  /// The pairs of the copy groups `chosen`, rising.
  func only(_ chosen: [Int], of whole: DesignMatrix, groups: PairGroups) -> GoldPairs {
    let places = chosen.flatMap { Array(copies[$0]) }
    return GoldPairs(
      places.map { rows[$0] }, isSwapped: places.map { isSwapped[$0] }, of: whole, groups: groups)
  }
}
