/// The fit of a `HiddenLayerHead` to all rows of a design, to an optimum, a few rows at a time.
///
/// Meaning: minimises J = sum softplus(-margin) + 1/2 penalty |weights|^2. `HiddenLayerTraining` finds the
/// valley, `HeadDescent` goes down it in double precision. It ends with a step that lowers J by less than
/// 1e-10 a row: what is left of the gradient would be taken for an effect of single pairs.
///
/// - Complexity: the training and about a hundred passes of O(rows width columns).
/// - Limits: J is not convex. Another seed leads to another optimum, about as good.
struct HiddenLayerFit: Sendable {
  private let penalty: Double
  private var phase: Phase
  /// The lowest J so far, and where.
  private var best: (objective: Double, weights: HiddenLayerWeights)?
  private var passCount = 0

  private enum Phase: Sendable {
    case training(HiddenLayerTraining)
    case descending(HiddenLayerWeights, HeadDescent, GradientPass, LossSlope)
    /// While a step is under way: the value is nobody else's then, and nothing is copied.
    case working
  }

  private static let batchesAtOnce = 8
  private static let passLimit = 400
  private static let tolerance = 1e-10

  /// - Parameters:
  ///   - design: The pairs.
  ///   - penalties: By column, what the file's head was fitted with.
  ///   - width: How many hidden units.
  ///   - seed: Decides the first weights and the order of learning.
  init(
    _ design: DesignMatrix, penalties: [Double], width: Int = HiddenLayerTraining.width,
    seed: UInt64
  ) {
    penalty = penalties.min() ?? 1
    phase = .training(
      HiddenLayerTraining(
        design, rows: Array(0..<design.rowCount), penalties: penalties, width: width, seed: seed))
  }

  /// About how much is done, in [0, 1].
  var share: Double {
    switch phase {
    case .training(let training): 0.2 * training.share
    case .descending, .working: 0.2 + 0.8 * min(1, Double(passCount) / 120)
    }
  }

  /// Works through the next rows; the weights, once they are found.
  mutating func advance(_ design: DesignMatrix, jobs: Int) -> HiddenLayerWeights? {
    let present = phase
    phase = .working
    switch consume present {
    case .training(var training):
      var x: [Float] = []
      training.learn(batches: Self.batchesAtOnce, of: design, into: &x)
      guard training.isFinished else {
        phase = .training(training)
        return nil
      }
      let weights = HiddenLayerWeights(training.head)
      let descent = HeadDescent(
        penalties: Array(repeating: penalty, count: weights.values.count), start: weights.values,
        tolerance: Self.tolerance)
      phase = .descending(weights, descent, GradientPass(), Self.nothing(of: weights))
    case .descending(let weights, let descent, var pass, var slope):
      let parts = pass.next(design, weights, jobs: jobs) { part, _ in
        (
          loss: part.margins.reduce(0) { $0 + softplus(-$1) },
          ascent: part.sum(weights: part.margins.map { sigmoid(-$0) })
        )
      }
      for part in parts {
        slope.loss += part.loss
        for index in slope.ascent.indices { slope.ascent[index] += part.ascent[index] }
      }
      guard pass.nextRow == design.rowCount else {
        phase = .descending(weights, descent, pass, slope)
        return nil
      }
      return step(from: weights, descent, slope, rowCount: design.rowCount)
    case .working: preconditionFailure("a fit is advanced by one caller at a time")
    }
    return nil
  }

  private static func nothing(of weights: HiddenLayerWeights) -> LossSlope {
    LossSlope(ascent: Array(repeating: 0, count: weights.values.count))
  }

  /// Goes on from `weights`, where `slope` is all there is of the loss; the weights, if that was the last
  /// step.
  private mutating func step(
    from weights: HiddenLayerWeights, _ descent: HeadDescent, _ slope: LossSlope, rowCount: Int
  ) -> HiddenLayerWeights? {
    passCount += 1
    let objective =
      slope.loss + 0.5 * penalty * weights.values.reduce(0) { $0 + $1 * $1 }
    if objective < best?.objective ?? .infinity { best = (objective, weights) }
    var descent = descent
    descent.take(slope, rowCount: rowCount)
    var next = weights
    next.values = descent.theta
    if descent.isDone { return next }
    if passCount == Self.passLimit { return best?.weights ?? weights }
    phase = .descending(next, descent, GradientPass(), Self.nothing(of: next))
    return nil
  }
}
