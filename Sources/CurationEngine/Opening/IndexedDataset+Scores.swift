public import DatasetFiles
public import PreferenceData
public import PreferenceScoring

/// What score files say of the rows of a data set.
struct RowScores: Sendable {
  /// The reward models, file by file.
  private(set) var rewards: [ExternalReward] = []
  /// What the result of a scan depends on besides the data set, file by file.
  private(set) var identities: [String] = []
  /// By row and reward model, the numbers of the first and the second side.
  private var values: [Double?] = []
  /// The same of the rows with more sides, by side; those that no file knows are left out.
  private var ofRankings: [Int: [[Double?]]] = [:]

  /// Adds what `file` says: `said` gives the numbers of a row by side and reward model.
  mutating func add(_ file: ScoreFile, rowCount: Int, said: (Int) -> [[Double?]]) {
    let (old, more) = (rewards.count, file.table.rewards.count)
    var joined: [Double?] = []
    joined.reserveCapacity(2 * rowCount * (old + more))
    for row in 0..<rowCount {
      joined += values[2 * row * old..<2 * (row + 1) * old]
      let sides = said(row)
      for position in 0..<more {
        joined += sides.count == 2 ? sides.map { $0[position] } : [nil, nil]
      }
      if sides.count > 2 {
        let known = ofRankings[row] ?? Array(repeating: [], count: sides.count)
        ofRankings[row] = zip(known, sides).map { Self.padded($0, to: old) + $1 }
      }
    }
    values = joined
    rewards += file.table.rewards
    identities.append(file.identity)
  }

  /// Adds to the sides of the row at `position` what the files say of them.
  func add(to row: inout PreferenceRow, at position: Int) {
    guard !rewards.isEmpty else { return }
    guard row.sides.count == 2 else {
      guard let said = ofRankings[position], said.count == row.sides.count else { return }
      for side in row.sides.indices {
        row.sides[side].rewards += Self.padded(said[side], to: rewards.count)
      }
      return
    }
    for number in rewards.indices {
      let place = 2 * (position * rewards.count + number)
      row.sides[0].rewards.append(values[place])
      row.sides[1].rewards.append(values[place + 1])
    }
  }

  private static func padded(_ numbers: [Double?], to count: Int) -> [Double?] {
    numbers + Array(repeating: nil, count: max(0, count - numbers.count))
  }
}

/// How a score file and a data set found each other.
public struct ScoreMatch: Hashable, Sendable {
  /// The file's name.
  public var name: String
  /// How many rows of the data set have a line, and how many have none.
  public var matchedRows = 0
  public var rowsWithoutLine = 0
  /// How many of the rows with a line get no number from it for at least one of its reward models.
  public var silentRows = 0
  /// How many lines have the key of no row.
  public var linesWithoutRow = 0
  /// How many lines are no JSON object, or have no key.
  public var unreadableLines = 0
}

extension IndexedDataset: PairSource {
  public var rowCount: Int { dataset.rowCount }

  public var rewards: [ExternalReward] { dataset.rewards + scores.rewards }

  /// What identifies each score file whose numbers the rows carry.
  public var scoreIdentities: [String] { scores.identities }

  /// The row at `index` with what score files say of its sides.
  public func row(at index: Int) -> Result<PreferenceRow, RowProblem> {
    dataset.row(at: index).map { row in
      var row = row
      scores.add(to: &row, at: index)
      return row
    }
  }

  /// The data set with what `file` says of its rows.
  ///
  /// - Throws: Why it says nothing.
  /// - Complexity: Reads every row once.
  public func scored(
    by file: ScoreFile
  ) throws(ScoreProblem) -> (scored: IndexedDataset, match: ScoreMatch) {
    let table = file.table
    var match = ScoreMatch(name: file.name, unreadableLines: table.unreadableCount)
    var found: Set<String> = []
    var repeatedRows = 0
    var matchedLines = 0
    var scores = scores
    scores.add(file, rowCount: rowCount) { position in
      guard case .success(let row) = dataset.row(at: position),
        let key = text(of: table.key, at: position, row)
      else { return [] }
      let lines = table.lines(under: key)
      guard !lines.isEmpty else {
        match.rowsWithoutLine += 1
        return []
      }
      match.matchedRows += 1
      if found.insert(key).inserted {
        matchedLines += lines.count
      } else {
        repeatedRows += 1
      }
      let values = table.values(of: row, from: lines)
      if values.contains(where: { $0.contains(nil) }) { match.silentRows += 1 }
      return values
    }
    guard match.matchedRows > 0 else {
      throw .noRowMatches(table.key, lines: table.lineCount)
    }
    guard repeatedRows == 0 || table.tellsRowsApart else {
      throw .repeatedRows(table.key, count: repeatedRows)
    }
    match.linesWithoutRow = table.lineCount - matchedLines
    return (IndexedDataset(dataset: dataset, index: index, scores: scores), match)
  }

  private func text(of key: ScoreKey, at position: Int, _ row: PreferenceRow) -> String? {
    switch key {
    case .row: String(position)
    case .id: row.fileID ?? index.ids[position]?.description
    case .field:
      if case .success(let document) = dataset.document(position) {
        key.text(in: document.root)
      } else {
        nil
      }
    }
  }
}
