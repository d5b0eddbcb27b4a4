/// What a head with one hidden layer says of a pair that it has not seen, and what each label does to it.
///
/// Meaning: `mlp` is the margin under a `HiddenLayerHead` that learned from the other folds. One more head
/// learns from all pairs; with g the gradient of a pair's margin there, r = 1 - p, H its curvature by EK-FAC
/// (`LayerCurvature`) and G = -sum r g over the target, the pair's own part left out, `mlp_influence` is
/// -G' H^-1 g: by how much the loss of the target would rise were the label swapped, to first order.
///
/// - Range: all reals; low = suspicious. `mlp_influence` is nil where nothing is meant as the target.
/// - Complexity: 6 trainings of O(15 n width columns); then O(n columns^2 + columns^3).
/// - Limits: first order about a head that Adam has left where it was after 15 epochs, not at an optimum;
///   the curvature across the layers is left out. Small heads of this kind are no better than linear ones on
///   the sets looked at.
/// - Source: EK-FAC influence: Grosse et al., 2023, arXiv:2308.03296. The odd head over differences, and the
///   pair left out of its own target, are ours.
struct HiddenLayer: SignalWork {
  private static let batchesAtOnce = 8
  private static let rowsInPart = 1024

  private let hasTarget: Bool
  /// By row, how often the target counts it as labelled, and how often with its label exchanged.
  private let targetCounts: [(plain: Double, swapped: Double)]
  /// One a fold, then the one of all pairs.
  private var trainings: [HiddenLayerTraining]
  private var margins: SignalValues
  private var phase = Phase.training
  private var nextRow = 0
  private var ownParts: [Double]
  private var gradient: (inner: [Double], outer: [Double])
  private var effects: SignalValues

  private enum Phase {
    case training
    case gathering(LayerCurvature.Sums)
    case correcting(LayerCurvature)
    case judging(LayerCurvature, (inner: [Double], outer: [Double]))
    case working
  }

  init(_ evidence: SignalEvidence, target: [Influence.TargetPair]) {
    hasTarget = !target.isEmpty
    targetCounts = Self.counts(target, rowCount: evidence.rowCount)
    let (count, columns) = (evidence.rowCount, evidence.design.columnCount)
    let seed = WordHash.pair(evidence.seed, 0x6d6c_7000)
    let held: [Range<Int>?] = evidence.groups.folds.map(Optional.some) + [nil]
    trainings = held.enumerated().map { number, fold in
      HiddenLayerTraining(
        evidence.design, rows: (0..<count).filter { !(fold?.contains($0) ?? false) },
        penalties: evidence.penalties, seed: WordHash.pair(seed, UInt64(number)))
    }
    margins = SignalValues(nothingOf: count)
    ownParts = Array(repeating: 0, count: count)
    effects = margins
    let width = HiddenLayerTraining.width
    gradient = (Array(repeating: 0, count: width * columns), Array(repeating: 0, count: width))
  }

  /// The work on a head that is trained already: its effects alone.
  init(_ evidence: SignalEvidence, trained head: HiddenLayerHead, target: [Influence.TargetPair]) {
    hasTarget = !target.isEmpty
    targetCounts = Self.counts(target, rowCount: evidence.rowCount)
    trainings = []
    margins = SignalValues(nothingOf: evidence.rowCount)
    ownParts = Array(repeating: 0, count: evidence.rowCount)
    effects = margins
    gradient = (
      Array(repeating: 0, count: head.inner.count), Array(repeating: 0, count: head.width)
    )
    self.head = head
    phase = .gathering(.init(columns: head.columnCount, width: head.width))
  }

  private static func counts(
    _ target: [Influence.TargetPair], rowCount: Int
  ) -> [(plain: Double, swapped: Double)] {
    var counts = [(plain: Double, swapped: Double)](repeating: (0, 0), count: rowCount)
    for pair in target {
      if pair.isSwapped { counts[pair.row].swapped += 1 } else { counts[pair.row].plain += 1 }
    }
    return counts
  }

  /// The head of all pairs, once it is trained.
  private var head: HiddenLayerHead?

