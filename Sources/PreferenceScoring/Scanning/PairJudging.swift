/// The last part of a scan: every pair is judged by the head that has not seen it.
struct PairJudging: Sendable {
  private var margins: [Double?]
  private var leftOutMargins: [Double?]
  private var pulls: [Double]
  private var groupPulls: [Int: [Double]] = [:]
  let head: BradleyTerryHead
  private let fileRows: [Int]
  /// Parts of the design, as ranges in the list of copy groups.
  private let parts: [Range<Int>]
  private var nextPart = 0

  private static let rowsInPart = 1024

  init(_ head: BradleyTerryHead, groups: PairGroups, fileRows: [Int], rowCount: Int) {
    self.head = head
    self.fileRows = fileRows
    margins = Array(repeating: nil, count: rowCount)
    leftOutMargins = margins
    pulls = Array(repeating: 0, count: rowCount)
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
    let judged = parallelMap(
      count: min(parts.count - first, 4 * jobs), jobs: jobs, scratch: { () }
    ) { [parts, head] index, _ in
      let copies = groups.copies[parts[first + index]]
      let rows = (copies.first?.lowerBound ?? 0)..<(copies.last?.upperBound ?? 0)
      return (rows, LeaveOneOut(design, rows: rows, copies: copies, head: head))
    }
    for (rows, part) in judged {
      for (index, row) in rows.enumerated() {
        margins[fileRows[row]] = part.margins[index]
        leftOutMargins[fileRows[row]] = part.leftOutMargins[index]
        pulls[fileRows[row]] = part.pulls[index]
        if let pull = part.groupPulls[index] { groupPulls[fileRows[row]] = pull }
      }
    }
    nextPart += judged.count
    return nextPart == parts.count
  }

  /// The margins by design row, once all are judged.
  var marginsInOrder: (margins: [Double], leftOutMargins: [Double]) {
    (fileRows.map { margins[$0] ?? 0 }, fileRows.map { leftOutMargins[$0] ?? 0 })
  }

  /// The result, once all are judged.
  func result(
    settings: ScanSettings, reasons: [UnscoredReason?], findings: [RowFindings],
    annotators: [String?], quality: HeadQuality, space: FeatureSpace, setting: HeadSetting
  ) -> ScanResult {
    let offsets = AnnotatorReliability.offsets(
      annotators: annotators, leftOutMargins: leftOutMargins)
    var others: [SignalID: [Double?]] = [:]
    var judged = leftOutMargins
    if !offsets.isEmpty {
      others[.annotator] = offsets
      for row in judged.indices { judged[row] = judged[row].map { $0 + (offsets[row] ?? 0) } }
    }
    return ScanResult(
      settings: settings, unscoredReasons: reasons, findings: findings, margins: margins,
      leftOutMargins: judged, others: others, quality: quality,
      head: FittedHead(
        space: space, model: head, setting: setting, pulls: pulls, groupPulls: groupPulls))
  }
}
