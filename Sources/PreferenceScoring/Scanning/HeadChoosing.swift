/// The third part of a scan: ridge and block weights by out-of-fold loss, and the head's quality.
///
/// From a large file it takes only as many pairs as the choice needs: the first of each fold, which
/// are a seeded sample of the groups.
struct HeadChoosing: Sendable {
  private(set) var choice: HeadChoice
  private let folds: [Range<Int>]
  private var grams: FoldGrams
  private var fits: [FoldFit] = []
  /// By setting of the round: its penalties, and where the way to its heads begins on every fold.
  private var starts: [(penalties: [Double], firstInverse: FirstInverse)] = []
  /// The mean of p(1-p) where the heads of the last round are; of heads that are 0, a quarter.
  private var curvature = 0.25

  static let pairLimit = 10_000

  init(folds: [Range<Int>], columnCount: Int, blockCount: Int) {
    self.folds = folds.map { $0.prefix(Self.pairLimit / folds.count) }
    grams = FoldGrams(folds: self.folds)
    choice = HeadChoice(
      blockCount: blockCount, columnCount: columnCount, foldCount: folds.count)
  }

  /// How much of the choice is made, in [0, 1].
  var share: Double {
    let done = Double(choice.roundsDone) + Double(fits.count) / Double(folds.count)
    return grams.isComplete ? (1 + done) / Double(1 + choice.roundLimit) : 0
  }

  /// Works out Gram matrices of some folds, or fits some folds with `jobs` threads; whether the choice
  /// is made.
  mutating func advance(_ design: DesignMatrix, blocks: [FeatureBlock], jobs: Int) -> Bool {
    guard grams.isComplete else {
      grams.advance(design, jobs: jobs)
      return false
    }
    if starts.isEmpty { starts = roundStarts(blocks: blocks, jobs: jobs) }
    let first = fits.count
    fits += parallelMap(count: min(folds.count - first, jobs), jobs: jobs, scratch: { () }) {
      [folds, starts, choice] index, _ in
      FoldFit(
        design, folds: folds, heldOut: first + index, penalties: starts.map(\.penalties),
        firstInverses: starts.map(\.firstInverse), start: choice.heads[first + index])
    }
    guard fits.count == folds.count else { return false }
    choice.take(fits)
    curvature = fits.reduce(0) { $0 + $1.curvature } / Double(fits.count)
    fits = []
    starts = []
    return choice.round.isEmpty
  }

  /// One inverse a setting serves all folds, of which any two have most rows in common.
  private func roundStarts(
    blocks: [FeatureBlock], jobs: Int
  ) -> [(penalties: [Double], firstInverse: FirstInverse)] {
    let gram = grams.sum()
    return parallelMap(count: choice.round.count, jobs: jobs, scratch: { () }) {
      [choice, folds, curvature] setting, _ in
      let penalties = choice.round[setting].penalties(of: blocks)
      let inverse = FirstInverse(
        gram: gram, scale: Double(folds.count - 1) / Double(folds.count), curvature: curvature,
        penalties: penalties)
      return (penalties, inverse)
    }
  }

  /// x'x of the pairs that were looked at, scaled up to `rowCount` pairs.
  func gram(scaledTo rowCount: Int) -> [Float] {
    let looked = folds.reduce(0) { $0 + $1.count }
    let scale = Float(rowCount) / Float(max(looked, 1))
    return grams.sum().map { scale * $0 }
  }

  /// How well the chosen head does on pairs it has not seen.
  func quality(groups: [Range<Int>]) -> HeadQuality {
    var seen: [Range<Int>] = []
    var offset = 0
    for fold in folds {
      for group in groups where group.overlaps(fold) {
        let rows = group.clamped(to: fold)
        let start = offset + rows.lowerBound - fold.lowerBound
        seen.append(start..<start + rows.count)
      }
      offset += fold.count
    }
    return HeadQuality(margins: choice.margins, groups: seen)
  }
}
