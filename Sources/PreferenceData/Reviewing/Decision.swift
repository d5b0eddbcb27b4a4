/// What a person decides about a row.
///
/// A preference names the *side*, not "keep" or "swap": those follow from the row's label, and stay
/// right when the label of the file changes under the decision.
public enum Verdict: Hashable, Sendable {
  case prefers(SideID)
  case tie
  case bothBad
  /// Leave the row out of the cleaned data set.
  case drop
  /// Undecided: the person looked and passed on.
  case skip
}

/// A verdict and what goes with it.
public struct Decision: Hashable, Sendable {
  public var verdict: Verdict
  /// The two sides that were judged, in a row of more; nil where the decision is about the whole row.
  public var pair: SidePair?
  /// How much better: 1 better, 2 much better, 3 beyond doubt; nil where it was not said.
  public var strength: Int?
  public var note: String
  /// Without repeats, in the order in which they were given.
  public var tags: [String]
  /// Why the label was wrong, in one word of the reviewer's list.
  public var reason: String?
  /// What the criteria of a rubric say, each at most once; those without an answer are left out.
  public var ratings: [CriterionRating]

  /// The strengths that can be said.
  public static let strengths = 1...3

  public init(
    _ verdict: Verdict, on pair: SidePair? = nil, strength: Int? = nil, note: String = "",
    tags: [String] = [], reason: String? = nil, ratings: [CriterionRating] = []
  ) {
    self.verdict = verdict
    self.pair = pair
    self.strength = strength
    self.note = note
    self.tags = tags
    self.reason = reason
    self.ratings = ratings
  }
}

/// What a decision does to the label of a row.
public enum Outcome: String, Hashable, Sendable, CaseIterable {
  case keep, swap, tie
  case bothBad = "both-bad"
  case drop, skip
}

extension Verdict {
  /// What this verdict does to a row whose sides are `sides` and whose label prefers the side at
  /// `preferred`; nil where it names a side that the row has not.
  public func outcome(sides: [SideID], preferred: Int?) -> Outcome? {
    switch self {
    case .tie: return .tie
    case .bothBad: return .bothBad
    case .drop: return .drop
    case .skip: return .skip
    case .prefers(let side):
      guard sides.contains(side) else { return nil }
      guard let preferred, sides.indices.contains(preferred) else { return .swap }
      return sides[preferred] == side ? .keep : .swap
    }
  }

  /// The verdict that has `outcome` on a row of two sides, or nil where the row has no preference
  /// to keep or swap.
  public init?(_ outcome: Outcome, sides: [SideID], preferred: Int?) {
    switch outcome {
    case .tie: self = .tie
    case .bothBad: self = .bothBad
    case .drop: self = .drop
    case .skip: self = .skip
    case .keep, .swap:
      guard sides.count == 2, let preferred, sides.indices.contains(preferred) else { return nil }
      self = .prefers(sides[outcome == .keep ? preferred : 1 - preferred])
    }
  }
}
