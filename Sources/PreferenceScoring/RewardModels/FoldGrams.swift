/// x'x over the rows of each fold: what one pass over the design gives to every ridge and weight.
struct FoldGrams: Sendable {
  private(set) var grams: [[Double]]
  private let columnCount: Int
  private var nextRow = 0

  init(foldCount: Int, columnCount: Int) {
    self.columnCount = columnCount
    grams = Array(
      repeating: Array(repeating: 0, count: columnCount * columnCount), count: foldCount)
  }

  /// Adds the next `rowLimit` rows of `design`; whether all are in.
  mutating func add(rowLimit: Int, of design: DesignMatrix, folds: [Range<Int>]) -> Bool {
    let stop = min(nextRow + rowLimit, folds.last?.upperBound ?? 0)
    for (fold, rows) in folds.enumerated() {
      var row = max(nextRow, rows.lowerBound)
      let end = min(stop, rows.upperBound)
      while row < end {
        let part = row..<min(row + 1024, end)
        LinearAlgebra.addGram(
          of: design.rows(part), rows: part.count, columns: columnCount, to: &grams[fold])
        row = part.upperBound
      }
    }
    nextRow = stop
    return stop == folds.last?.upperBound
  }

  /// The sum over all folds but `fold`, in the order of the folds.
  func sum(without fold: Int) -> [Double] {
    var sum = [Double](repeating: 0, count: columnCount * columnCount)
    for (other, gram) in grams.enumerated() where other != fold {
      for index in sum.indices { sum[index] += gram[index] }
    }
    return sum
  }
}
