/// The search for ridge and block weights by the loss on pairs that the head has not seen.
///
/// Meaning: first the ridge, with all blocks alike; then the weight of each further block against the
/// first; then the ridge around its place once more. Each round tries a few settings on every fold and
/// keeps the one with the lowest mean out-of-fold softplus(-margin); of equals the stronger ridge.
struct HeadChoice: Sendable {
  private(set) var best: HeadSetting
  private(set) var bestLoss = Double.infinity
  /// The out-of-fold margins under `best`, by row of the design.
  private(set) var margins: [Double] = []
  /// By fold, the head under `best`: where the next round starts.
  private(set) var heads: [[Double]]
  /// The settings of the round that comes next; empty when the choice is made.
  private(set) var round: [HeadSetting]
  private var roundNumber = 0

  let roundCount: Int

  init(blockCount: Int, columnCount: Int, foldCount: Int) {
    heads = Array(repeating: Array(repeating: 0, count: columnCount), count: foldCount)
    best = HeadSetting(ridge: 1, weights: Array(repeating: 1, count: blockCount))
    round = Self.ridges.map {
      HeadSetting(ridge: $0, weights: Array(repeating: 1, count: blockCount))
    }
    roundCount = blockCount + 1
  }

  /// Half decades, strongest first. In these units 1 / ridge is the variance that the margins have
  /// before any label is seen: 100 = all but silent, 0.03 = odds of a thousand to one.
  private static let ridges = [100, 31.6, 10, 3.16, 1, 0.316, 0.1, 0.0316]
  private static let weightFactors = [0.25, 0.5, 2, 4]
  private static let lastRidgeFactors = [1.78, 0.562]

  /// Takes in what each fold says of the settings of `round`, in the order of the folds.
  mutating func take(_ fits: [FoldFit]) {
    for setting in round.indices {
      let found = fits.flatMap { $0.margins[setting] }
      let loss = found.reduce(0) { $0 + softplus(-$1) } / Double(max(found.count, 1))
      guard loss < bestLoss else { continue }
      best = round[setting]
      bestLoss = loss
      margins = found
      heads = fits.map { $0.heads[setting] }
    }
    roundNumber += 1
    if roundNumber < best.weights.count {
      round = Self.weightFactors.map { factor in
        var next = best
        next.weights[roundNumber] *= factor
        return next
      }
    } else if roundNumber == best.weights.count {
      round = Self.lastRidgeFactors.map { factor in
        var next = best
        next.ridge *= factor
        return next
      }
    } else {
      round = []
    }
  }

  /// The mean of the heads of the folds: where the fit to all rows starts.
  var meanHead: [Double] {
    heads[0].indices.map { column in
      heads.reduce(0) { $0 + $1[column] } / Double(heads.count)
    }
  }
}
