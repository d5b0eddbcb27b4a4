/// The third part of a scan: ridge and block weights by out-of-fold loss, and the head's quality.
///
/// From a large file it takes only as many pairs as the choice needs: the first of each fold, which
/// are a seeded sample of the groups.
struct HeadChoosing: Sendable {
  private(set) var choice: HeadChoice
  private let folds: [Range<Int>]
  private var grams: FoldGrams
  private var fits: [FoldFit] = []

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
    let first = fits.count
    fits += parallelMap(count: min(folds.count - first, jobs), jobs: jobs, scratch: { () }) {
      [grams, folds, choice] index, _ in
      FoldFit(
        design, blocks: blocks, grams: grams, folds: folds, heldOut: first + index,
        settings: choice.round, start: choice.heads[first + index])
    }
    guard fits.count == folds.count else { return false }
    choice.take(fits)
    fits = []
    return choice.round.isEmpty
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
