/// The weights of a `HiddenLayerHead` in double precision, as the one vector that a descent moves.
struct HiddenLayerWeights: Sendable, Equatable {
  /// By column, what its values are multiplied with.
  let scales: [Double]
  let width: Int
  /// U, one row a hidden unit, then v.
  var values: [Double]

  var columnCount: Int { scales.count }
  var inner: [Double] { Array(values.dropLast(width)) }
  var outer: ArraySlice<Double> { values.suffix(width) }

  init(_ head: HiddenLayerHead) {
    scales = head.scales.map { Double($0) }
    width = head.width
    values = (head.inner + head.outer).map { Double($0) }
  }
}
