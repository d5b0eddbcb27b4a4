/// How often labels go against the better side where it stands first, and where it stands second.
///
/// Meaning: with g = P(labelled for the second | the first is better) and d = P(labelled for the first |
/// the second is better), a label for the first side has the likelihood (1 - g) p + d (1 - p), one for
/// the second (1 - d) p + g (1 - p); EM over both, from equal rates.
///
/// - Limits: annotators who take the first of two equals look like g < d. Without knowing which side
///   stood first only g = d can be told.
/// - Source: NBPO, in the form for pairs; ours, since the paper has one-sided flips of implicit feedback.
struct SideRates: Sendable {
  private(set) var sides: LabelNoise.Sides

  private static let iterations = 40
  private static let tolerance = 1e-4

  /// - Parameters:
  ///   - mixture: Labels of kind 0 are for the side that stood first, of kind 1 for the other.
  ///   - rate: The rate at which labels are right, whichever side they are for.
  ///   - penalties: One a column.
  ///   - start: theta at this rate.
  init(_ mixture: LabelMixture, rate: Double, penalties: [Double], start: [Double]) {
    let plain = LabelRates(right: rate)
    let equal = mixture.fit([plain, plain], penalties: penalties, from: start).objective
    // EM never leaves a rate of 0.
    var (firstLoses, secondLoses) = (max(0.01, 1 - rate), max(0.01, 1 - rate))
    func rates() -> [LabelRates] {
      [
        LabelRates(right: 1 - firstLoses, wrong: secondLoses),
        LabelRates(right: 1 - secondLoses, wrong: firstLoses),
      ]
    }
    var fit = mixture.fit(rates(), penalties: penalties, from: start)
    for _ in 0..<Self.iterations {
      let firstIsBetter = fit.rightSums[0] + fit.counts[1] - fit.rightSums[1]
      let secondIsBetter = fit.rightSums[1] + fit.counts[0] - fit.rightSums[0]
      let next = (
        (fit.counts[1] - fit.rightSums[1]) / max(firstIsBetter, .leastNormalMagnitude),
        (fit.counts[0] - fit.rightSums[0]) / max(secondIsBetter, .leastNormalMagnitude)
      )
      let change = max(abs(next.0 - firstLoses), abs(next.1 - secondLoses))
      (firstLoses, secondLoses) = next
      fit = mixture.fit(rates(), penalties: penalties, from: fit.theta, passLimit: 8)
      if change < Self.tolerance { break }
    }
    sides = LabelNoise.Sides(
      firstLoses: firstLoses, secondLoses: secondLoses,
      deviance: max(0, 2 * (equal - fit.objective)))
  }
}
