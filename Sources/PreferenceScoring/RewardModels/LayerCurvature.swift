import Foundation

/// The curvature of a `HiddenLayerHead`'s loss, eigenvalue-corrected and Kronecker-factored, as something
/// that gradients are divided by.
///
/// Meaning: of a pair with margin m, p = sigma(m), s = p(1-p), the gradient of m is b x' for U, with
/// b = v (1 - z^2), z = tanh(Ux), and z for v. Each layer has the eigenvectors Qa of sum s a a' of its
/// inputs (a = x, z) and Qb of sum s b b' (1 for v), and in their basis the curvature
/// sum s (Qb' b)^2 (Qa' a)^2 + penalty: the exact diagonal there, by the expectation over labels under the
/// model, where others sample one label. For v this is the exact Hessian; the curvature across the layers
/// is left out.
///
/// - Shapes: x is scaled as U's columns are; U-gradients are width x d, row-major.
/// - Complexity: O(n d^2 + d^3) to make; O(d^2) a gradient.
/// - Source: Grosse et al., 2023, arXiv:2308.03296, section 2.2 (influence by EK-FAC), after George et al.,
///   2018, arXiv:1806.03884. Weighing the inputs by s is ours: it makes the last layer exact.
struct LayerCurvature: Sendable {
  /// Eigenvectors, one a row.
  let inputs: [Double]
  let units: [Double]
  let outputs: [Double]
  /// The curvatures in their basis, penalty included: width x d, and width.
  private(set) var inner: [Double]
  private(set) var outer: [Double]
  let columns: Int
  let width: Int

  /// The sums over pairs that it is made of.
  struct Sums: Sendable {
    var inputs: [Double]
    var units: [Double]
    var outputs: [Double]

    init(columns: Int, width: Int) {
      inputs = Array(repeating: 0, count: columns * columns)
      units = Array(repeating: 0, count: width * width)
      outputs = units
    }

    mutating func add(_ part: PairGradients) {
      let roots = part.curvatures.map { $0.squareRoot() }
      func add(_ rows: [Double], _ columns: Int, to gram: inout [Double]) {
        var weighed = rows
        for (row, root) in roots.enumerated() {
          for index in row * columns..<(row + 1) * columns { weighed[index] *= root }
        }
        LinearAlgebra.addGram(of: weighed, rows: roots.count, columns: columns, to: &gram)
      }
      add(part.inputs, part.columns, to: &inputs)
      add(part.units, part.width, to: &units)
      add(part.outputs, part.width, to: &outputs)
    }

    static func += (left: inout Sums, right: Sums) {
      for index in left.inputs.indices { left.inputs[index] += right.inputs[index] }
      for index in left.units.indices { left.units[index] += right.units[index] }
      for index in left.outputs.indices { left.outputs[index] += right.outputs[index] }
    }
  }

  /// The eigenvectors of `sums`; the curvatures are those of the penalty alone until pairs are added.
  init(_ sums: Sums, columns: Int, width: Int, penalty: Double) {
    inputs = LinearAlgebra.eigenvectors(of: sums.inputs, size: columns)
    units = LinearAlgebra.eigenvectors(of: sums.units, size: width)
    outputs = LinearAlgebra.eigenvectors(of: sums.outputs, size: width)
    inner = Array(repeating: penalty, count: width * columns)
    outer = Array(repeating: penalty, count: width)
    self.columns = columns
    self.width = width
  }

  /// The squares of what pairs have in the basis of the eigenvectors.
  struct Squares: Sendable {
    var inputs: [Double]
    var units: [Double]
    var outputs: [Double]
  }

  func squares(of part: PairGradients) -> Squares {
    func squared(_ rows: [Double], _ vectors: [Double], _ columns: Int) -> [Double] {
      var found = LinearAlgebra.products(
        of: rows, rows: part.count, with: vectors, count: columns, columns: columns)
      for index in found.indices { found[index] *= found[index] }
      return found
    }
    return Squares(
      inputs: squared(part.inputs, inputs, columns), units: squared(part.units, units, width),
      outputs: squared(part.outputs, outputs, width))
  }

  /// What the pairs of `part` add to the curvatures: those of U, then those of v.
  func curvatures(of part: PairGradients) -> (inner: [Double], outer: [Double]) {
    var squares = squares(of: part)
    for (row, curvature) in part.curvatures.enumerated() {
      for unit in row * width..<(row + 1) * width { squares.units[unit] *= curvature }
    }
    return (
      LinearAlgebra.weightedSums(
        of: squares.inputs, rows: part.count, weights: squares.units, count: width,
        columns: columns),
      LinearAlgebra.weightedSums(
        of: squares.outputs, rows: part.count, weights: part.curvatures, count: 1, columns: width)
    )
  }

