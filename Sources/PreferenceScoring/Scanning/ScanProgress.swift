/// What a scan is doing.
public enum ScanStage: String, CaseIterable, Sendable {
  /// The texts are read and their features counted.
  case reading
  /// The features are brought to a common scale.
  case weighing
  /// Ridge and block weights are chosen on rows that the head has not seen.
  case choosing
  /// The reward model is fitted to all rows.
  case fitting
  /// Each row is judged by the reward model that has not seen it.
  case judging
  /// The further signals are worked out.
  case comparing
  case finished
}

/// How far a scan has come.
public struct ScanProgress: Hashable, Sendable {
  public var stage: ScanStage
  /// The share of the whole scan that is done, in [0, 1]; it never falls.
  public var share: Double

  /// The signals that the last step completed: what took the time since the step that completed the
  /// ones before.
  public var completed: [SignalID]

  public var isFinished: Bool { stage == .finished }

  public init(stage: ScanStage, share: Double, completed: [SignalID] = []) {
    self.stage = stage
    self.share = share
    self.completed = completed
  }
}
