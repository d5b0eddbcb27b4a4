/// Heads with several settings, fitted together to all folds but one, and what they say of it.
///
/// Meaning: minimises sum softplus(-margin) + 1/2 sum penalty theta^2 by steps with the fixed matrix
/// c x'x + penalties instead of the Hessian. The Hessian is x'diag(p(1-p))x + penalties and p(1-p)
/// <= 1/4, so with any c >= 1/8 each step lowers the objective; c is the mean of p(1-p) at the start
/// and after the first step, but at least .13. One Gram matrix so serves every setting and
/// every step, and all settings share each pass over the rows.
///
/// - Complexity: per setting columns^3 / 3 once, and per step O(rows * columns).
/// - Source: Boehning and Lindsay, 1988, doi:10.1007/BF00049423 (the bound with c = 1/4).
struct FoldFit {
  /// theta of each setting.
  let heads: [[Double]]
  /// The out-of-fold margins of each setting, by row of the fold.
  let margins: [[Double]]
  let stepCount: Int

  init(
    _ design: DesignMatrix, blocks: [FeatureBlock], grams: FoldGrams, folds: [Range<Int>],
    heldOut: Int, settings: [HeadSetting], start: [Double]
  ) {
    let columns = design.columnCount
    let gram = grams.sum(without: heldOut)
    let training = folds.indices.filter { $0 != heldOut }.map { folds[$0] }
    let rowCount = training.reduce(0) { $0 + $1.count }
    let penalties = settings.map { $0.penalties(of: blocks) }
    var curvatures = [Double](repeating: .infinity, count: settings.count)
    var factors = [CholeskyFactor?](repeating: nil, count: settings.count)
    var theta = Array(repeatElement(start, count: settings.count).joined())
    var steps = 0
    while steps < Self.stepLimit {
      let pass = Self.gradient(design, training, theta, count: settings.count)
      if steps < 2 {
        for setting in settings.indices {
          let mean = max(pass.curvatures[setting] / Double(rowCount), 0.13)
          guard mean < 0.8 * curvatures[setting] else { continue }
          curvatures[setting] = mean
          factors[setting] = Self.factor(gram, penalties[setting], mean)
        }
      }
      var largestGain = 0.0
      for setting in settings.indices {
        let start = setting * columns
        var ascent = [Double](repeating: 0, count: columns)
        for column in 0..<columns {
          ascent[column] =
            pass.sums[start + column] - penalties[setting][column] * theta[start + column]
        }
        let step = factors[setting]?.solve(ascent) ?? ascent
        var gain = 0.0
        for column in 0..<columns {
          gain += ascent[column] * step[column]
          theta[start + column] += step[column]
        }
        largestGain = max(largestGain, gain)
      }
      steps += 1
      if largestGain < Self.tolerance * Double(rowCount) { break }
    }
    stepCount = steps
    heads = settings.indices.map { Array(theta[$0 * columns..<($0 + 1) * columns]) }
    margins = Self.margins(design, folds[heldOut], theta, count: settings.count)
  }

  /// A step that lowers the objective by less than this a row changes no loss that is compared.
  private static let tolerance = 1e-6
  private static let stepLimit = 50
  private static let rowsAtOnce = 512

  private static func factor(
    _ gram: [Double], _ penalties: [Double], _ curvature: Double
  ) -> CholeskyFactor {
    let columns = penalties.count
    var matrix = gram.map { curvature * $0 }
    for column in 0..<columns { matrix[column * columns + column] += penalties[column] }
    guard let factor = CholeskyFactor(of: matrix, size: columns) else {
      preconditionFailure("a Gram matrix with positive penalties is positive definite")
    }
    return factor
  }

  /// For each setting, sum (1 - p) x and sum p (1 - p) over the training rows.
  private static func gradient(
    _ design: DesignMatrix, _ training: [Range<Int>], _ theta: [Double], count: Int
  ) -> (sums: [Double], curvatures: [Double]) {
    let single = theta.map(Float.init)
    var sums = [Double](repeating: 0, count: theta.count)
    var curvatures = [Double](repeating: 0, count: count)
    for range in training {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: rowsAtOnce) {
        let part = LinearAlgebra.weightedSums(
          of: design.values, rows: start..<min(start + rowsAtOnce, range.upperBound),
          with: single, count: count, columns: design.columnCount
        ) { values in
          for row in stride(from: 0, to: values.count, by: count) {
            for setting in 0..<count {
              let wrong = singleSigmoid(-values[row + setting])
              values[row + setting] = wrong
              curvatures[setting] += Double(wrong * (1 - wrong))
            }
          }
        }
        for index in sums.indices { sums[index] += Double(part[index]) }
      }
    }
    return (sums, curvatures)
  }

  private static func margins(
    _ design: DesignMatrix, _ rows: Range<Int>, _ theta: [Double], count: Int
  ) -> [[Double]] {
    let products = LinearAlgebra.products(
      of: design.rows(rows), rows: rows.count, with: theta, count: count,
      columns: design.columnCount)
    return (0..<count).map { setting in
      stride(from: setting, to: products.count, by: count).map { products[$0] }
    }
  }
}
