/// Heads with several settings, fitted together to all folds but one, and what they say of it.
///
/// All settings share each pass over the rows, until each has come down (`HeadDescent`).
/// - Complexity: per setting columns^3 / 3 once, and per step O(rows * columns).
struct FoldFit {
  /// theta of each setting.
  let heads: [[Double]]
  /// The out-of-fold margins of each setting, by row of the fold.
  let margins: [[Double]]
  /// How many passes over the rows it took.
  let stepCount: Int

  init(
    _ design: DesignMatrix, blocks: [FeatureBlock], grams: FoldGrams, folds: [Range<Int>],
    heldOut: Int, settings: [HeadSetting], start: [Double]
  ) {
    let training = folds.indices.filter { $0 != heldOut }.map { folds[$0] }
    let rowCount = training.reduce(0) { $0 + $1.count }
    let gram = grams.sum(without: heldOut)
    var descents = settings.map {
      HeadDescent(penalties: $0.penalties(of: blocks), start: start)
    }
    var steps = 0
    while steps < Self.stepLimit {
      let waiting = descents.indices.filter { !descents[$0].isDone }
      if waiting.isEmpty { break }
      let slopes = LossSlope.of(
        design, ranges: training, thetas: waiting.map { descents[$0].theta })
      for (setting, slope) in zip(waiting, slopes) {
        descents[setting].take(slope, rowCount: rowCount, gram: { gram })
      }
      steps += 1
    }
    stepCount = steps
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
