/// What a head with one hidden layer says of a pair that it has not seen.
///
/// Meaning: the margin of each pair under a `HiddenLayerHead` that learned from the other folds.
///
/// - Range: all reals; low = suspicious.
/// - Complexity: a training of O(15 n width columns) for each fold.
/// - Limits: small heads of this kind are no better than linear ones on the sets looked at.
/// - Source: cross-fitting as for the linear head; the odd head over differences is ours.
struct HiddenLayer: SignalWork {
  private static let batchesAtOnce = 8

  /// One a fold.
  private var trainings: [HiddenLayerTraining]

  init(_ evidence: SignalEvidence) {
    let seed = WordHash.pair(evidence.seed, 0x6d6c_7000)
    trainings = evidence.groups.folds.enumerated().map { number, fold in
      HiddenLayerTraining(
        evidence.design, rows: (0..<evidence.rowCount).filter { !fold.contains($0) },
        penalties: evidence.penalties, seed: WordHash.pair(seed, UInt64(number)))
    }
  }

  var share: Double {
    trainings.reduce(0) { $0 + $1.share } / Double(max(trainings.count, 1))
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    trainings = parallelMap(count: trainings.count, jobs: jobs, scratch: { [Float]() }) {
      [trainings] number, x in
      var training = trainings[number]
      training.learn(batches: Self.batchesAtOnce, of: evidence.design, into: &x)
      return training
    }
    guard trainings.allSatisfy(\.isFinished) else { return nil }
    var margins = SignalValues(nothingOf: evidence.rowCount)
    for (training, fold) in zip(trainings, evidence.groups.folds) {
      let found = training.head.margins(of: evidence.design, fold)
      for (row, margin) in zip(fold, found) { margins[row] = Double(margin) }
    }
    return [.mlp: margins]
  }
}
