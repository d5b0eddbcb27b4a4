/// Which side is better by one criterion of a rubric.
public struct CriterionRating: Hashable, Sendable {
  /// The name of the criterion.
  public var criterion: String
  /// The better side; nil where neither is.
  public var side: SideID?
  /// How much better: 1 better, 2 much better; nil where neither is, or it was not said.
  public var strength: Int?

  public init(_ criterion: String, side: SideID?, strength: Int? = nil) {
    self.criterion = criterion
    self.side = side
    self.strength = strength
  }
}

/// One rating as a line of JSON carries it: by the side's hash, which counts, and by what it says of the
/// label, which a reader understands without the hash.
public struct RatingRecord: Hashable, Sendable {
  public var criterion: String
  /// Keep where the criterion speaks for the label, swap where it speaks against it, or tie; nil where
  /// the row was gone when the record was made.
  public var outcome: Outcome?
  public var prefers: SideID?
  public var strength: Int?

  public init(
    _ criterion: String, outcome: Outcome?, prefers: SideID? = nil, strength: Int? = nil
  ) {
    self.criterion = criterion
    self.outcome = outcome
    self.prefers = prefers
    self.strength = strength
  }

  /// The record of `rating` on a row of two sides whose label prefers the one at `preferred`.
  public init(_ rating: CriterionRating, sides: [SideID], preferred: Int?) {
    let verdict = rating.side.map(Verdict.prefers) ?? .tie
    self.init(
      rating.criterion, outcome: verdict.outcome(sides: sides, preferred: preferred),
      prefers: rating.side, strength: rating.strength)
  }

  /// What this record says of a row with these sides; nil where it names a side that the row has not, or
  /// keeps or swaps a preference that is not there.
  public func rating(sides: [SideID], preferred: Int?) -> CriterionRating? {
    if let prefers {
      guard sides.contains(prefers) else { return nil }
      return CriterionRating(criterion, side: prefers, strength: strength)
    }
    guard let outcome, let verdict = Verdict(outcome, sides: sides, preferred: preferred) else {
      return nil
    }
    return CriterionRating(criterion, side: verdict.preferredSide, strength: strength)
  }
}
