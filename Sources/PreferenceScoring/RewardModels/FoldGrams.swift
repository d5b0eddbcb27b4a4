/// x'x over the rows of each fold, in single precision: what one pass over the design gives to every
/// ridge and weight.
struct FoldGrams: Sendable {
  private let folds: [Range<Int>]
  private var grams: [[Float]] = []

  init(folds: [Range<Int>]) { self.folds = folds }

  var isComplete: Bool { grams.count == folds.count }

  private static let rowsAtOnce = 1024

  /// Works out the next folds with `jobs` threads.
  mutating func advance(_ design: DesignMatrix, jobs: Int) {
    let first = grams.count
    let columns = design.columnCount
    grams += parallelMap(
      count: min(folds.count - first, jobs), jobs: jobs, scratch: { () }
    ) { [folds] index, _ in
      var gram = [Float](repeating: 0, count: columns * columns)
      let fold = folds[first + index]
      var x: [Float] = []
      for start in stride(from: fold.lowerBound, to: fold.upperBound, by: Self.rowsAtOnce) {
        let rows = start..<min(start + Self.rowsAtOnce, fold.upperBound)
        design.readAsInFile(rows, into: &x)
        LinearAlgebra.addGram(of: x, rows: 0..<rows.count, columns: columns, to: &gram)
      }
      return gram
    }
  }

  /// The sum over all folds but `fold`, or over all, in the order of the folds.
  func sum(without fold: Int? = nil) -> [Float] {
    var sum = [Float](repeating: 0, count: grams[0].count)
    for (other, gram) in grams.enumerated() where other != fold {
      for index in sum.indices { sum[index] += gram[index] }
    }
    return sum
  }
}
