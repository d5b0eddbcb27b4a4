public import DatasetFiles
public import PreferenceData
public import PreferenceScoring

extension Dataset: PairSource {
  public var rewards: [ExternalReward] { columns.externalRewards }
}

extension Dataset: SearchableRows {
  public func readBytes(of rows: ArraySlice<Int>, _ body: (Int, Span<UInt8>) -> Void) -> Bool {
    do {
      try visitBytes(of: rows, body)
      return true
    } catch {
      // Read one by one the rows say themselves what is wrong with them.
      return false
    }
  }
}

/// A data set whose rows are known one by one.
public struct IndexedDataset: Sendable {
  public let dataset: Dataset
  public let index: RowIndex
  /// The pairs of the rows as a scan takes them.
  public let scannedPairs: PairList
  /// What score files say of the rows.
  let scores: RowScores

  public init(dataset: Dataset, index: RowIndex) {
    self.init(dataset: dataset, index: index, scores: RowScores())
  }

  init(dataset: Dataset, index: RowIndex, scores: RowScores) {
    self.dataset = dataset
    self.index = index
    self.scores = scores
    scannedPairs = index.pairs.limited()
  }

  /// The data set with the identities of all its rows; nil where the work was ended.
  ///
  /// - Parameters:
  ///   - dataset: The data set.
  ///   - jobs: How many threads read rows.
  ///   - observe: Told the share that is done, about every thousand rows; false ends the work.
  /// - Complexity: Reads and hashes every row once.
  public init?(
    _ dataset: Dataset, jobs: Int = 1, observe: (Double) -> Bool = { _ in true }
  ) {
    guard let index = RowIndex(of: dataset, jobs: jobs, observe: observe) else { return nil }
    self.init(dataset: dataset, index: index)
  }

  /// What a scan reads: the rows, and of a ranking its pairs.
  public var scanSource: any PairSource {
    scannedPairs.isPlain ? self : PairsOfRankings(self, pairs: scannedPairs)
  }

  /// The name of a row as files and commands use it: the file's own identifier where it has one,
  /// else the row's identity; the position of a row that cannot be read.
  public func name(of position: Int) -> String {
    if case .success(let row) = dataset.row(at: position), let fileID = row.fileID { return fileID }
    return index.ids[position]?.description ?? "row:\(position)"
  }

  /// How many decisions that stand have lost their row.
  public func lostCount(in ledger: ReviewLedger) -> Int {
    ledger.decidedRows.filter { index.position(of: $0) == nil }
      .reduce(0) { $0 + ledger.standing(on: $1).count }
  }

  /// Which row somebody means.
  public enum Lookup: Hashable, Sendable {
    case found(Int)
    case unknown
    /// Several rows could be meant: the first few of them.
    case ambiguous([Int])
  }

  /// The row that `text` names: `row:N` (from 0), a row identity or its beginning (four digits or
  /// more), or the file's own identifier.
  ///
  /// - Complexity: Reads every row where the file's own identifiers have to be looked through.
  public func position(named text: String) -> Lookup {
    if text.hasPrefix("row:"), let number = Int(text.dropFirst(4)) {
      return index.ids.indices.contains(number) ? .found(number) : .unknown
    }
    if let id = RowID(text), let position = index.position(of: id) { return .found(position) }
    let own = index.ids.indices.filter { position in
      guard case .success(let row) = dataset.row(at: position) else { return false }
      return row.fileID == text
    }
    if !own.isEmpty { return Self.lookup(own) }
    guard text.count >= 4 else { return .unknown }
    return Self.lookup(
      index.ids.indices.filter { index.ids[$0]?.description.hasPrefix(text) == true })
  }

  private static func lookup(_ positions: [Int]) -> Lookup {
    switch positions.count {
    case 0: .unknown
    case 1: .found(positions[0])
    default: .ambiguous(Array(positions.prefix(5)))
    }
  }
}