  var share: Double {
    let rows = Double(nextRow) / Double(max(effects.count, 1))
    switch phase {
    case .training, .working:
      return 0.7 * trainings.reduce(0) { $0 + $1.share } / Double(max(trainings.count, 1))
    case .gathering: return 0.7 + 0.1 * rows
    case .correcting: return 0.8 + 0.1 * rows
    case .judging: return 0.9 + 0.1 * rows
    }
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let present = phase
    phase = .working
    switch consume present {
    case .training: return train(evidence, jobs: jobs)
    case .gathering(var sums):
      gather(evidence, into: &sums, jobs: jobs)
      phase = .gathering(sums)
      if nextRow == evidence.rowCount { beginCorrecting(evidence, sums) }
    case .correcting(var curvature):
      let parts = parts(of: evidence, jobs: jobs) { [curvature] in curvature.curvatures(of: $0) }
      for part in parts { curvature.add(part) }
      phase = .correcting(curvature)
      if nextRow == evidence.rowCount {
        nextRow = 0
        phase = .judging(curvature, curvature.solve(inner: gradient.inner, outer: gradient.outer))
      }
    case .judging(let curvature, let direction):
      judge(evidence, curvature, direction, jobs: jobs)
      phase = .judging(curvature, direction)
      if nextRow == evidence.rowCount { return found }
    case .working: preconditionFailure("a signal is advanced by one caller")
    }
    return nil
  }

  private var found: [SignalID: SignalValues] {
    var found: [SignalID: SignalValues] = [:]
    if !trainings.isEmpty { found[.mlp] = margins }
    if hasTarget { found[.mlpInfluence] = effects }
    return found
  }

  private mutating func train(
    _ evidence: SignalEvidence, jobs: Int
  ) -> [SignalID: SignalValues]? {
    trainings = parallelMap(count: trainings.count, jobs: jobs, scratch: { [Float]() }) {
      [trainings] number, x in
      var training = trainings[number]
      training.learn(batches: Self.batchesAtOnce, of: evidence.design, into: &x)
      return training
    }
    phase = .training
    guard trainings.allSatisfy(\.isFinished) else { return nil }
    for (training, fold) in zip(trainings, evidence.groups.folds) {
      let found = training.head.margins(of: evidence.design, fold)
      for (row, margin) in zip(fold, found) { margins[row] = Double(margin) }
    }
    guard let all = trainings.last?.head, hasTarget else { return found }
    head = all
    phase = .gathering(.init(columns: all.columnCount, width: all.width))
    return nil
  }

  /// What `body` says of the next parts of the rows.
  private mutating func parts<Value: Sendable>(
    of evidence: SignalEvidence, jobs: Int, _ body: @Sendable (PairGradients) -> Value
  ) -> [Value] {
    guard let head else { preconditionFailure("the head is trained before it is judged") }
    let first = nextRow
    let waiting = (evidence.rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let count = min(waiting, 2 * jobs)
    nextRow = min(first + count * Self.rowsInPart, evidence.rowCount)
    return parallelMap(count: count, jobs: jobs, scratch: { () }) { part, _ in
      let start = first + part * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, evidence.rowCount)
      return body(PairGradients(head, evidence.design, rows: rows))
    }
  }

  private mutating func gather(
    _ evidence: SignalEvidence, into sums: inout LayerCurvature.Sums, jobs: Int
  ) {
    var row = nextRow
    let (columns, width) = (gradient.inner.count / gradient.outer.count, gradient.outer.count)
    let parts = parts(of: evidence, jobs: jobs) { part in
      var sums = LayerCurvature.Sums(columns: columns, width: width)
      sums.add(part)
      return (sums: sums, gradients: part)
    }
    for part in parts {
      sums += part.sums
      let weights = part.gradients.margins.enumerated().map { place, margin in
        let count = targetCounts[row + place]
        return count.swapped * sigmoid(margin) - count.plain * sigmoid(-margin)
      }
      ownParts.replaceSubrange(row..<row + weights.count, with: weights)
      row += weights.count
      let added = part.gradients.sum(weights: weights)
      for index in gradient.inner.indices { gradient.inner[index] += added.inner[index] }
      for index in gradient.outer.indices { gradient.outer[index] += added.outer[index] }
    }
  }

  private mutating func beginCorrecting(
    _ evidence: SignalEvidence, _ sums: LayerCurvature.Sums
  ) {
    guard let head else { return }
    nextRow = 0
    phase = .correcting(
      LayerCurvature(
        sums, columns: head.columnCount, width: head.width,
        penalty: evidence.penalties.min() ?? 1))
  }

  private mutating func judge(
    _ evidence: SignalEvidence, _ curvature: LayerCurvature,
    _ direction: (inner: [Double], outer: [Double]), jobs: Int
  ) {
    var row = nextRow
    let parts = parts(of: evidence, jobs: jobs) { part in
      (
        part.products(inner: direction.inner, outer: direction.outer),
        curvature.leverages(of: part)
      )
    }
    for (products, leverages) in parts {
      for (product, leverage) in zip(products, leverages) {
        effects[row] = ownParts[row] * leverage - product
        row += 1
      }
    }
  }
}
