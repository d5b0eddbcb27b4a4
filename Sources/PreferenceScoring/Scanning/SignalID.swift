/// The name of a number that a scan gives each pair, as it is written in files.
public struct SignalID: RawRepresentable, Hashable, Sendable, Comparable {
  public let rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }

  /// The rewardMargin of the pair under the head fitted to all pairs, this one among them:
  /// reward(chosen) - reward(rejected). Lower = more suspicious.
  public static let margin = SignalID(rawValue: "margin")
  /// The rewardMargin under the head fitted without the pair and its copies (`LeaveOneOut`), and what
  /// the annotator adds to it where the file names annotators. Lower = more suspicious.
  public static let leaveOneOut = SignalID(rawValue: "leave_one_out")
  /// What the name of the annotator adds to the margin (`AnnotatorReliability`). Lower = more
  /// suspicious. Not asked for: it is there where the file names annotators.
  public static let annotator = SignalID(rawValue: "annotator")

  /// Whether a low value, not a high one, speaks against the label.
  public var isSuspiciousWhenLow: Bool { Self.suspiciousWhenLow.contains(self) }

  private static let suspiciousWhenLow: Set<SignalID> = [.margin, .leaveOneOut, .annotator]

  public static func < (left: SignalID, right: SignalID) -> Bool {
    left.rawValue < right.rawValue
  }
}
