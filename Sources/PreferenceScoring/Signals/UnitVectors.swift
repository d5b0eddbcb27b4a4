/// Vectors of length 1, or 0 where there is nothing to point at, which are made when they are looked at.
protocol UnitVectors: Sendable {
  /// How many numbers a vector has.
  var width: Int { get }

  /// Adds the numbers of vector `number` to `rows`.
  func append(_ number: Int, to rows: inout [Float])
}
