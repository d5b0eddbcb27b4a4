/// What single labels do to a head with one hidden layer: `Influence` where the reward is not linear.
///
/// Meaning: at an optimum (`HiddenLayerFit`) each loss is taken as it is in the margin, and each margin as
/// straight in the weights. With g the gradient of a pair's margin, r = 1 - p, H the Gauss-Newton matrix
/// sum p r g g' + penalty, and G = -sum r g over the target without the pair itself,
/// - `mlp_influence` = -G'H^-1 g: by how much the loss of the target changes when the label is swapped;
/// - `mlp_self_influence` = r^2 h, h = g'H^-1 g: by how much the pair's own loss would rise without it.
/// H^-1 G is worked out with the whole of H, by conjugate gradients. h, which is a solution for each pair,
/// is that of `LayerCurvature` (EK-FAC), which also leads the conjugate gradients.
///
/// - Range: all reals, low = suspicious; self-influence from 0 on, high = suspicious.
/// - Complexity: `HiddenLayerFit`, some dozens of passes for H^-1 G, O(n columns^2 + columns^3) for h.
/// - Limits: it answers for weights that stay near these (the proximal Bregman response), where a head
///   that learns anew may go elsewhere. No better at finding wrong labels than linear heads on the sets
///   looked at.
/// - Source: Grosse et al., 2023, arXiv:2308.03296 (EK-FAC influence); Bae et al., 2022, arXiv:2209.05364
///   (the question that influence answers). Conjugate gradients for the target, and leaving the pair out
///   of its own target, are ours.
struct HiddenLayerInfluence: SignalWork {
  /// The head and the curvature of its loss there.
  private struct Optimum: Sendable {
    let weights: HiddenLayerWeights
    let curvature: LayerCurvature
  }

  private enum Phase: Sendable {
    case fitting(HiddenLayerFit)
    case preparing(HiddenLayerWeights, CurvatureBuilding)
    /// Adds up G.
    case aiming(Optimum, GradientPass, gradient: [Double])
    /// Adds up the product of H with the direction of the conjugate gradients.
    case solving(Optimum, GradientPass, image: [Double], ConjugateGradients)
    case judging(Optimum, GradientPass, pull: [Double])
    /// While a step is under way: the value is nobody else's then, and nothing is copied.
    case working
  }

  private let hasTarget: Bool
  /// By row, how often the target counts it as labelled, and how often with its label exchanged.
  private let plainCounts: [Double]
  private let swappedCounts: [Double]
  private let penalty: Double
  private var phase: Phase
  /// By row, what the pair itself adds to G, as a multiple of its g.
  private var ownParts: [Double]
  /// Once it is found, the head that is looked at, and H^-1 G.
  private(set) var weights: HiddenLayerWeights?
  private(set) var pull: [Double] = []
  /// By row, h.
  private(set) var leverages: [Double] = []
  private var effects: [Double] = []
  private var selfInfluences: [Double] = []

  /// - Parameters:
  ///   - evidence: The pairs.
  ///   - target: Whose loss is looked at; empty where only self-influence is wanted.
  ///   - width: How many hidden units.
  init(
    _ evidence: SignalEvidence, target: [Influence.TargetPair],
    width: Int = HiddenLayerTraining.width
  ) {
    hasTarget = !target.isEmpty
    var counts = [Double](repeating: 0, count: 2 * evidence.rowCount)
    for pair in target { counts[pair.row + (pair.isSwapped ? evidence.rowCount : 0)] += 1 }
    plainCounts = Array(counts.prefix(evidence.rowCount))
    swappedCounts = Array(counts.suffix(evidence.rowCount))
    ownParts = Array(repeating: 0, count: evidence.rowCount)
    penalty = evidence.penalties.min() ?? 1
    phase = .fitting(
      HiddenLayerFit(
        evidence.design, penalties: evidence.penalties, width: width,
        seed: WordHash.pair(evidence.seed, 0x6d6c_7069)))
  }

