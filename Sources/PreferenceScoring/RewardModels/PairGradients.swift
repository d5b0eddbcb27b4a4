import Foundation

/// The margins of some pairs under a head with one hidden layer, and their gradients by its weights.
///
/// Meaning: with z = tanh(U x) and b = v (1 - z^2), margin = v'z, and its gradient is b x' for U and z for v.
///
/// - Shapes: d columns; a gradient, or a sum of them, has the order of `HiddenLayerWeights.values`.
/// - Complexity: O(rows width d) to make, and for each product or sum.
struct PairGradients: Sendable {
  let columns: Int
  let width: Int
  /// x, scaled: rows x d.
  let inputs: [Double]
  /// b and z: rows x width.
  let units: [Double]
  let outputs: [Double]
  let margins: [Double]

  var count: Int { margins.count }

  init(_ weights: HiddenLayerWeights, _ design: DesignMatrix, rows: Range<Int>) {
    let (columns, width) = (weights.columnCount, weights.width)
    var x = design.rows(rows)
    for row in 0..<rows.count {
      for column in 0..<columns { x[row * columns + column] *= weights.scales[column] }
    }
    var outputs = LinearAlgebra.products(
      of: x, rows: rows.count, with: weights.inner, count: width, columns: columns)
    var units = outputs
    var margins = [Double](repeating: 0, count: rows.count)
    let outer = Array(weights.outer)
    for row in 0..<rows.count {
      for unit in 0..<width {
        let place = row * width + unit
        let value = tanh(outputs[place])
        outputs[place] = value
        units[place] = outer[unit] * (1 - value * value)
        margins[row] += outer[unit] * value
      }
    }
    self.columns = columns
    self.width = width
    inputs = x
    self.units = units
    self.outputs = outputs
    self.margins = margins
  }

  /// p(1 - p) of each pair: the curvature of its loss by its margin.
  var curvatures: [Double] {
    margins.map { margin in
      let wrong = sigmoid(-margin)
      return wrong * (1 - wrong)
    }
  }

  /// The product of each pair's gradient with `direction`.
  func products(with direction: [Double]) -> [Double] {
    let byUnit = LinearAlgebra.products(
      of: inputs, rows: count, with: Array(direction.dropLast(width)), count: width,
      columns: columns)
    return (0..<count).map { row in
      var sum = 0.0
      for unit in 0..<width {
        let place = row * width + unit
        sum += units[place] * byUnit[place] + outputs[place] * direction[width * columns + unit]
      }
      return sum
    }
  }

  /// The sum of the pairs' gradients under `weights`.
  func sum(weights: [Double]) -> [Double] {
    var weighed = units
    for row in 0..<count {
      for unit in row * width..<(row + 1) * width { weighed[unit] *= weights[row] }
    }
    let inner = LinearAlgebra.weightedSums(
      of: inputs, rows: count, weights: weighed, count: width, columns: columns)
    let outer = LinearAlgebra.weightedSums(
      of: outputs, rows: count, weights: weights, count: 1, columns: width)
    return inner + outer
  }
}

/// A pass over the rows of a design at some weights, a few parts at a time.
///
/// Parts have a fixed size and are given back in order, so that sums of them do not depend on the number
/// of threads.
struct GradientPass: Sendable {
  private(set) var nextRow = 0

  private static let rowsInPart = 1024
  private static let partsAtOnce = 8

  /// What `body` says of the next parts. Its second argument is the first row of the part.
  mutating func next<Value: Sendable>(
    _ design: DesignMatrix, _ weights: HiddenLayerWeights, jobs: Int,
    _ body: @Sendable (PairGradients, Int) -> Value
  ) -> [Value] {
    let first = nextRow
    let waiting = (design.rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let count = min(waiting, Self.partsAtOnce)
    nextRow = min(first + count * Self.rowsInPart, design.rowCount)
    return parallelMap(count: count, jobs: jobs, scratch: { () }) { part, _ in
      let start = first + part * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, design.rowCount)
      return body(PairGradients(weights, design, rows: rows), start)
    }
  }
}
