import CLinearAlgebra

/// Dense linear algebra over whole arrays: the one file that calls the C library.
///
/// Matrices are row-major; symmetric ones are kept in their upper triangle. Each call runs on the
/// calling thread, so that results do not depend on how many threads there are.
enum LinearAlgebra {
  private static let oneThread: Void = cla_use_one_thread()

  /// gram += x' x, where `x` has `rows` rows as long as `gram` has columns.
  static func addGram(of x: [Double], rows: Int, columns: Int, to gram: inout [Double]) {
    require(x, holds: rows * columns)
    require(gram, holds: columns * columns)
    guard rows > 0, columns > 0 else { return }
    oneThread
    unsafe cla_add_gram(Int32(rows), Int32(columns), x, &gram)
  }

  /// x y': the products of each of the `rows` rows of `x` with each of the `count` rows of `y`.
  static func products(
    of x: [Double], rows: Int, with y: [Double], count: Int, columns: Int
  ) -> [Double] {
    require(x, holds: rows * columns)
    require(y, holds: count * columns)
    var out = [Double](repeating: 0, count: rows * count)
    guard rows > 0, count > 0, columns > 0 else { return out }
    oneThread
    unsafe cla_products(Int32(rows), Int32(columns), Int32(count), x, y, &out)
    return out
  }

  /// x y' in single precision: the products of each of the rows `rows` of `x` with each of the
  /// `count` rows of `y`.
  static func products(
    of x: [Float], rows: Range<Int>, with y: [Float], count: Int, columns: Int
  ) -> [Float] {
    precondition(
      rows.upperBound * columns <= x.count,
      "rows to \(rows.upperBound) of \(columns) columns do not fit in \(x.count) values")
    require(y, holds: count * columns)
    var out = [Float](repeating: 0, count: rows.count * count)
    guard !rows.isEmpty, count > 0, columns > 0 else { return out }
    oneThread
    unsafe x.withUnsafeBufferPointer { x in
      guard let first = x.baseAddress else { return }
      unsafe cla_products_single(
        Int32(rows.count), Int32(columns), Int32(count), first + rows.lowerBound * columns, y,
        &out)
    }
    return out
  }

  /// weights' x: for each of the `count` columns of `weights`, the weighted sum of the rows of `x`.
  static func weightedSums(
    of x: [Double], rows: Int, weights: [Double], count: Int, columns: Int
  ) -> [Double] {
    require(x, holds: rows * columns)
    require(weights, holds: rows * count)
    var out = [Double](repeating: 0, count: count * columns)
    guard rows > 0, count > 0, columns > 0 else { return out }
    oneThread
    unsafe cla_weighted_sums(Int32(rows), Int32(columns), Int32(count), weights, x, &out)
    return out
  }

  /// Calls `body` with the products of the rows `rows` of `x` (single precision) with `y`, lets it
  /// replace each by a weight, and returns the sums of the rows under these weights.
  static func weightedSums(
    of x: [Float], rows: Range<Int>, with y: [Float], count: Int, columns: Int,
    weigh: (inout [Float]) -> Void
  ) -> [Float] {
    precondition(
      rows.upperBound * columns <= x.count,
      "rows to \(rows.upperBound) of \(columns) columns do not fit in \(x.count) values")
    require(y, holds: count * columns)
    var values = [Float](repeating: 0, count: rows.count * count)
    var out = [Float](repeating: 0, count: count * columns)
    guard !rows.isEmpty, count > 0, columns > 0 else { return out }
    oneThread
    unsafe x.withUnsafeBufferPointer { x in
      guard let first = x.baseAddress else { return }
      let start = unsafe first + rows.lowerBound * columns
      unsafe cla_products_single(
        Int32(rows.count), Int32(columns), Int32(count), start, y, &values)
      weigh(&values)
      unsafe cla_weighted_sums_single(
        Int32(rows.count), Int32(columns), Int32(count), values, start, &out)
    }
    return out
  }

  fileprivate static func require<Value>(_ values: [Value], holds count: Int) {
    precondition(values.count == count, "expected \(count) values, got \(values.count)")
  }
}

/// The Cholesky factor L of a symmetric positive definite matrix: A = L L'.
struct CholeskyFactor: Sendable, Equatable {
  let size: Int
  /// The transpose of L, row-major, in the upper triangle; 0 below it.
  private let values: [Double]

  /// The factor of `matrix`, or nil where it is not positive definite.
  /// - Complexity: O(size^3 / 3).
  init?(of matrix: [Double], size: Int) {
    LinearAlgebra.require(matrix, holds: size * size)
    var values = matrix
    guard size > 0, unsafe cla_factorise(Int32(size), &values) == 0 else { return nil }
    for row in 1..<Swift.max(size, 1) {
      for column in 0..<row { values[row * size + column] = 0 }
    }
    self.size = size
    self.values = values
  }

  /// The factor whose `upperTriangle` was this, or nil where it has not that many values or a
  /// diagonal that no factor has.
  init?(upperTriangle: [Double], size: Int) {
    guard size > 0, upperTriangle.count == size * (size + 1) / 2 else { return nil }
    var values = [Double](repeating: 0, count: size * size)
    var next = 0
    for row in 0..<size {
      guard upperTriangle[next] > 0 else { return nil }
      for column in row..<size {
        values[row * size + column] = upperTriangle[next]
        next += 1
      }
    }
    self.size = size
    self.values = values
  }

  /// The transpose of L, row by row from the diagonal on.
  var upperTriangle: [Double] {
    (0..<size).flatMap { values[$0 * size + $0..<($0 + 1) * size] }
  }

  /// A in its upper triangle.
  /// - Complexity: O(size^3).
  var matrix: [Double] {
    var matrix = [Double](repeating: 0, count: size * size)
    LinearAlgebra.addGram(of: values, rows: size, columns: size, to: &matrix)
    return matrix
  }

  /// A^-1 b for each row b of `vectors`.
  /// - Complexity: O(rows * size^2).
  func solve(_ vectors: [Double]) -> [Double] {
    var solved = vectors
    let count = rowCount(of: vectors)
    if count > 0 { unsafe cla_solve(Int32(size), values, Int32(count), &solved) }
    return solved
  }

  /// L^-1 b for each row b of `vectors`: inner products of the results are b' A^-1 c.
  /// - Complexity: O(rows * size^2 / 2).
  func whiten(_ vectors: [Double]) -> [Double] {
    var whitened = vectors
    let count = rowCount(of: vectors)
    if count > 0 { unsafe cla_whiten(Int32(size), values, Int32(count), &whitened) }
    return whitened
  }

  private func rowCount(of vectors: [Double]) -> Int {
    precondition(
      vectors.count.isMultiple(of: size), "\(vectors.count) values are no rows of \(size)")
    return vectors.count / size
  }
}
