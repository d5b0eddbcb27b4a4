/// Everything besides the rows that changes the result of a scan.
public struct ScanSettings: Hashable, Codable, Sendable {
  /// Decides everything that is random: the folds, and the signs of the sketched words.
  public var seed: UInt64
  /// The share of the queue that is flagged, in [0, 1].
  public var flagShare: Double
  /// Into how many parts the rows are cut to choose ridge and weights, and to measure the head.
  public var foldCount: Int
  /// How many columns the words are sketched into.
  public var sketchWidth: Int
  /// The signals to work out besides the margins, of `SignalID.selectable`, by name.
  public private(set) var signals: [SignalID]
  /// On whose loss the effects of influence are measured.
  public var influenceTarget: InfluenceTarget

  public init(
    seed: UInt64 = 0, flagShare: Double = 0.15, foldCount: Int = 5, sketchWidth: Int = 256,
    signals: Set<SignalID> = Set(SignalID.standard), influenceTarget: InfluenceTarget = .allPairs
  ) {
    self.influenceTarget = influenceTarget
    self.signals = signals.sorted()
    self.seed = seed
    self.flagShare = flagShare
    self.foldCount = foldCount
    self.sketchWidth = sketchWidth
  }

  /// The same settings with `more` signals.
  func asking(for more: [SignalID]) -> ScanSettings {
    var settings = self
    settings.signals = Set(signals + more).sorted()
    return settings
  }

  /// The same settings without any signal besides the margins: what decides the ranking.
  public var ranking: ScanSettings {
    var settings = self
    settings.signals = []
    settings.influenceTarget = .allPairs
    return settings
  }
}
