/// A measured number with its 95 % interval.
public struct Estimate: Hashable, Sendable {
  public var value: Double
  public var lower: Double
  public var upper: Double

  public init(value: Double, lower: Double, upper: Double) {
    self.value = value
    self.lower = lower
    self.upper = upper
  }
}

/// How well the reward model tells chosen from rejected on pairs it has not seen.
///
/// Measured against the labels of the file, wrong ones among them: with a share e of wrong labels a
/// perfect head reaches an accuracy of 1 - e.
public enum HeadQuality: Hashable, Sendable {
  /// - accuracy: the share of pairs whose out-of-fold margin is positive (0 counts half).
  /// - auc: the probability that a pair as labelled has a higher out-of-fold margin than a pair as
  ///   swapped: P(margin(i) > -margin(j)). .5 = chance.
  /// - pairCount: on how many pairs.
  case measured(accuracy: Estimate, auc: Estimate, pairCount: Int)
  /// There is no head, and no number.
  case notMeasured(Reason)

  public enum Reason: Hashable, Sendable {
    /// Fewer pairs than a head needs.
    case tooFewPairs(found: Int, needed: Int)
    /// All pairs are copies of one, or belong to one prompt: none can be held out.
    case oneGroup
    /// No feature differs between chosen and rejected.
    case noDifference
  }

  /// The lower end of the interval of `auc` that a head must stay above to count as a signal.
  public static let chanceLimit = 0.55

  /// Whether the queue's order means something: false where the interval of `auc` reaches
  /// `chanceLimit`, or nothing was measured.
  public var hasSignal: Bool {
    guard case .measured(_, let auc, _) = self else { return false }
    return auc.lower > Self.chanceLimit
  }
}
