/// One pair through the epochs of peer review (`PeerReview`): what both peers thought of it, and who
/// let the other learn from it.
public struct PeerTrajectory: Hashable, Sendable {
  public struct Epoch: Hashable, Sendable {
    /// The rewardMargin under either peer at the end of the epoch: above 0 it agrees with the label.
    public var marginA: Float
    public var marginB: Float
    /// Whether A selected the pair for B to learn from in this epoch, and B for A.
    public var isKeptByA: Bool
    public var isKeptByB: Bool

    public init(marginA: Float, marginB: Float, isKeptByA: Bool, isKeptByB: Bool) {
      self.marginA = marginA
      self.marginB = marginB
      self.isKeptByA = isKeptByA
      self.isKeptByB = isKeptByB
    }
  }

  /// In the order of training.
  public var epochs: [Epoch]

  public init(epochs: [Epoch]) { self.epochs = epochs }

  /// What the two peers say of the label in the end; nil where there is no epoch.
  public var agreement: PeerAgreement? {
    epochs.last.map { PeerAgreement(marginA: $0.marginA, marginB: $0.marginB) }
  }

  /// How steadily both peers held on to the label; nil where there is no epoch.
  public var stability: PeerStability? {
    PeerStability(of: epochs.flatMap { [$0.marginA, $0.marginB] })
  }
}

/// What two peers say of a label, by the sign of their margins.
///
/// The peers learn from the same labels: that both agree is less than two witnesses.
public enum PeerAgreement: Int, CaseIterable, Sendable, Comparable {
  /// Both prefer the other side: likely wrong.
  case bothContradict
  /// One of them does, or cannot tell.
  case contested
  case bothAgree

  init(marginA: Float, marginB: Float) {
    self =
      marginA > 0 && marginB > 0
      ? .bothAgree : marginA < 0 && marginB < 0 ? .bothContradict : .contested
  }

  public static func < (left: PeerAgreement, right: PeerAgreement) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// How a pair fared through training: the three kinds of collaborative reward modelling.
///
/// Meaning: with the mean m and the standard deviation s of a pair's margins over all epochs and both
/// peers, robust where m > s, non-robust where m < -s, else ambiguous: the peers changed their minds
/// about it, or each other's.
///
/// - Limits: the first epochs start from no opinion, which widens s. A kind, not a probability.
/// - Source: the three kinds by mean and variation of the loss: arXiv:2505.10597, as summaries tell it;
///   the limit of one deviation is ours, since it needs no threshold of the data set.
public enum PeerStability: Int, CaseIterable, Sendable, Comparable {
  case nonRobust
  case ambiguous
  case robust

  /// nil where there is no margin.
  init?(of margins: [Float]) {
    guard !margins.isEmpty else { return nil }
    let count = Double(margins.count)
    let mean = margins.reduce(0) { $0 + Double($1) } / count
    let square = margins.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
    let deviation = square.squareRoot()
    self = mean > deviation ? .robust : mean < -deviation ? .nonRobust : .ambiguous
  }

  public static func < (left: PeerStability, right: PeerStability) -> Bool {
    left.rawValue < right.rawValue
  }
}
