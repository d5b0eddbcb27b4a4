extension SignalID {
  /// The left-out margin without what length explains of it. Lower = more suspicious. It asks for the
  /// signals of columns (`ColumnSignals`): those below, as far as there are columns.
  public static let lengthFree = SignalID(rawValue: "length_free")
  /// The same of a reward model.
  public static func lengthFree(of reward: SignalID) -> SignalID {
    SignalID(rawValue: "length_free_\(reward.rawValue)")
  }
  /// The file's own rating of the chosen side less that of the rejected. Lower = more suspicious.
  public static let rating = SignalID(rawValue: "rating")
  /// By how far the sides' log-ratios miss what IPO aims at. Lower = more suspicious.
  public static let ipo = SignalID(rawValue: "ipo")
  /// What the pair is worth to KTO. Lower = more suspicious.
  public static let kto = SignalID(rawValue: "kto")
  /// How far an explicit and an implicit reward are apart. Higher = more ambiguous.
  public static let explicitImplicit = SignalID(rawValue: "explicit_implicit")
  /// How much the words of the sides have in common. Higher = less to prefer.
  public static let likeness = SignalID(rawValue: "likeness")
  /// How much less likely the chosen side is than under the reference. Higher = more of a risk.
  public static let displacement = SignalID(rawValue: "displacement")

  /// What is worked out with `lengthFree`, itself first, but for those of reward models.
  static let ofColumns: [SignalID] = [
    .lengthFree, .rating, .ipo, .kto, .explicitImplicit, .likeness, .displacement,
  ]

  /// Whether it is a signal of columns of which a low value speaks against the label.
  var isColumnSuspiciousWhenLow: Bool {
    [.rating, .ipo, .kto].contains(self) || rawValue.hasPrefix(SignalID.lengthFree.rawValue)
  }
}
