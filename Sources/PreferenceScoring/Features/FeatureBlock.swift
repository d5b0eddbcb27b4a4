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
  /// What reward models and judges from elsewhere say (`RewardScales`).
  case rewards
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
/// (`HeadSetting`), which comes to the same. Every value is a multiple of `unit`, kept in two bytes:
/// the design is most of what a scan holds in memory, and features say nothing to more digits.
///
/// - Range: [-8, 8); what is beyond is cut.
struct DesignMatrix: Sendable {
  /// What the values are multiples of.
  static let unit = 0x1p-12

  let columnCount: Int
  /// All rows as the file labels them, one after the other, in units.
  private(set) var units: [Int16] = []
  /// By row: 1 as the file labels it, -1 with its label exchanged, 0 left out; nil = all as in the
  /// file.
  private(set) var signs: [Float]?

  var rowCount: Int { units.count / columnCount }

  /// - Parameters:
  ///   - columnCount: How many columns it has.
  ///   - rowCount: How many rows are going to be added: a large design is not moved as it grows.
  init(columnCount: Int, reserving rowCount: Int = 0) {
    precondition(columnCount > 0, "a design needs a column, got \(columnCount)")
    self.columnCount = columnCount
    units.reserveCapacity(rowCount * columnCount)
  }

  /// The multiple of `unit` that is nearest to `value`, of two the even one.
  ///
  /// The sum has no digits below the unit. (`rounded()` is a call where the processor is not known.)
  static func nearest(_ value: Double) -> Double {
    let shift = 0x1.8p52 * unit
    return value + shift - shift
  }

  /// `values` in units.
  static func inUnits(_ values: [Float]) -> [Int16] {
    values.map { value in
      let units = max(-32768, min(32767, value / Float(unit)))
      // The low digits of the sum are the nearest whole number, negative ones as Int16 has them.
      return Int16(truncatingIfNeeded: (units + 0x1.8p23).bitPattern)
    }
  }

  mutating func append(_ rows: [Float]) { append(inUnits: Self.inUnits(rows)) }

  mutating func append(inUnits rows: [Int16]) {
    precondition(
      rows.count.isMultiple(of: columnCount),
      "\(rows.count) values are no rows of \(columnCount)")
    units += rows
  }

  private func unitsOf(_ rows: Range<Int>) -> ArraySlice<Int16> {
    units[rows.lowerBound * columnCount..<rows.upperBound * columnCount]
  }

  func row(_ index: Int) -> [Float] {
    let factor = (signs?[index] ?? 1) * Float(Self.unit)
    return unitsOf(index..<index + 1).map { factor * Float($0) }
  }

  /// The rows `rows` in double precision.
  func rows(_ rows: Range<Int>) -> [Double] {
    var found = LinearAlgebra.widened(unitsOf(rows), unit: Self.unit)
    guard let signs else { return found }
    for row in rows where signs[row] != 1 {
      let first = (row - rows.lowerBound) * columnCount
      for index in first..<first + columnCount { found[index] *= Double(signs[row]) }
    }
    return found
  }

  /// The rows `rows` as the file labels them, whatever `relabelled` says.
  func asInFile(_ rows: Range<Int>) -> [Float] {
    var values: [Float] = []
    readAsInFile(rows, into: &values)
    return values
  }

  /// The same, into `values`, whose memory is kept.
  func readAsInFile(_ rows: Range<Int>, into values: inout [Float]) {
    LinearAlgebra.widen(unitsOf(rows), unit: Float(Self.unit), into: &values)
  }

  /// The rows `rows`, in this order, into `values`, whose memory is kept.
  func gather(_ rows: some Collection<Int>, into values: inout [Float]) {
    var gathered: [Int16] = []
    gathered.reserveCapacity(rows.count * columnCount)
    for row in rows { gathered += unitsOf(row..<row + 1) }
    LinearAlgebra.widen(gathered[...], unit: Float(Self.unit), into: &values)
    guard let signs else { return }
    for (place, row) in rows.enumerated() where signs[row] != 1 {
      for index in place * columnCount..<(place + 1) * columnCount { values[index] *= signs[row] }
    }
  }

  /// The products of each of the rows `rows`, or of all, with each of the `count` vectors of
  /// `directions`.
  func products(
    of rows: Range<Int>? = nil, with directions: [Double], count: Int = 1
  ) -> [Double] {
    let rows = rows ?? 0..<rowCount
    return stride(from: rows.lowerBound, to: rows.upperBound, by: 1024).flatMap { start in
      let part = start..<min(start + 1024, rows.upperBound)
      return LinearAlgebra.products(
        of: self.rows(part), rows: part.count, with: directions, count: count, columns: columnCount)
    }
  }

  /// The value in `column` of row `index` as the file labels it.
  func valueInFile(_ index: Int, column: Int) -> Float {
    Float(Self.unit) * Float(units[index * columnCount + column])
  }

  /// The same as `relabelled` labels it.
  func value(_ index: Int, column: Int) -> Float {
    sign(of: index) * valueInFile(index, column: column)
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
    // Sums of whole numbers: exact, in whatever order.
    var sum: Int64 = 0
    for row in 0..<rowCount {
      for value in units[
        row * columnCount + columns.lowerBound..<row * columnCount + columns.upperBound]
      {
        sum += Int64(value) * Int64(value)
      }
    }
    return Double(sum) * Self.unit * Self.unit / Double(rowCount)
  }
}
