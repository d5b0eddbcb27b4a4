/// Why a pair has its leave-one-out margin: what each feature adds.
///
/// The contributions shown and `rest` add up to `margin`. An amount above 0 speaks for the side
/// that the file calls chosen, one below 0 against it.
public struct Explanation: Hashable, Sendable {
  /// The rewardMargin under the head that has not seen the pair.
  public var margin: Double
  /// The pair's place in the queue; 1 = most suspicious.
  public var rank: Int
  /// The strongest contributions, by falling absolute amount.
  public var contributions: [Contribution]
  /// What all other features add, summed up.
  public var rest: Double
  /// How many features that differ between the sides `rest` sums up.
  public var restCount: Int
  /// What the features of length alone add, whether shown or in `rest`.
  public var lengthAmount: Double

  public init(
    margin: Double, rank: Int, contributions: [Contribution], rest: Double, restCount: Int,
    lengthAmount: Double
  ) {
    self.margin = margin
    self.rank = rank
    self.contributions = contributions
    self.rest = rest
    self.restCount = restCount
    self.lengthAmount = lengthAmount
  }

  /// What length alone would say: true = the file's label is right, false = it is wrong, nil =
  /// nothing.
  public var lengthAgrees: Bool? { lengthAmount == 0 ? nil : lengthAmount > 0 }

  /// What one feature adds to the margin.
  public struct Contribution: Hashable, Sendable {
    public var source: Source
    public var amount: Double
    /// The feature's value on the chosen side: as in `StyleFeature`, or the number of times that
    /// the words stand there.
    public var chosenValue: Double
    public var rejectedValue: Double

    public init(
      source: Source, amount: Double, chosenValue: Double, rejectedValue: Double
    ) {
      self.source = source
      self.amount = amount
      self.chosenValue = chosenValue
      self.rejectedValue = rejectedValue
    }
  }

  public enum Source: Hashable, Sendable {
    case style(StyleFeature)
    /// A word or two neighbouring words, in lower case.
    case words(String)
    /// Which response it is, where responses recur: what its other pairs say of it, whatever its
    /// words. Its values are the numbers of pairs in which the responses stand, 0 = only this one.
    case recurringText
    /// Who labelled the row: whether the other labels of this annotator are agreed with more than
    /// the average. Its values are 0.
    case annotator
    /// A reward model from elsewhere, by its name. Its values are the rewards of the two sides.
    case reward(String)
  }
}
