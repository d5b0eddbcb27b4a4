extension SignalID {
  /// The rewardMargin where preferences may go round in circles (`CyclicPreference`). Lower = more
  /// suspicious. There where the labels of a prompt do, beyond what errors explain.
  public static let gpm = SignalID(rawValue: "gpm")
}
