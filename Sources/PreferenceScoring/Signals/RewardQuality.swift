public import PreferenceData

/// What a scan found out about a reward model from elsewhere: how often it agrees with the labels, and
/// whether it may say something of them.
public struct RewardQuality: Hashable, Sendable {
  public let reward: ExternalReward
  /// The signal that holds its rewardMargin of each pair.
  public let signal: SignalID
  /// Of how many pairs it says something, and of how many nothing.
  public let pairCount: Int
  public let missingCount: Int
  /// The share of those pairs whose chosen side it rewards more (equal rewards count half), against
  /// the labels of the file, wrong ones among them. Nil where there are fewer than a head needs, or
  /// it rewards both sides alike in every pair.
  public let accuracy: Estimate?
  public let use: Use
  /// In how many of the folds the other pairs say that the lower reward is the better one.
  public let foldsAgainst: Int
  public let foldCount: Int

  /// What becomes of a reward model in the head.
  public enum Use: UInt8, Sendable, CaseIterable {
    /// It has a column, whose weight is fitted.
    case inHead
    /// It says something of fewer pairs than a head needs.
    case tooFewPairs
    /// It rewards both sides alike in every pair.
    case constant
    /// It never rewards the rejected side more: the labels were probably made from it, so it cannot
    /// tell which of them are wrong.
    case agreesWithEveryLabel
    /// It never rewards the chosen side more: its columns are exchanged, or the two sides are on
    /// different scales.
    case contradictsEveryLabel
    /// It is a number to look at (`ExternalReward.Kind.isMeasure`).
    case measure
  }

  /// Whether it agrees with the labels no more often than chance: the interval of `accuracy` holds .5.
  public var isLikeChance: Bool {
    accuracy.map { $0.lower <= 0.5 && $0.upper >= 0.5 } ?? false
  }

  /// Whether the pairs say, out of fold and beyond chance, that its lower reward is the better one.
  public var isAgainstItsName: Bool {
    use == .contradictsEveryLabel || 2 * foldsAgainst > foldCount && !isLikeChance
  }
}

extension RewardQuality.Use {
  /// What becomes of a reward model with these differences, one a pair of which it says something.
  init(of differences: [Double]) {
    if differences.count < HeadQuality.neededPairs {
      self = .tooFewPairs
    } else if differences.allSatisfy({ $0 == 0 }) {
      self = .constant
    } else if differences.allSatisfy({ $0 >= 0 }) {
      self = .agreesWithEveryLabel
    } else if differences.allSatisfy({ $0 <= 0 }) {
      self = .contradictsEveryLabel
    } else {
      self = .inHead
    }
  }
}

/// The reward models of a scan, judged by the pairs.
///
/// Meaning: for each reward model of the block, the log-odds that it alone gives the labels: a x, with
/// x its column and a > or < 0 the weight of a Bradley-Terry head of this one column, fitted to the
/// pairs of all other folds with the penalty a^2 / 2 (a standard normal prior). So the sign of a
/// reward is checked on pairs that have no part in it, and rewards on different scales become
/// comparable.
/// - Complexity: O(models * folds * n).
/// - Source: Platt, 1999 (the logistic calibration of a score); without intercept, since a pair may be
///   written either way round.
struct RewardCheck: Sendable {
  let qualities: [RewardQuality]
  /// By reward model in the head, by design row: the log-odds out of fold.
  private(set) var margins: [[Double]] = []

  /// - Parameters:
  ///   - rewards: The reward models.
  ///   - differences: By design row, one place a reward model.
  ///   - scales: The block.
  ///   - groups: The order of the design.
  init(
    _ rewards: [ExternalReward], differences: [Double?], scales: RewardScales, groups: PairGroups
  ) {
    var qualities: [RewardQuality] = []
    for (position, reward) in rewards.enumerated() {
      let column = stride(from: position, to: differences.count, by: rewards.count)
        .map { differences[$0] }
      let known = column.compactMap(\.self)
      let use = reward.kind.isMeasure ? .measure : RewardQuality.Use(of: known)
      var against = 0
      if use == .inHead {
        let x = column.map { scales.value(of: $0, at: position) }
        var margins = Array(repeating: 0.0, count: x.count)
        for fold in groups.folds {
          let weight = Self.weight(of: x, without: fold)
          if weight < 0 { against += 1 }
          for row in fold { margins[row] = weight * x[row] }
        }
        self.margins.append(margins)
      }
      let number = rewards[...position].count { $0.kind == reward.kind }
      qualities.append(
        RewardQuality(
          reward: reward, signal: .reward(reward.kind, number: number), pairCount: known.count,
          missingCount: column.count - known.count,
          accuracy: [.tooFewPairs, .constant].contains(RewardQuality.Use(of: known))
            ? nil : Self.accuracy(column, groups: groups.groups),
          use: use, foldsAgainst: against, foldCount: groups.folds.count))
    }
    self.qualities = qualities
  }

  private static func accuracy(_ column: [Double?], groups: [Range<Int>]) -> Estimate {
    var correct: [Double] = []
    var ranges: [Range<Int>] = []
    for group in groups {
      let start = correct.count
      for case let difference? in column[group] {
        correct.append(difference > 0 ? 1 : difference == 0 ? 0.5 : 0)
      }
      ranges.append(start..<correct.count)
    }
    return HeadQuality.estimate(correct, factor: 1, groups: ranges)
  }

  /// The weight that minimises sum softplus(-a x) + a^2 / 2 over the rows outside `fold`.
  ///
  /// Newton's method from 0: the curvature falls away from 0 in every term, so no step goes too far.
  private static func weight(of x: [Double], without fold: Range<Int>) -> Double {
    var weight = 0.0
    for _ in 0..<stepLimit {
      var ascent = -weight
      var curvature = 1.0
      for row in x.indices where !fold.contains(row) {
        let wrong = sigmoid(-weight * x[row])
        ascent += wrong * x[row]
        curvature += wrong * (1 - wrong) * x[row] * x[row]
      }
      weight += ascent / curvature
      if abs(ascent) < tolerance * Double(x.count) { break }
    }
    return weight
  }

  private static let stepLimit = 30
  private static let tolerance = 1e-9
}
