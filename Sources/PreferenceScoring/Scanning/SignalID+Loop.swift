extension SignalID {
  /// The rewardMargin by the head that has learned from confirmed pairs alone (`GoldHead`). Lower = more
  /// suspicious.
  public static let gold = SignalID(rawValue: "gold")
  /// How many of the two heads, that of the labels and that of the confirmed pairs, speak against the
  /// label: 0, 1/2 or 1 (`TwoModelConsistency`). Higher = more suspicious.
  public static let goldConsistency = SignalID(rawValue: "gold_consistency")
  /// How like the pair is to one whose label a person has found wrong (`ConfirmedErrors`). Higher = more
  /// suspicious.
  public static let nearConfirmedError = SignalID(rawValue: "near_confirmed_error")
  /// What a decision on the pair is worth for a second of the annotator's time (`DecisionValue`). Higher =
  /// decide it earlier, which is not always more suspicious.
  public static let value = SignalID(rawValue: "value")

  /// The rewardMargin by a head with one hidden layer that has not seen the pair (`HiddenLayer`).
  /// Lower = more suspicious.
  public static let mlp = SignalID(rawValue: "mlp")
  /// By how much the loss of the other pairs would rise, by such a head, were the label swapped
  /// (`HiddenLayerInfluence`). Lower = more suspicious.
  public static let mlpInfluence = SignalID(rawValue: "mlp_influence")
  /// How much such a head bends to the pair. Higher = more suspicious. Worked out with `mlpInfluence`.
  public static let mlpSelfInfluence = SignalID(rawValue: "mlp_self_influence")

  /// The signals that are worked out from decisions, beside a scan and not by it.
  public static let loop: [SignalID] = [.gold, .goldConsistency, .nearConfirmedError, .value]
}