  mutating func add(_ part: (inner: [Double], outer: [Double])) {
    for index in inner.indices { inner[index] += part.inner[index] }
    for index in outer.indices { outer[index] += part.outer[index] }
  }

  /// H^-1 of a gradient.
  func solve(
    inner gradient: [Double], outer ascent: [Double]
  ) -> (inner: [Double], outer: [Double]) {
    // Qb' G Qa, divided, and back.
    let byInput = LinearAlgebra.products(
      of: gradient, rows: width, with: inputs, count: columns, columns: columns)
    var turned = LinearAlgebra.products(
      of: units, rows: width, with: Self.transposed(byInput, width, columns), count: columns,
      columns: width)
    for index in turned.indices { turned[index] /= inner[index] }
    let byUnit = LinearAlgebra.weightedSums(
      of: turned, rows: width, weights: units, count: width, columns: columns)
    let solved = LinearAlgebra.weightedSums(
      of: inputs, rows: columns, weights: Self.transposed(byUnit, width, columns), count: width,
      columns: columns)
    var last = LinearAlgebra.products(
      of: outputs, rows: width, with: ascent, count: 1, columns: width)
    for index in last.indices { last[index] /= outer[index] }
    return (
      solved,
      LinearAlgebra.weightedSums(
        of: outputs, rows: width, weights: last, count: 1, columns: width)
    )
  }

  private static func transposed(_ values: [Double], _ rows: Int, _ columns: Int) -> [Double] {
    var found = [Double](repeating: 0, count: values.count)
    for row in 0..<rows {
      for column in 0..<columns { found[column * rows + row] = values[row * columns + column] }
    }
    return found
  }

  /// g' H^-1 g of each pair's gradient g of its margin: what it would do to itself.
  func leverages(of part: PairGradients) -> [Double] {
    let squares = squares(of: part)
    let weighed = LinearAlgebra.products(
      of: squares.inputs, rows: part.count, with: inner.map { 1 / $0 }, count: width,
      columns: columns)
    return (0..<part.count).map { row in
      var sum = 0.0
      for unit in 0..<width {
        let place = row * width + unit
        sum += squares.units[place] * weighed[place] + squares.outputs[place] / outer[unit]
      }
      return sum
    }
  }
}

/// The gradients of some pairs' margins, layer by layer, in double precision.
struct PairGradients: Sendable {
  let columns: Int
  let width: Int
  /// x, scaled: rows x d.
  let inputs: [Double]
  /// v (1 - z^2) and z: rows x width.
  private(set) var units: [Double]
  private(set) var outputs: [Double]
  let margins: [Double]
  /// p(1 - p).
  let curvatures: [Double]

  var count: Int { margins.count }

  init(_ head: HiddenLayerHead, _ design: DesignMatrix, rows: Range<Int>) {
    columns = head.columnCount
    width = head.width
    var x = design.rows(rows)
    for row in 0..<rows.count {
      for column in 0..<columns { x[row * columns + column] *= Double(head.scales[column]) }
    }
    var sums = LinearAlgebra.products(
      of: x, rows: rows.count, with: head.inner.map { Double($0) }, count: width,
      columns: columns)
    inputs = x
    units = sums
    var margins = [Double](repeating: 0, count: rows.count)
    for row in 0..<rows.count {
      for unit in 0..<width {
        let place = row * width + unit
        let value = tanh(sums[place])
        let weight = Double(head.outer[unit])
        sums[place] = value
        units[place] = weight * (1 - value * value)
        margins[row] += weight * value
      }
    }
    outputs = sums
    self.margins = margins
    curvatures = margins.map { margin in
      let wrong = sigmoid(-margin)
      return wrong * (1 - wrong)
    }
  }

  /// The products of each pair's gradient with a direction.
  func products(inner direction: [Double], outer: [Double]) -> [Double] {
    let byUnit = LinearAlgebra.products(
      of: inputs, rows: count, with: direction, count: width, columns: columns)
    return (0..<count).map { row in
      var sum = 0.0
      for unit in 0..<width {
        let place = row * width + unit
        sum += units[place] * byUnit[place] + outputs[place] * outer[unit]
      }
      return sum
    }
  }

  /// The sum of the pairs' gradients under `weights`.
  func sum(weights: [Double]) -> (inner: [Double], outer: [Double]) {
    var weighed = units
    for row in 0..<count {
      for unit in row * width..<(row + 1) * width { weighed[unit] *= weights[row] }
    }
    return (
      LinearAlgebra.weightedSums(
        of: inputs, rows: count, weights: weighed, count: width, columns: columns),
      LinearAlgebra.weightedSums(
        of: outputs, rows: count, weights: weights, count: 1, columns: width)
    )
  }
}
