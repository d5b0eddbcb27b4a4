/// A run of columns that are weighed together.
public enum BlockID: String, CaseIterable, Sendable {
  /// The style features (`StyleFeature`).
  case style
  /// The sketched words (`WordSketch`).
  case words
  /// The responses that recur (`RecurringTexts`).
  case items
  /// The style features once more for each group of rows (`GroupStyle`).
  case groups
}

/// Where a block stands in a row of features, and how long its rows are.
struct FeatureBlock: Sendable, Equatable {
  let id: BlockID
  let columns: Range<Int>
  /// The mean over the pairs of the squared length of this block's part of a row; 0 where no pair
  /// has anything in it.
  var meanSquaredNorm: Double
}

/// The features of all pairs, one row a pair: phi(chosen) - phi(rejected), in the order in which the
/// folds follow each other.
///
/// Columns are as their blocks make them. The scale and weight of a block act through its penalty
/// (`HeadSetting`), which comes to the same.
struct DesignMatrix: Sendable {
  let columnCount: Int
  /// All rows as the file labels them, one after the other, whatever `relabelled` says.
  private(set) var values: [Float] = []
  /// By row: 1 as the file labels it, -1 with its label exchanged, 0 left out; nil = all as in the
  /// file.
  private(set) var signs: [Float]?

  var rowCount: Int { values.count / columnCount }

  /// - Parameters:
  ///   - columnCount: How many columns it has.
  ///   - rowCount: How many rows are going to be added: a large design is not moved as it grows.
  init(columnCount: Int, reserving rowCount: Int = 0) {
    precondition(columnCount > 0, "a design needs a column, got \(columnCount)")
    self.columnCount = columnCount
    values.reserveCapacity(rowCount * columnCount)
  }

  mutating func append(_ rows: [Float]) {
    precondition(
      rows.count.isMultiple(of: columnCount),
      "\(rows.count) values are no rows of \(columnCount)")
    values += rows
  }

  func row(_ index: Int) -> ArraySlice<Float> {
    let row = values[index * columnCount..<(index + 1) * columnCount]
    guard let sign = signs?[index], sign != 1 else { return row }
    return ArraySlice(row.map { sign * $0 })
  }

  /// The rows `rows` in double precision.
  func rows(_ rows: Range<Int>) -> [Double] {
    let start = rows.lowerBound * columnCount
    var found = values[start..<rows.upperBound * columnCount].map(Double.init)
    guard let signs else { return found }
    for row in rows where signs[row] != 1 {
      let first = row * columnCount - start
      for index in first..<first + columnCount { found[index] *= Double(signs[row]) }
    }
    return found
  }

  func sign(of row: Int) -> Float { signs?[row] ?? 1 }

  /// The same pairs with other labels (`signs`); the values are shared, not copied.
  ///
  /// A row that is left out is all 0: it adds nothing to a gradient or a Hessian.
  func relabelled(_ signs: [Float]?) -> DesignMatrix {
    precondition(
      signs?.count ?? rowCount == rowCount, "\(signs?.count ?? 0) signs, \(rowCount) rows")
    var design = self
    design.signs = signs
    return design
  }

  /// The mean squared length of the part of each row that stands in `columns`.
  func meanSquaredNorm(of columns: Range<Int>) -> Double {
    guard rowCount > 0 else { return 0 }
    var sum = 0.0
    for row in 0..<rowCount {
      for column in columns {
        let value = Double(values[row * columnCount + column])
        sum += value * value
      }
    }
    return sum / Double(rowCount)
  }
}
