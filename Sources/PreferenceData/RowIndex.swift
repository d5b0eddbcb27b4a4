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
  private var positions: [RowID: Int] = [:]
  private var copies: [PairID: Int] = [:]

  public init() {}

  public var rowCount: Int { ids.count }
  public var pairCount: Int { ids.count - problems.count }

  /// Takes in the next row of the file.
  /// - Complexity: O(length of the row's texts), O(1) beside the hash.
  public mutating func append(_ row: Result<PreferenceRow, RowProblem>) {
    switch row {
    case .success(let row):
      let pair = row.pairID
      let id = RowID(pair: pair, occurrence: copies[pair, default: 0])
      copies[pair, default: 0] += 1
      positions[id] = ids.count
      ids.append(id)
      for defect in row.defects { defectCounts[defect, default: 0] += 1 }
    case .failure(let problem):
      problems.append(problem)
      ids.append(nil)
    }
  }

  /// The position of the row with this identity, or nil where the data set has it no more.
  public func position(of id: RowID) -> Int? { positions[id] }

  /// The positions of all rows with this pair, in file order.
  public func positions(of pair: PairID) -> [Int] {
    (0..<(copies[pair] ?? 0)).compactMap { positions[RowID(pair: pair, occurrence: $0)] }
  }
}

extension RowIndex {
  /// How many rows hold a pair that a row before them holds too.
  public var copyCount: Int {
    ids.count { $0.map { $0.occurrence > 0 } ?? false }
  }
}
