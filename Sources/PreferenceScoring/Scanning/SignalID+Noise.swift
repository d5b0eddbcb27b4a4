extension SignalID {
  /// P(label right) under the head fitted inside a mixture of right and wrong labels (`NoiseEM`). Lower
  /// = more suspicious.
  public static let em = SignalID(rawValue: "em")
  /// By how much the model is surer of the label than it usually is of such labels, less the same of the
  /// opposite one (`ConfidentLearning`). Lower = more suspicious.
  public static let confident = SignalID(rawValue: "confident")
  /// Whether confident learning counts the label as wrong: 0 or 1. Higher = more suspicious.
  public static let confidentFlag = SignalID(rawValue: "confident_flag")

  /// The mean margin through the epochs of heads that have not seen the pair (`HeldOutDynamics`). Lower =
  /// more suspicious. The next five are worked out with it.
  public static let aum = SignalID(rawValue: "aum")
  /// The share of the labels swapped on purpose that come out at least as high. Higher = more suspicious.
  public static let aumPlanted = SignalID(rawValue: "aum_planted")
  /// The mean of p through the epochs. Lower = more suspicious.
  public static let cartography = SignalID(rawValue: "cartography")
  /// How far p moves through the epochs. Higher = more ambiguous, which is not more suspicious.
  public static let variability = SignalID(rawValue: "cartography_variability")
  /// The share of the epochs that agree with the label. Lower = more suspicious.
  public static let correctness = SignalID(rawValue: "cartography_correctness")
  /// How often heads that agreed with the label stopped to. Higher = more suspicious.
  public static let forgetting = SignalID(rawValue: "forgetting")

  /// What a label of the pair would tell about the head (`Uncertainty`). Higher = more ambiguous, which
  /// is not more suspicious.
  public static let uncertainty = SignalID(rawValue: "uncertainty")
  /// How close the preference is, as far as the head knows. Higher = more ambiguous.
  public static let uncertaintyClose = SignalID(rawValue: "uncertainty_close")
  /// 0 noise, 1 hard, 2 easy. Lower = more suspicious.
  public static let uncertaintyKind = SignalID(rawValue: "uncertainty_kind")

  /// What the committee of `strength` differs by, in nats. Higher = more ambiguous.
  public static let strengthInformation = SignalID(rawValue: "strength_information")

  /// The share of heads drawn about the fitted one under which the label holds (`Consensus`). Lower =
  /// more suspicious.
  public static let consensus = SignalID(rawValue: "consensus")
  /// What the pairs most like it say of the label. Lower = more suspicious.
  public static let consensusNeighbours = SignalID(rawValue: "consensus_neighbours")
  /// What one step on the pair alone does to the head. Lower = more suspicious.
  public static let donod = SignalID(rawValue: "donod")

  /// Those of this file that can be asked for.
  static let noiseSelectable: [SignalID] = [.em, .confident, .aum, .uncertainty, .consensus]
  static let noiseSuspiciousWhenLow: Set<SignalID> = [
    .em, .confident, .aum, .cartography, .correctness, .uncertaintyKind, .consensus,
    .consensusNeighbours, .donod,
  ]
}