  var share: Double {
    switch phase {
    case .fitting(let fit): 0.6 * fit.share
    case .preparing, .working: 0.6
    case .aiming: 0.65
    case .solving(_, _, _, let gradients): 0.7 + 0.2 * min(1, Double(gradients.productCount) / 50)
    case .judging: 0.9 + 0.1 * Double(leverages.count) / Double(max(ownParts.count, 1))
    }
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let design = evidence.design
    let present = phase
    phase = .working
    switch consume present {
    case .fitting(var fit):
      weights = fit.advance(design, jobs: jobs)
      phase =
        weights.map { .preparing($0, CurvatureBuilding($0, penalty: penalty)) } ?? .fitting(fit)
    case .preparing(let weights, var building):
      guard let curvature = building.advance(design, jobs: jobs) else {
        phase = .preparing(weights, building)
        break
      }
      let optimum = Optimum(weights: weights, curvature: curvature)
      let none = [Double](repeating: 0, count: weights.values.count)
      phase =
        hasTarget
        ? .aiming(optimum, GradientPass(), gradient: none)
        : .judging(optimum, GradientPass(), pull: none)
    case .aiming(let optimum, var pass, var gradient):
      aim(&pass, optimum, design, adding: &gradient, jobs: jobs)
      guard pass.nextRow == design.rowCount else {
        phase = .aiming(optimum, pass, gradient: gradient)
        break
      }
      solve(
        optimum, ConjugateGradients(gradient, inverse: optimum.curvature.solve))
    case .solving(let optimum, var pass, var image, var gradients):
      multiply(&pass, optimum, design, gradients.direction, adding: &image, jobs: jobs)
      guard pass.nextRow == design.rowCount else {
        phase = .solving(optimum, pass, image: image, gradients)
        break
      }
      gradients.take(image)
      solve(optimum, gradients)
    case .judging(let optimum, var pass, let pull):
      judge(&pass, optimum, design, pull, jobs: jobs)
      guard pass.nextRow == design.rowCount else {
        phase = .judging(optimum, pass, pull: pull)
        break
      }
      self.pull = pull
      return found
    case .working: preconditionFailure("a signal is advanced by one caller at a time")
    }
    return nil
  }

  private var found: [SignalID: SignalValues] {
    var found = [SignalID.mlpSelfInfluence: SignalValues(selfInfluences)]
    // Without a target there is nothing to say, which is not the same as an effect of 0.
    if hasTarget { found[.mlpInfluence] = SignalValues(effects) }
    return found
  }

  private mutating func aim(
    _ pass: inout GradientPass, _ optimum: Optimum, _ design: DesignMatrix,
    adding gradient: inout [Double], jobs: Int
  ) {
    let parts = pass.next(design, optimum.weights, jobs: jobs) {
      [plainCounts, swappedCounts] part, start in
      let own = part.margins.enumerated().map { place, margin in
        swappedCounts[start + place] * sigmoid(margin)
          - plainCounts[start + place] * sigmoid(-margin)
      }
      return (start: start, own: own, sum: part.sum(weights: own))
    }
    for part in parts {
      ownParts.replaceSubrange(part.start..<part.start + part.own.count, with: part.own)
      for index in gradient.indices { gradient[index] += part.sum[index] }
    }
  }

  /// Goes on to the next product, or to the pairs.
  private mutating func solve(_ optimum: Optimum, _ gradients: ConjugateGradients) {
    phase =
      gradients.isDone
      ? .judging(optimum, GradientPass(), pull: gradients.solution)
      : .solving(
        optimum, GradientPass(), image: gradients.direction.map { penalty * $0 }, gradients)
  }

  /// Adds what the next rows have of H `direction`.
  private func multiply(
    _ pass: inout GradientPass, _ optimum: Optimum, _ design: DesignMatrix,
    _ direction: [Double], adding image: inout [Double], jobs: Int
  ) {
    let parts = pass.next(design, optimum.weights, jobs: jobs) { part, _ in
      part.sum(weights: zip(part.curvatures, part.products(with: direction)).map { $0 * $1 })
    }
    for part in parts {
      for index in image.indices { image[index] += part[index] }
    }
  }

  private mutating func judge(
    _ pass: inout GradientPass, _ optimum: Optimum, _ design: DesignMatrix, _ pull: [Double],
    jobs: Int
  ) {
    let parts = pass.next(design, optimum.weights, jobs: jobs) { part, _ in
      (
        margins: part.margins, products: part.products(with: pull),
        leverages: optimum.curvature.leverages(of: part)
      )
    }
    for part in parts {
      for place in part.margins.indices {
        let (leverage, wrong) = (part.leverages[place], sigmoid(-part.margins[place]))
        // The pair's own part of G is a multiple of g, of H^-1 G so the same multiple of h.
        effects.append(ownParts[leverages.count] * leverage - part.products[place])
        selfInfluences.append(wrong * wrong * leverage)
        leverages.append(leverage)
      }
    }
  }
}
