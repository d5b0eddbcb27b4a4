/// The last part of a fit: every pair is judged by the head that has not seen it.
struct PairJudging: Sendable {
  let head: BradleyTerryHead
  /// Whole once `advance` says so.
  private(set) var judged: JudgedPairs
  /// Parts of the design, as ranges in the list of copy groups.
  private let parts: [Range<Int>]
  private var nextPart = 0

  private static let rowsInPart = 1024

  init(_ head: BradleyTerryHead, groups: PairGroups) {
    self.head = head
    judged = JudgedPairs(rowCount: groups.order.count)
    var parts: [Range<Int>] = []
    var start = 0
    for (index, group) in groups.copies.enumerated()
    where group.upperBound - groups.copies[start].lowerBound >= Self.rowsInPart
      || index + 1 == groups.copies.count
    {
      parts.append(start..<index + 1)
      start = index + 1
    }
    self.parts = parts
  }

  /// How much is judged, in [0, 1].
  var share: Double { Double(nextPart) / Double(max(parts.count, 1)) }

  /// Judges the next parts with `jobs` threads; whether all are judged.
  mutating func advance(_ design: DesignMatrix, groups: PairGroups, jobs: Int) -> Bool {
    let first = nextPart
    let found = parallelMap(
      count: min(parts.count - first, 4 * jobs), jobs: jobs, scratch: { () }
    ) { [parts, head] index, _ in
      let copies = groups.copies[parts[first + index]]
      let rows = (copies.first?.lowerBound ?? 0)..<(copies.last?.upperBound ?? 0)
      let part = LeaveOneOut(
        design, rows: rows, copies: copies, head: head, keepsGroupPulls: !groups.hasRankings)
      return (rows, part)
    }
    for (rows, part) in found { judged.take(part, at: rows) }
    nextPart += found.count
    return nextPart == parts.count
  }
}
