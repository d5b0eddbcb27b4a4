/// The pairs whose preference a person has confirmed, by place in the file.
public struct ConfirmedPairs: Hashable, Sendable {
  /// Those whose label was kept, and those whose label was found wrong, rising.
  public let kept: [Int]
  public let swapped: [Int]
  /// Those among both that were drawn at random, rising: what is measured on them speaks of the file.
  public let drawn: [Int]

  /// - Precondition: No pair is kept and swapped, and the drawn are among both.
  public init(
    kept: some Sequence<Int> = [], swapped: some Sequence<Int> = [], drawn: some Sequence<Int> = []
  ) {
    self.kept = Set(kept).sorted()
    self.swapped = Set(swapped).sorted()
    self.drawn = Set(drawn).sorted()
    let all = Set(self.kept).union(self.swapped)
    precondition(all.count == self.kept.count + self.swapped.count, "a pair is kept and swapped")
    precondition(all.isSuperset(of: self.drawn), "a drawn pair is not confirmed")
  }

  public var count: Int { kept.count + swapped.count }
  public var isEmpty: Bool { count == 0 }
}

/// What a review knows that the loop learns from, by place in the file.
public struct LoopEvidence: Sendable {
  public var confirmed: ConfirmedPairs
  /// The places that need no decision any more.
  public var decided: [Int]
  /// How suspicion and wrong labels go together in the audit; nil before it has said so.
  public var calibration: LabelCalibration?
  /// By place, the seconds that a decision is expected to take; nil where that is not known.
  public var seconds: [Double]?

  public init(
    confirmed: ConfirmedPairs, decided: [Int] = [], calibration: LabelCalibration? = nil,
    seconds: [Double]? = nil
  ) {
    self.confirmed = confirmed
    self.decided = decided
    self.calibration = calibration
    self.seconds = seconds
  }
}
