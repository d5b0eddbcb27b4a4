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
  /// By design row, what the signals are told of it besides its features.
  let keys: [PairKeys]
  let chosenPlaces: [UInt8]
  let prompts: PromptSketches
  let promptQualities: SignalValues
  let votes: VoteTable
  /// By row of the file, why it is no pair.
  let reasons: [UnscoredReason?]
  /// By row of the file, what it shows without any model.
  let findings: [RowFindings]

  /// Which of the rows are pairs of one ranking.
  let pairList: PairList

  /// What the pairs say of the reward models from elsewhere.
  let rewardCheck: RewardCheck
  /// By design row, one place a reward model.
  private let rewardDifferences: [Double?]
  private let chosenRewards: [Double?]
  private let ratings: [Double?]
  private let likeness: [Float]

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
    keys = building.keys
    chosenPlaces = building.chosenPlaces
    prompts = building.prompts
    promptQualities = building.promptQualities
    votes = building.votes
    rewardDifferences = building.rewardDifferences
    chosenRewards = building.chosenRewards
    ratings = building.ratings
    likeness = building.likeness
    rewardCheck = RewardCheck(
      rewards, differences: rewardDifferences, scales: space.rewards, groups: groups)
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
      differences: rewardDifferences, chosenRewards: chosenRewards, ratings: ratings,
      likeness: likeness)
    for (row, sign) in (signs ?? []).enumerated() where sign != 1 {
      for place in row * count..<(row + 1) * count {
        let difference = rewardDifferences[place]
        columns.differences[place] = sign == 0 ? nil : difference.map { -$0 }
        // What is called rejected now was chosen before.
        columns.chosenRewards[place] =
          sign == 0 ? nil : difference.flatMap { gap in chosenRewards[place].map { $0 - gap } }
      }
      columns.ratings[row] = sign == 0 ? nil : ratings[row].map { -$0 }
    }
    return columns
  }

  /// By design row, what the signals are told of the sides besides their features.
  func keys(under signs: [Float]?) -> [PairKeys] {
    var keys = keys
    for (row, sign) in (signs ?? []).enumerated() where sign == -1 {
      (keys[row].chosen, keys[row].rejected) = (keys[row].rejected, keys[row].chosen)
    }
    return keys
  }

  /// By design row, the place in its row of the side that the label prefers.
  func chosenPlaces(under signs: [Float]?) -> [UInt8] {
    var places = chosenPlaces
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
        values[fileRow] = rewardDifferences[row * count + position]
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

/// Which name each row of a file has, in four bytes a row.
struct NamedRows: Sendable {
  /// In the order in which they first appear.
  private(set) var names: [String] = []
  private var numbers: [Int32] = []

  init(_ rows: [String?]) {
    var known: [String: Int32] = [:]
    numbers.reserveCapacity(rows.count)
    for name in rows {
      guard let name else {
        numbers.append(-1)
        continue
      }
      let number = known[name] ?? Int32(names.count)
      if Int(number) == names.count {
        known[name] = number
        names.append(name)
      }
      numbers.append(number)
    }
  }

  /// The number in `names` of the name of row `index`, or nil where it has none.
  func number(at index: Int) -> Int? { numbers[index] < 0 ? nil : Int(numbers[index]) }

  var isEmpty: Bool { names.isEmpty }

  /// By row, its number in `names`.
  var all: [Int?] { numbers.map { $0 < 0 ? nil : Int($0) } }
}
