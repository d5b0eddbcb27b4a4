/// What a scan that had to hurry left out. Its numbers are right as far as they go, but they are not
/// those of the whole scan, and are not kept as if they were.
public struct ScanShortfall: Hashable, Sendable {
  /// Whether ridge and block weights are the best of only some of the settings.
  public var isChoiceCut = false
  /// The signals that were asked for and are not worked out.
  public var signals: [SignalID] = []

  public init() {}

  public var isEmpty: Bool { !isChoiceCut && signals.isEmpty }
}
