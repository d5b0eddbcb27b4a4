/// Heads with several settings, fitted together to all folds but one, and what they say of it.
///
/// All settings share each pass over the rows, until each has come down (`HeadDescent`).
/// - Complexity: per setting and step O(rows * columns).
struct FoldFit {
  /// theta of each setting.
  let heads: [[Double]]
  /// The out-of-fold margins of each setting, by row of the fold.
  let margins: [[Double]]
  /// How many passes over the rows it took.
  let stepCount: Int
  /// The mean of p(1-p) on the rows where the last setting came down.
  let curvature: Double

  /// - Parameters:
  ///   - design: The rows.
  ///   - folds: All folds.
  ///   - heldOut: The number of the one that the heads are not fitted to.
  ///   - penalties: By setting, one a column.
  ///   - firstInverses: By setting, where its way begins.
  ///   - start: The theta at which all begin.
  init(
    _ design: DesignMatrix, folds: [Range<Int>], heldOut: Int, penalties: [[Double]],
    firstInverses: [FirstInverse], start: [Double]
  ) {
    let training = folds.indices.filter { $0 != heldOut }.map { folds[$0] }
    let rowCount = training.reduce(0) { $0 + $1.count }
    var descents = penalties.map { HeadDescent(penalties: $0, start: start) }
    var steps = 0
    var curvature = 0.0
    while steps < Self.stepLimit {
      let waiting = descents.indices.filter { !descents[$0].isDone }
      if waiting.isEmpty { break }
      let slopes = LossSlope.of(
        design, ranges: training, thetas: waiting.map { descents[$0].theta })
      for (setting, slope) in zip(waiting, slopes) {
        descents[setting].take(slope, rowCount: rowCount) { _ in firstInverses[setting] }
        curvature = slope.curvature / Double(max(rowCount, 1))
      }
      steps += 1
    }
    stepCount = steps
    self.curvature = curvature
    heads = descents.map(\.theta)
    margins = Self.margins(design, folds[heldOut], heads)
  }

  private static let stepLimit = 50

  private static func margins(
    _ design: DesignMatrix, _ rows: Range<Int>, _ heads: [[Double]]
  ) -> [[Double]] {
    let products = design.products(of: rows, with: Array(heads.joined()), count: heads.count)
    return heads.indices.map { setting in
      stride(from: setting, to: products.count, by: heads.count).map { products[$0] }
    }
  }
}
