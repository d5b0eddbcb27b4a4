import Foundation

/// The loss of some rows at a theta, without penalties, and where it goes down.
struct LossSlope: Sendable {
  /// sum softplus(-margin).
  var loss = 0.0
  /// sum (1 - p) x.
  var ascent: [Double]
  /// sum p (1 - p).
  var curvature = 0.0

  /// What each of the few heads `thetas` has on the rows `ranges`, in single precision.
  /// - Complexity: O(heads * rows * columns).
  static func of(
    _ design: DesignMatrix, ranges: [Range<Int>], thetas: [[Double]]
  ) -> [LossSlope] {
    let columns = design.columnCount
    let count = thetas.count
    // So many rows that they stay in the first cache between the two products.
    let rowsAtOnce = max(16, (1 << 13) / columns)
    let heads = thetas.joined().map { Float($0) }
    var sums = [Double](repeating: 0, count: count * columns)
    var slopes = Array(repeating: LossSlope(ascent: []), count: count)
    var x: [Float] = []
    for range in ranges {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: rowsAtOnce) {
        let rows = start..<min(start + rowsAtOnce, range.upperBound)
        design.readAsInFile(rows, into: &x)
        LinearAlgebra.addWeightedSums(
          of: x, rows: 0..<rows.count, with: heads, columns: columns, to: &sums
        ) { values in
          for head in 0..<count {
            slopes[head].weigh(&values, head * rows.count..<(head + 1) * rows.count)
          }
        }
      }
    }
    for head in 0..<count {
      slopes[head].ascent = Array(sums[head * columns..<(head + 1) * columns])
    }
    return slopes
  }

  /// Adds what the margins `values[range]` have of loss and curvature, and puts 1 - p in their place.
  private mutating func weigh(_ values: inout [Float], _ range: Range<Int>) {
    // ln of a product of some factors 1 + e^-|m|, each in (1, 2], instead of a sum of logarithms.
    var product = 1.0
    for index in range {
      let margin = values[index]
      let tail = expf(-abs(margin))
      let wrong = (margin >= 0 ? tail : 1) / (1 + tail)
      loss += Double(max(-margin, 0))
      product *= 1 + Double(tail)
      if product > 0x1p500 {
        loss += log(product)
        product = 1
      }
      curvature += Double(wrong * (1 - wrong))
      values[index] = wrong
    }
    loss += log(product)
  }
}
