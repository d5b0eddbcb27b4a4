/// The search for ridge and block weights by the loss on pairs that the head has not seen.
///
/// Meaning: first the ridge, with all blocks alike, from strong to weak until the loss rises; then the
/// weight of each further block against the first; then the ridge around its place once more. Each
/// round tries a few settings on every fold and compares their mean out-of-fold softplus(-margin).
/// Of ridges the best is kept. Of weights the smallest is kept that does not lose more than the best
/// beyond chance (a paired 95 % interval): what only the luck of the folds prefers would let the many
/// columns of a large block drown the first one.
/// - Source: Breiman, Friedman, Olshen and Stone, 1984, Classification and Regression Trees, section
///   3.4.3 (the rule of one standard error; here the error of the difference, at 95 %).
struct HeadChoice: Sendable {
  private(set) var best: HeadSetting
  private(set) var bestLoss = Double.infinity
  /// The out-of-fold margins under `best`, by row of the design.
  private(set) var margins: [Double] = []
  /// By fold, the head under `best`: where the next round starts.
  private(set) var heads: [[Double]]
  /// The settings of the round that comes next; empty when the choice is made.
  private(set) var round: [HeadSetting]
  /// How many rounds are done, and how many there are at most.
  private(set) var roundsDone = 0
  let roundLimit: Int
  private var stage = Stage.ridge(next: 0)

  init(blockCount: Int, columnCount: Int, foldCount: Int) {
    heads = Array(repeating: Array(repeating: 0, count: columnCount), count: foldCount)
    best = HeadSetting(ridge: 1, weights: Array(repeating: 1, count: blockCount))
    roundLimit = Self.ridges.count + blockCount
    round = []
    round = settings(of: stage)
  }

  private enum Stage {
    case ridge(next: Int)
    case weight(block: Int)
    case lastRidge
    case done
  }

  /// Half decades, strongest first, in the order of the rounds. In these units 1 / ridge is the
  /// variance that the margins have before any label is seen: 100 = all but silent, 0.03 = odds of a
  /// thousand to one.
  private static let ridges = [[100, 31.6, 10], [3.16, 1], [0.316, 0.1], [0.0316]]
  private static let weightFactors = [0.25, 0.5, 2, 4]
  private static let lastRidgeFactors = [1.78, 0.562]
  private static let normalQuantile = 1.959964

  /// What a round found of one setting.
  private struct Found {
    let setting: HeadSetting
    let margins: [Double]
    let heads: [[Double]]
    let loss: Double

    /// The standard error of how much more this loses than `other`.
    func error(against other: Found) -> Double {
      let differences = zip(margins, other.margins).map { softplus(-$0) - softplus(-$1) }
      let mean = loss - other.loss
      let squares = differences.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares.squareRoot() / Double(max(differences.count, 1))
    }
  }

  /// Takes in what each fold says of the settings of `round`, in the order of the folds.
  mutating func take(_ fits: [FoldFit]) {
    var found = round.indices.map { setting in
      let margins = fits.flatMap { $0.margins[setting] }
      let loss = margins.reduce(0) { $0 + softplus(-$1) } / Double(max(margins.count, 1))
      return Found(
        setting: round[setting], margins: margins, heads: fits.map { $0.heads[setting] },
        loss: loss)
    }
    if bestLoss.isFinite {
      found.append(Found(setting: best, margins: margins, heads: heads, loss: bestLoss))
    }
    guard var kept = found.min(by: { $0.loss < $1.loss }) else { return }
    if case .weight(let block) = stage {
      let best = kept
      for other in found where other.setting.weights[block] < kept.setting.weights[block] {
        if other.loss <= best.loss + Self.normalQuantile * other.error(against: best) {
          kept = other
        }
      }
    }
    let isLastOfRound = kept.setting == round.last
    best = kept.setting
    bestLoss = kept.loss
    margins = kept.margins
    heads = kept.heads
    roundsDone += 1
    stage = next(isLastOfRound: isLastOfRound)
    round = settings(of: stage)
  }

  private func next(isLastOfRound: Bool) -> Stage {
    switch stage {
    case .ridge(let number) where isLastOfRound && number + 1 < Self.ridges.count:
      .ridge(next: number + 1)
    case .ridge: best.weights.count > 1 ? .weight(block: 1) : .lastRidge
    case .weight(let block): block + 1 < best.weights.count ? .weight(block: block + 1) : .lastRidge
    case .lastRidge, .done: .done
    }
  }

  private func settings(of stage: Stage) -> [HeadSetting] {
    var settings: [HeadSetting] = []
    switch stage {
    case .ridge(let number):
      for ridge in Self.ridges[number] {
        settings.append(HeadSetting(ridge: ridge, weights: best.weights))
      }
    case .weight(let block):
      for factor in Self.weightFactors {
        settings.append(best)
        settings[settings.count - 1].weights[block] *= factor
      }
    case .lastRidge:
      for factor in Self.lastRidgeFactors {
        settings.append(HeadSetting(ridge: best.ridge * factor, weights: best.weights))
      }
    case .done: break
    }
    return settings
  }

  /// The mean of the heads of the folds: where the fit to all rows starts.
  var meanHead: [Double] {
    heads[0].indices.map { column in
      heads.reduce(0) { $0 + $1[column] } / Double(heads.count)
    }
  }
}
