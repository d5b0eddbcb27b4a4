/// One pass over the rows of a design at a theta: what there is of the loss, without penalties.
///
/// Rows are taken in parts of a fixed size, and the parts added up in order, so that the sums do not
/// depend on the number of threads.
struct RowPass: Sendable {
  enum Kind: Sendable {
    /// Loss and gradient in single precision.
    case single
    /// Loss and gradient.
    case slope
    /// The Hessian besides.
    case hessian
  }

  let kind: Kind
  private(set) var nextRow = 0
  private(set) var slope: LossSlope
  /// x'diag(p(1-p))x in the upper triangle; empty unless asked for.
  private(set) var hessian: [Double]

  init(columnCount: Int, kind: Kind) {
    self.kind = kind
    slope = LossSlope(ascent: Array(repeating: 0, count: columnCount))
    hessian = Array(repeating: 0, count: kind == .hessian ? columnCount * columnCount : 0)
  }

  private static let rowsInPart = 1024

  /// Adds the next rows of `design`, about `rowLimit` of them, with `jobs` threads.
  mutating func add(_ design: DesignMatrix, theta: [Double], rowLimit: Int, jobs: Int) {
    let partCount = max(1, rowLimit / Self.rowsInPart)
    let starts = (0..<partCount).map { nextRow + $0 * Self.rowsInPart }
      .filter { $0 < design.rowCount }
    let parts = parallelMap(count: starts.count, jobs: jobs, scratch: { () }) {
      [kind] index, _ in
      let start = starts[index]
      let rows = start..<min(start + Self.rowsInPart, design.rowCount)
      return Self.part(design, rows, theta, kind)
    }
    for part in parts {
      slope.loss += part.slope.loss
      slope.curvature += part.slope.curvature
      for index in slope.ascent.indices { slope.ascent[index] += part.slope.ascent[index] }
      for index in hessian.indices { hessian[index] += part.hessian[index] }
    }
    nextRow = min(nextRow + partCount * Self.rowsInPart, design.rowCount)
  }

  private static func part(
    _ design: DesignMatrix, _ rows: Range<Int>, _ theta: [Double], _ kind: Kind
  ) -> RowPass {
    let columns = theta.count
    var part = RowPass(columnCount: columns, kind: kind)
    if kind == .single {
      part.slope = LossSlope.of(design, ranges: [rows], thetas: [theta])[0]
      return part
    }
    var x = design.rows(rows)
    var weights = LinearAlgebra.products(
      of: x, rows: rows.count, with: theta, count: 1, columns: columns)
    var roots = weights
    for row in weights.indices {
      let margin = weights[row]
      part.slope.loss += softplus(-margin)
      let wrong = sigmoid(-margin)
      weights[row] = wrong
      part.slope.curvature += wrong * (1 - wrong)
      roots[row] = (wrong * (1 - wrong)).squareRoot()
    }
    part.slope.ascent = LinearAlgebra.weightedSums(
      of: x, rows: rows.count, weights: weights, count: 1, columns: columns)
    guard kind == .hessian else { return part }
    for row in weights.indices {
      for column in row * columns..<(row + 1) * columns { x[column] *= roots[row] }
    }
    LinearAlgebra.addGram(of: x, rows: rows.count, columns: columns, to: &part.hessian)
    return part
  }
}
