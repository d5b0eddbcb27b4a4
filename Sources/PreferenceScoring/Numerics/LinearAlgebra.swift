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
    requireRows(of: x, rows, columns: columns)
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

  /// The eigenvectors of a symmetric matrix, of which the upper triangle counts, one a row by rising
  /// eigenvalue.
  /// - Complexity: O(size^3).
  static func eigenvectors(of matrix: [Double], size: Int) -> [Double] {
    require(matrix, holds: size * size)
    guard size > 0 else { return [] }
    oneThread
    var vectors = matrix
    var values = [Double](repeating: 0, count: size)
    let status = unsafe cla_eigenvectors(Int32(size), &vectors, &values)
    precondition(status == 0, "a finite symmetric matrix has eigenvectors, got status \(status)")
    return vectors
  }

  /// Calls `weigh` with the products of the rows `rows` of `x` with the few vectors `y`, one after the
  /// other, lets it replace each product by a weight, and adds to `sums` the sums of the rows under
  /// these weights, one a vector.
  static func addWeightedSums(
    of x: [Float], rows: Range<Int>, with y: [Float], columns: Int, to sums: inout [Double],
    weigh: (inout [Float]) -> Void
  ) {
    requireRows(of: x, rows, columns: columns)
    require(sums, holds: y.count)
    let count = y.count / columns
    var values = [Float](repeating: 0, count: rows.count * count)
    var part = [Float](repeating: 0, count: y.count)
    guard !rows.isEmpty, count > 0 else { return }
    oneThread
    unsafe x.withUnsafeBufferPointer { x in
      guard let first = x.baseAddress else { return }
      let start = unsafe first + rows.lowerBound * columns
      unsafe cla_few_products_single(
        Int32(rows.count), Int32(columns), Int32(count), start, y, &values)
      weigh(&values)
      unsafe cla_few_weighted_sums_single(
        Int32(rows.count), Int32(columns), Int32(count), values, start, &part)
    }
    for index in sums.indices { sums[index] += Double(part[index]) }
  }

  /// gram += x' x for the rows `rows` of `x`.
  static func addGram(of x: [Float], rows: Range<Int>, columns: Int, to gram: inout [Float]) {
    requireRows(of: x, rows, columns: columns)
    require(gram, holds: columns * columns)
    guard !rows.isEmpty, columns > 0 else { return }
    oneThread
    unsafe x.withUnsafeBufferPointer { x in
      guard let first = x.baseAddress else { return }
      unsafe cla_add_gram_single(
        Int32(rows.count), Int32(columns), first + rows.lowerBound * columns, &gram)
    }
  }

  /// The values `unit` * `units`.
  static func widened(_ units: ArraySlice<Int16>, unit: Double) -> [Double] {
    unsafe [Double](unsafeUninitializedCapacity: units.count) { out, count in
      count = units.count
      unsafe units.withUnsafeBufferPointer { units in
        guard let from = units.baseAddress, let to = out.baseAddress else { return }
        unsafe cla_widen(units.count, from, unit, to)
      }
    }
  }

  /// The same in single precision, into `values`, whose memory is kept.
  static func widen(_ units: ArraySlice<Int16>, unit: Float, into values: inout [Float]) {
    if values.count != units.count { values = Array(repeating: 0, count: units.count) }
    unsafe units.withUnsafeBufferPointer { units in
      guard let from = units.baseAddress else { return }
      unsafe cla_widen_single(units.count, from, unit, &values)
    }
  }

  private static func requireRows(of x: [Float], _ rows: Range<Int>, columns: Int) {
    precondition(
      rows.upperBound * columns <= x.count,
      "rows to \(rows.upperBound) of \(columns) columns do not fit in \(x.count) values")
  }

  fileprivate static func require<Value>(_ values: [Value], holds count: Int) {
    precondition(values.count == count, "expected \(count) values, got \(values.count)")
  }
}

/// The inverse of a symmetric positive definite matrix in single precision: good enough for a
/// direction of descent, at half the price of `CholeskyFactor`.
struct ApproximateInverse: Sendable {
  private let size: Int
  private let factor: [Float]

  /// The inverse of `matrix`, of which the upper triangle counts. Where rounding has made it indefinite,
  /// its diagonal is raised until it is not.
  /// - Precondition: The diagonal is positive.
  /// - Complexity: O(size^3 / 3).
  init(of matrix: [Float], size: Int) {
    LinearAlgebra.require(matrix, holds: size * size)
    self.size = size
    var raise: Float = 0
    while true {
      var factor = matrix
      for index in 0..<size { factor[index * (size + 1)] *= 1 + raise }
      if unsafe cla_factorise_single(Int32(size), &factor) == 0 {
        self.factor = factor
        return
      }
      raise = max(1e-6, 10 * raise)
    }
  }

  /// About A^-1 `vector`.
  func callAsFunction(_ vector: [Double]) -> [Double] {
    LinearAlgebra.require(vector, holds: size)
    // Gradients end far below what single precision tells from 0: the length is put back after.
    let length = vector.reduce(0) { max($0, abs($1)) }
    guard length > 0 else { return vector }
    var solved = vector.map { Float($0 / length) }
    unsafe cla_solve_single(Int32(size), factor, 1, &solved)
    return solved.map { Double($0) * length }
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

  /// The diagonal of L.
  var diagonal: [Double] { (0..<size).map { values[$0 * size + $0] } }

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
