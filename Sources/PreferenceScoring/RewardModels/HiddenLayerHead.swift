import Foundation

/// A reward model with one hidden layer, over the difference of the sides as all heads are.
///
/// Meaning: margin(x) = v' tanh(U x). Without biases it is odd: swapping a pair negates its margin exactly.
/// Its preferences need not be transitive, as those of a reward for each side are.
///
/// - Shapes: U is `width` x d over columns that are scaled so that one penalty serves all; v has `width`.
struct HiddenLayerHead: Sendable, Equatable {
  /// By column, what its values are multiplied with: the root of the weakest penalty over its own.
  let scales: [Float]
  /// U, one row a hidden unit.
  var inner: [Float]
  /// v.
  var outer: [Float]

  var columnCount: Int { scales.count }
  var width: Int { outer.count }

  /// U over the columns as they stand in a design.
  var weights: [Float] {
    var weights = inner
    for unit in 0..<width {
      for column in 0..<columnCount { weights[unit * columnCount + column] *= scales[column] }
    }
    return weights
  }

  /// The margins of `rows`, which rise without a gap.
  func margins(of design: DesignMatrix, _ rows: Range<Int>) -> [Float] {
    let weights = weights
    var margins: [Float] = []
    margins.reserveCapacity(rows.count)
    var x: [Float] = []
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.rowsInPart) {
      let part = start..<min(start + Self.rowsInPart, rows.upperBound)
      design.gather(part, into: &x)
      let sums = LinearAlgebra.products(
        of: x, rows: 0..<part.count, with: weights, count: width, columns: columnCount)
      for row in 0..<part.count {
        var margin: Float = 0
        for unit in 0..<width { margin += outer[unit] * tanhf(sums[row * width + unit]) }
        margins.append(margin)
      }
    }
    return margins
  }

  /// Not free to choose: the last bits of a product depend on it.
  private static let rowsInPart = 1024
}
