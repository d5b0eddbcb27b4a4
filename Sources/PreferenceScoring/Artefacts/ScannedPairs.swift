import PreferenceData

/// The pairs of a data set as every later part of a scan shares them: they do not change any more.
struct ScannedPairs: Sendable {
  let settings: ScanSettings
  let design: DesignMatrix
  let space: FeatureSpace
  let groups: PairGroups
  /// The row of the file of each design row.
  let fileRows: [Int]
  /// By row of the file, its design row, or -1.
  let designRows: [Int32]
  /// By row of the file, who labelled it and where it is from, as far as that is known.
  let annotators: NamedRows
  let sources: NamedRows
  /// By design row.
  let attributes: PairAttributes
  let votes: VoteTable
  /// By row of the file, why it is no pair.
  let reasons: [UnscoredReason?]
  /// By row of the file, what it shows without any model.
  let findings: [RowFindings]

  /// Which of the rows are pairs of one ranking.
  let pairList: PairList

  /// What the pairs say of the reward models from elsewhere.
  let rewardCheck: RewardCheck

  init(
    _ building: DesignBuilding, reasons: [UnscoredReason?], findings: [RowFindings],
    rewards: [ExternalReward], settings: ScanSettings, pairList: PairList = PairList()
  ) {
    self.pairList = pairList
    self.settings = settings
    self.reasons = reasons
    self.findings = findings
    design = building.design
    space = building.space
    groups = building.groups
    fileRows = building.fileRows
    annotators = building.annotators
    sources = building.sources
    attributes = building.attributes
    votes = building.votes
    rewardCheck = RewardCheck(
      rewards, differences: attributes.rewardDifferences, scales: space.rewards, groups: groups)
    var designRows = [Int32](repeating: -1, count: reasons.count)
    for (row, fileRow) in building.fileRows.enumerated() { designRows[fileRow] = Int32(row) }
    self.designRows = designRows
  }

  /// The design row of row `index` of the file, or nil where that is no pair of the head.
  func designRow(of index: Int) -> Int? {
    guard designRows.indices.contains(index), designRows[index] >= 0 else { return nil }
    return Int(designRows[index])
  }

  /// What the signals of columns are made of, as `signs` label the pairs (`signs(of:)`).
  ///
  /// A row that is left out has nothing in any column.
  func columns(under signs: [Float]?) -> PairColumns {
    let count = rewardCheck.qualities.count
    var columns = PairColumns(
      rewards: rewardCheck.qualities.map { ($0.reward, $0.signal) },
      differences: attributes.rewardDifferences, chosenRewards: attributes.chosenRewards,
      ratings: attributes.ratings, likeness: attributes.likeness)
    for (row, sign) in (signs ?? []).enumerated() where sign != 1 {
      for place in row * count..<(row + 1) * count {
        let difference = attributes.rewardDifferences[place]
        columns.differences[place] = sign == 0 ? nil : difference.map { -$0 }
        // What is called rejected now was chosen before.
        columns.chosenRewards[place] =
          sign == 0
          ? nil
          : difference.flatMap { gap in attributes.chosenRewards[place].map { $0 - gap } }
      }
      columns.ratings[row] = sign == 0 ? nil : attributes.ratings[row].map { -$0 }
    }
    return columns
  }

  /// By design row, what the signals are told of the sides besides their features.
  func keys(under signs: [Float]?) -> [PairKeys] {
    var keys = attributes.keys
    for (row, sign) in (signs ?? []).enumerated() where sign == -1 {
      (keys[row].chosen, keys[row].rejected) = (keys[row].rejected, keys[row].chosen)
    }
    return keys
  }

  /// By design row, the place in its row of the side that the label prefers.
  func chosenPlaces(under signs: [Float]?) -> [UInt8] {
    var places = attributes.chosenPlaces
    for (row, sign) in (signs ?? []).enumerated() where sign == -1 { places[row] = 1 - places[row] }
    return places
  }

  /// By reward model from elsewhere and design row, the log-odds that it alone gives the label.
  func rewardMargins(under signs: [Float]?) -> [[Double]] {
    guard let signs else { return rewardCheck.margins }
    return rewardCheck.margins.map { margins in zip(signs, margins).map { Double($0) * $1 } }
  }

  /// By row of the file, what each reward model from elsewhere says.
  var rewardSignals: [SignalID: SignalValues] {
    var signals: [SignalID: SignalValues] = [:]
    let count = rewardCheck.qualities.count
    for (position, quality) in rewardCheck.qualities.enumerated() {
      var values = SignalValues(nothingOf: reasons.count)
      for (row, fileRow) in fileRows.enumerated() {
        values[fileRow] = attributes.rewardDifferences[row * count + position]
      }
      signals[quality.signal] = values
    }
    return signals
  }

  /// By design row, what `changes` do to its label: see `DesignMatrix.relabelled`.
  func signs(of changes: LabelChanges) -> [Float]? {
    guard !changes.isEmpty else { return nil }
    var signs = [Float](repeating: 1, count: design.rowCount)
    for index in changes.swapped { if let row = designRow(of: index) { signs[row] = -1 } }
    for index in changes.leftOut { if let row = designRow(of: index) { signs[row] = 0 } }
    return signs
  }
}
