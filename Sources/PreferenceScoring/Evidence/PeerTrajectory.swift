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
}
