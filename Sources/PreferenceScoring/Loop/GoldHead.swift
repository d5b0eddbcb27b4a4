/// The reward model that has learned from confirmed pairs alone, so that no doubtful label has a say.
///
/// Meaning: the head of a scan, fitted to the confirmed pairs with the labels that the person confirmed.
/// Its penalties are those of the file's head times one factor, which the left-out loss of the confirmed
/// pairs chooses: the same belief about the weights before anything is seen, held more or less firmly.
///
/// - Range: margins are all reals, as the file labels the pairs; below 0 = it speaks against the label.
/// - Complexity: O(n columns^2 + columns^3 / 3) for each of three factors, n the confirmed pairs.
/// - Limits: with few pairs it knows little: `LearningCurve` says how much. A copy of a confirmed pair
///   that was not confirmed itself is judged with the pair in view.
/// - Source: the gold reward model of Skywork-Reward-V2, arXiv:2507.01352 (known second hand); the
///   factor is ours.
struct GoldHead: Sendable {
  /// Fewer confirmed pairs give no head.
  static let neededPairs = HeadQuality.neededPairs
  /// The penalties are the belief before any pair is seen, so the factor of many pairs holds for few.
  static let factors = [0.25, 1, 4]

  let head: BradleyTerryHead
  /// What the penalties of the file's head are multiplied with.
  let factor: Double
  /// By confirmed pair, as it was confirmed, under the head without it and its copies.
  let leftOutMargins: [Double]

  /// - Parameters:
  ///   - gold: At least one pair.
  ///   - penalties: By column, of the file's head.
  ///   - factors: What to choose from.
  init(_ gold: GoldPairs, penalties: [Double], factors: [Double] = Self.factors) {
    precondition(gold.count > 0, "a gold head needs a confirmed pair")
    var best: (loss: Double, fit: GoldHead)?
    for factor in factors {
      let fit = GoldHead(gold, penalties: penalties, factor: factor)
      let loss = fit.leftOutMargins.reduce(0) { $0 + softplus(-$1) }
      if loss < best?.loss ?? .infinity { best = (loss, fit) }
    }
    guard let best else { preconditionFailure("a gold head needs a factor, and finite margins") }
    self = best.fit
  }

  private init(_ gold: GoldPairs, penalties: [Double], factor: Double) {
    self.factor = factor
    var fit = HeadFit(
      rowCount: gold.count, penalties: penalties.map { factor * $0 },
      start: Array(repeating: 0, count: penalties.count))
    var found: BradleyTerryHead?
    while found == nil { found = fit.advance(gold.design, rowLimit: gold.count, jobs: 1) }
    guard let found else { preconditionFailure("a fit ends with a head") }
    head = found
    leftOutMargins =
      LeaveOneOut(
        gold.design, rows: 0..<gold.count, copies: gold.copies[...], head: found,
        keepsGroupPulls: false
      ).leftOutMargins
  }

  /// By design row, the margin as the file labels the pair: of a confirmed one by the head without it.
  func margins(of design: DesignMatrix, _ gold: GoldPairs) -> [Double] {
    var margins = design.relabelled(nil).products(with: head.theta)
    for (place, row) in gold.rows.enumerated() {
      margins[row] = (gold.isSwapped[place] ? -1 : 1) * leftOutMargins[place]
    }
    return margins
  }
}

/// What two heads that learned from different labels say of a third label.
///
/// Where both agree with it there is nothing to decide; where both oppose it a person should; where they
/// differ one of them is wrong.
/// - Source: the consistency filter of Skywork-Reward-V2, arXiv:2507.01352 (known second hand).
public enum TwoModelConsistency: Double, CaseIterable, Hashable, Sendable {
  case bothAgree = 0
  case differ = 0.5
  case bothOppose = 1

  /// By the margins of the two heads; a margin of 0 opposes nothing.
  init(_ label: Double, _ gold: Double) {
    switch (label < 0, gold < 0) {
    case (true, true): self = .bothOppose
    case (false, false): self = .bothAgree
    default: self = .differ
    }
  }
}
