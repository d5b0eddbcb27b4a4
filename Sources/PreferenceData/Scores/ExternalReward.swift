/// A reward model, a judge or a language model whose word about the sides of each row is at hand:
/// where it comes from, and what its numbers are. The numbers stand in `Side.rewards`.
///
/// They belong to the sides, not to the label: a relabelled row keeps them where they are.
public struct ExternalReward: Hashable, Sendable {
  /// What a number says. Of each kind only the difference between two sides means anything.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The reward of a reward model, or any rating of a single response.
    case reward
    /// The verdict of a judge who saw both sides: 1 for the one it prefers, 0 for the other and for
    /// both sides of a tie.
    case verdict
    /// The implicit reward of a language model trained on preferences:
    /// beta (log pi(side) - log pi_ref(side)).
    case dpo
    /// The same without a reference model: beta times the mean log-probability of a token.
    case simpo
    /// The same as `dpo` from the log-probabilities of single tokens, those that only the longer side
    /// has room for counting less (`TokenColumns`).
    case ldDPO = "ld_dpo"
    /// Log-probability under a strong model less that under a weak one: contrastive distillation of the
    /// reward.
    case cdr
    /// How near the side is to what was asked.
    case relevance
    /// The log-probability alone, and that of the reference: numbers to look at (`isMeasure`).
    case mapo
    case reference

    /// Whether it is made of numbers that another one already brings: a head does not learn from it.
    public var isMeasure: Bool { self == .mapo || self == .reference }
  }

  /// What log-probability ratios are multiplied with in `dpo` and `ldDPO`: the default of direct
  /// preference optimisation (Rafailov et al., 2023, arXiv:2305.18290).
  public static let implicitRewardFactor = 0.1

  /// What it is called on screen: the names of its columns, or its file.
  public var name: String
  public var kind: Kind

  public init(name: String, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

extension PreferenceRow {
  /// reward(chosen) - reward(rejected) by the reward model at `position`; nil where it says nothing
  /// of either side, or the row is no pair with a preference.
  public func rewardDifference(at position: Int) -> Double? {
    guard let (chosen, rejected) = chosenAndRejected,
      let better = sides[chosen].reward(at: position),
      let worse = sides[rejected].reward(at: position)
    else { return nil }
    let difference = better - worse
    return difference.isFinite ? difference : nil
  }

  /// rating(chosen) - rating(rejected) by the file itself; nil where it does not rate both sides, or the row
  /// is no pair with a preference.
  public var ratingDifference: Double? {
    guard let (chosen, rejected) = chosenAndRejected, let better = sides[chosen].rating,
      let worse = sides[rejected].rating
    else { return nil }
    let difference = better - worse
    return difference.isFinite ? difference : nil
  }
}

extension Side {
  /// What the reward model at `position` says of this side, if anything.
  public func reward(at position: Int) -> Double? {
    rewards.indices.contains(position) ? rewards[position] : nil
  }
}
