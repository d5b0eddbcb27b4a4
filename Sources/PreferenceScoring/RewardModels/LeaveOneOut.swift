/// What the head would say of each pair if it had not seen the pair nor its copies.
///
/// Meaning: for the copy group S of pair i, with r = 1 - p, D = diag(p(1-p)) and K = X H^-1 X' over S,
/// one Newton step from the fitted theta with S left out gives
/// theta(-S) = theta - H^-1 X' c,  c = (I - K D)^-1 r taken as D^1/2 (I - D^1/2 K D^1/2)^-1 D^-1/2 r,
/// and margin(-S) = margin - K c. For a pair without copies this is
/// margin - (1-p) h / (1 - p(1-p) h) with h = x'H^-1 x. So a copy never vouches for itself.
///
/// - Range: all reals; low = the other pairs contradict the label.
/// - Complexity: O(rows * columns^2); O(m^3) more for m copies.
/// - Limits: one step, not a refit; the difference grows with a pair's leverage, and the correlation
///   with refits stays above .999 (a test).
/// - Source: Pregibon, 1981, doi:10.1214/aos/1176345513; for groups the Woodbury identity.
struct LeaveOneOut: Sendable {
  /// The margin under the full head, by row of the part.
  private(set) var margins: [Double] = []
  private(set) var leftOutMargins: [Double] = []
  /// x'H^-1 x.
  private(set) var leverages: [Double] = []
  /// theta(-S) = theta - H^-1 pull x for pairs whose copies all have the same row or its negative.
  private(set) var pulls: [Double] = []
  /// By row of the part: X'c of groups whose rows differ.
  private(set) var groupPulls: [Int: [Double]] = [:]

  private let keepsGroupPulls: Bool
  /// Where p(1-p) is taken, by row of the part.
  private var curvedAt: [Double] = []

  /// Works out the rows `rows` of `design`, which the ranges in `copies` fill.
  ///
  /// The Hessian has the p(1-p) of the margins `curvedAt`, by row of the part; nil = those at theta.
  /// Without `keepsGroupPulls` the pull of a row in a group is its own c alone, whose X'c takes the
  /// rows of the whole group: one number a row, where there is hardly a row without a group.
  init(
    _ design: DesignMatrix, rows: Range<Int>, copies: ArraySlice<Range<Int>>,
    head: BradleyTerryHead, curvedAt: [Double]? = nil, keepsGroupPulls: Bool = true
  ) {
    self.keepsGroupPulls = keepsGroupPulls
    let columns = design.columnCount
    let x = design.rows(rows)
    margins = LinearAlgebra.products(
      of: x, rows: rows.count, with: head.theta, count: 1, columns: columns)
    leftOutMargins = margins
    self.curvedAt = curvedAt ?? margins
    pulls = Array(repeating: 0, count: rows.count)
    let whitened = head.hessian.whiten(x)
    leverages = rows.indices.map { row in
      let place = row - rows.lowerBound
      return Self.dot(whitened, place, place, columns)
    }
    for group in copies {
      let first = group.lowerBound - rows.lowerBound
      if group.count == 1 {
        leaveOut(first)
      } else {
        leaveOut(
          first..<first + group.count, of: x, whitened: whitened, columns: columns)
      }
    }
  }

  private mutating func leaveOut(_ row: Int) {
    pulls[row] = Self.pull(
      margin: margins[row], leverage: leverages[row], curvedAt: curvedAt[row])
    leftOutMargins[row] -= pulls[row] * leverages[row]
  }

  /// (1-p) / (1 - p(1-p) h): theta without a pair that has no copies is theta - H^-1 pull x. The
  /// denominator is above 0 for the margin `curvedAt` at which the Hessian was taken.
  static func pull(margin: Double, leverage: Double, curvedAt: Double) -> Double {
    let wrong = sigmoid(-curvedAt)
    return sigmoid(-margin) / (1 - wrong * (1 - wrong) * leverage)
  }

  private mutating func leaveOut(
    _ group: Range<Int>, of x: [Double], whitened: [Double], columns: Int
  ) {
    let count = group.count
    let curvatures = group.map { sigmoid(-curvedAt[$0]) }
    let roots = curvatures.map { ($0 * (1 - $0)).squareRoot() }
    var kernel = [Double](repeating: 0, count: count * count)
    var matrix = kernel
    for i in 0..<count {
      for j in 0..<count {
        let product = Self.dot(whitened, group.lowerBound + i, group.lowerBound + j, columns)
        kernel[i * count + j] = product
        matrix[i * count + j] = (i == j ? 1 : 0) - roots[i] * product * roots[j]
      }
    }
    guard let factor = CholeskyFactor(of: matrix, size: count) else {
      preconditionFailure("a Hessian without some of its pairs is positive definite")
    }
    // At theta, D^-1/2 (1 - p) = sqrt((1 - p) / p), which stays finite where p(1-p) underflows to 0
    // last.
    let scaled = zip(group, curvatures).map { row, curvature in
      (curvature / max(1 - curvature, .leastNormalMagnitude)).squareRoot()
        * (margins[row] == curvedAt[row]
          ? 1 : sigmoid(-margins[row]) / max(curvature, .leastNormalMagnitude))
    }
    let weights = factor.solve(scaled)
    let pulled = zip(weights, roots).map { $0 * $1 }
    for i in 0..<count {
      var change = 0.0
      for j in 0..<count { change += kernel[i * count + j] * pulled[j] }
      leftOutMargins[group.lowerBound + i] -= change
    }
    if keepsGroupPulls {
      keep(pulled, of: group, x: x, columns: columns)
    } else {
      pulls.replaceSubrange(group, with: pulled)
    }
  }

  /// Keeps X'c: as a multiple of the pair's own row where all rows are that row or its negative.
  private mutating func keep(_ pulled: [Double], of group: Range<Int>, x: [Double], columns: Int) {
    let first = x[group.lowerBound * columns..<(group.lowerBound + 1) * columns]
    let negated = first.map { -$0 }
    var signs: [Double] = []
    for row in group {
      let values = x[row * columns..<(row + 1) * columns]
      if values == first {
        signs.append(1)
      } else if values.elementsEqual(negated) {
        signs.append(-1)
      }
    }
    if signs.count == group.count {
      let sum = zip(signs, pulled).reduce(0) { $0 + $1.0 * $1.1 }
      for (sign, row) in zip(signs, group) { pulls[row] = sign * sum }
      return
    }
    var sum = [Double](repeating: 0, count: columns)
    for (row, weight) in zip(group, pulled) {
      for column in 0..<columns { sum[column] += weight * x[row * columns + column] }
    }
    for row in group { groupPulls[row] = sum }
  }

  private static func dot(_ rows: [Double], _ first: Int, _ second: Int, _ columns: Int) -> Double {
    var sum = 0.0
    for column in 0..<columns {
      sum += rows[first * columns + column] * rows[second * columns + column]
    }
    return sum
  }
}
