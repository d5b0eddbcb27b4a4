/// Every pair as a head judges it with the pair and without, by design row (`LeaveOneOut`).
struct JudgedPairs: Sendable {
  var margins: [Double]
  var leftOutMargins: [Double]
  var leverages: [Double]
  var pulls: [Double]
  var groupPulls: [Int: [Double]] = [:]

  /// Nothing judged yet.
  init(rowCount: Int) {
    margins = Array(repeating: 0, count: rowCount)
    leftOutMargins = margins
    leverages = margins
    pulls = margins
  }

  mutating func take(_ part: LeaveOneOut, at rows: Range<Int>) {
    margins.replaceSubrange(rows, with: part.margins)
    leftOutMargins.replaceSubrange(rows, with: part.leftOutMargins)
    leverages.replaceSubrange(rows, with: part.leverages)
    pulls.replaceSubrange(rows, with: part.pulls)
    for row in rows { groupPulls[row] = part.groupPulls[row - rows.lowerBound] }
  }
}

extension ScanResult {
  /// The ranking that follows from what a head says of each pair.
  ///
  /// - Parameters:
  ///   - judged: What it says, by design row, as `changes` label the pairs.
  ///   - head: The head.
  ///   - pairs: The pairs as the file labels them.
  ///   - setting: What the head was fitted with.
  ///   - quality: What was measured out of fold.
  ///   - changes: What decisions do to the labels.
  init(
    _ judged: JudgedPairs, head: BradleyTerryHead, of pairs: ScannedPairs, setting: HeadSetting,
    quality: HeadQuality, changes: LabelChanges
  ) {
    let signs = pairs.signs(of: changes)
    let none = SignalValues(nothingOf: pairs.reasons.count)
    var (margins, leftOutMargins) = (none, none)
    var pulls = [Double](repeating: 0, count: pairs.reasons.count)
    var groupPulls: [Int: [Double]] = [:]
    for (row, index) in pairs.fileRows.enumerated() where signs?[row] != 0 {
      margins[index] = judged.margins[row]
      leftOutMargins[index] = judged.leftOutMargins[row]
      // Of the row as the file labels it, which is what an explanation reads.
      pulls[index] = Double(signs?[row] ?? 1) * judged.pulls[row]
      if let pull = judged.groupPulls[row] { groupPulls[index] = pull }
    }
    let offsets = AnnotatorReliability.offsets(
      annotators: pairs.annotators.all, leftOutMargins: leftOutMargins,
      rankings: pairs.pairList)
    var others: [SignalID: SignalValues] = [:]
    if !offsets.isEmpty {
      others[.annotator] = SignalValues(offsets)
      for row in leftOutMargins.indices {
        leftOutMargins[row] = leftOutMargins[row].map { $0 + (offsets[row] ?? 0) }
      }
    }
    var reasons = pairs.reasons
    for index in changes.leftOut where pairs.designRow(of: index) != nil {
      reasons[index] = .leftOut
    }
    self.init(
      settings: pairs.settings, unscoredReasons: reasons, findings: pairs.findings,
      margins: margins,
      leftOutMargins: leftOutMargins, others: others, quality: quality,
      head: FittedHead(
        space: pairs.space, model: head, setting: setting, pulls: pulls, groupPulls: groupPulls),
      changes: changes)
  }
}
