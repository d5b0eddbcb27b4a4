/// The curvature of the loss of a head with one hidden layer, Kronecker-factored and with corrected
/// eigenvalues (EK-FAC): something to divide gradients by.
///
/// Meaning: the Gauss-Newton matrix of the loss is sum s g g' + penalty, g a pair's gradient
/// (`PairGradients`) and s = p(1-p). Of it each layer has its own block: with Qa the eigenvectors of
/// sum s a a' over the layer's inputs (a = x, z), Qb those of sum s b b' (1 for v), the curvature is
/// sum s (Qb'b)^2 (Qa'a)^2 + penalty in their basis: the exact diagonal there. For v that is the exact
/// matrix. What is left out is U with v, and in U what is beside the diagonal.
///
/// - Complexity: O(n d^2 + d^3) to make; O(width d^2) a gradient; O(d^2) a leverage, of many at once.
/// - Limits: about the whole Gauss-Newton matrix, a test holds how nearly.
/// - Source: Grosse et al., 2023, arXiv:2308.03296, section 2.2; George et al., 2018, arXiv:1806.03884. There
///   labels are sampled from the model: s is their expectation. Weighing a by s makes the last layer exact
///   and is ours.
struct LayerCurvature: Sendable {
  /// Eigenvectors, one a row.
  private let inputs: [Double]
  private let units: [Double]
  private let outputs: [Double]
  /// The curvatures in their basis, penalty included: width x d, and width.
  private(set) var inner: [Double]
  private(set) var outer: [Double]
  private let columns: Int
  private let width: Int

  /// The sums over pairs of which it has the eigenvectors.
  struct Sums: Sendable {
    var inputs: [Double]
    var units: [Double]
    var outputs: [Double]

    init(columns: Int, width: Int) {
      inputs = Array(repeating: 0, count: columns * columns)
      units = Array(repeating: 0, count: width * width)
      outputs = units
    }

    init(_ part: PairGradients) {
      self.init(columns: part.columns, width: part.width)
      let roots = part.curvatures.map { $0.squareRoot() }
      func gram(_ rows: [Double], _ columns: Int, to gram: inout [Double]) {
        var weighed = rows
        for (row, root) in roots.enumerated() {
          for index in row * columns..<(row + 1) * columns { weighed[index] *= root }
        }
        LinearAlgebra.addGram(of: weighed, rows: roots.count, columns: columns, to: &gram)
      }
      gram(part.inputs, part.columns, to: &inputs)
      gram(part.units, part.width, to: &units)
      gram(part.outputs, part.width, to: &outputs)
    }

    static func += (left: inout Sums, right: Sums) {
      for index in left.inputs.indices { left.inputs[index] += right.inputs[index] }
      for index in left.units.indices { left.units[index] += right.units[index] }
      for index in left.outputs.indices { left.outputs[index] += right.outputs[index] }
    }
  }

  /// With the eigenvectors of `sums`; the curvatures are those of the penalty alone until pairs are added.
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
  private func squares(
    of part: PairGradients
  ) -> (inputs: [Double], units: [Double], outputs: [Double]) {
    func squared(_ rows: [Double], _ vectors: [Double], _ columns: Int) -> [Double] {
      var found = LinearAlgebra.products(
        of: rows, rows: part.count, with: vectors, count: columns, columns: columns)
      for index in found.indices { found[index] *= found[index] }
      return found
    }
    return (
      squared(part.inputs, inputs, columns), squared(part.units, units, width),
      squared(part.outputs, outputs, width)
    )
  }

  /// What the pairs of `part` add to the curvatures: those of U, then those of v.
  func curvatures(of part: PairGradients) -> (inner: [Double], outer: [Double]) {
    var squares = squares(of: part)
    let curvatures = part.curvatures
    for (row, curvature) in curvatures.enumerated() {
      for unit in row * width..<(row + 1) * width { squares.units[unit] *= curvature }
    }
    return (
      LinearAlgebra.weightedSums(
        of: squares.inputs, rows: part.count, weights: squares.units, count: width,
        columns: columns),
      LinearAlgebra.weightedSums(
        of: squares.outputs, rows: part.count, weights: curvatures, count: 1, columns: width)
    )
  }

  mutating func add(_ part: (inner: [Double], outer: [Double])) {
    for index in inner.indices { inner[index] += part.inner[index] }
    for index in outer.indices { outer[index] += part.outer[index] }
  }

  /// H^-1 of a gradient, with H this curvature.
  @Sendable func solve(_ gradient: [Double]) -> [Double] {
    // Qb' G Qa, divided, and back.
    let byInput = LinearAlgebra.products(
      of: Array(gradient.dropLast(width)), rows: width, with: inputs, count: columns,
      columns: columns)
    var turned = LinearAlgebra.products(
      of: units, rows: width, with: transposed(byInput), count: columns, columns: width)
    for index in turned.indices { turned[index] /= inner[index] }
    let byUnit = LinearAlgebra.weightedSums(
      of: turned, rows: width, weights: units, count: width, columns: columns)
    let solved = LinearAlgebra.weightedSums(
      of: inputs, rows: columns, weights: transposed(byUnit), count: width, columns: columns)
    var last = LinearAlgebra.products(
      of: outputs, rows: width, with: Array(gradient.suffix(width)), count: 1, columns: width)
    for index in last.indices { last[index] /= outer[index] }
    return solved
      + LinearAlgebra.weightedSums(
        of: outputs, rows: width, weights: last, count: 1, columns: width)
  }

  /// d x width of a width x d matrix.
  private func transposed(_ values: [Double]) -> [Double] {
    var found = [Double](repeating: 0, count: values.count)
    for unit in 0..<width {
      for column in 0..<columns { found[column * width + unit] = values[unit * columns + column] }
    }
    return found
  }

  /// g'H^-1 g of each pair: by how much its gradient moves its own margin.
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

/// The making of a `LayerCurvature`, a few rows at a time: its directions first, then the curvature along
/// them.
struct CurvatureBuilding: Sendable {
  private let weights: HiddenLayerWeights
  private let penalty: Double
  private var sums: LayerCurvature.Sums
  private var curvature: LayerCurvature?
  private var pass = GradientPass()

  init(_ weights: HiddenLayerWeights, penalty: Double) {
    self.weights = weights
    self.penalty = penalty
    sums = LayerCurvature.Sums(columns: weights.columnCount, width: weights.width)
  }

  /// Works through the next rows; the curvature, once it is made.
  mutating func advance(_ design: DesignMatrix, jobs: Int) -> LayerCurvature? {
    if var curvature {
      for part in pass.next(
        design, weights, jobs: jobs,
        { [curvature] part, _ in
          curvature.curvatures(of: part)
        })
      { curvature.add(part) }
      self.curvature = curvature
      return pass.nextRow == design.rowCount ? curvature : nil
    }
    for part in pass.next(design, weights, jobs: jobs, { part, _ in LayerCurvature.Sums(part) }) {
      sums += part
    }
    if pass.nextRow == design.rowCount {
      curvature = LayerCurvature(
        sums, columns: weights.columnCount, width: weights.width, penalty: penalty)
      pass = GradientPass()
    }
    return nil
  }
}
