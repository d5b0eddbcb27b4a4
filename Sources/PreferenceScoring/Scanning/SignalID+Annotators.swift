extension SignalID {
  /// The share of the votes on the pair that are for its label. Lower = more suspicious. This and the
  /// next four are there where several annotators vote on one pair (`VoteAggregation`).
  public static let votes = SignalID(rawValue: "votes")
  /// The probability that the label is right by models of who votes how reliably (`OneCoin`,
  /// `DawidSkene`, `MACE`), and by a weighted mean of votes and head (`CrowdLab`). Lower = more
  /// suspicious.
  public static let oneCoin = SignalID(rawValue: "one_coin")
  public static let dawidSkene = SignalID(rawValue: "dawid_skene")
  public static let mace = SignalID(rawValue: "mace")
  public static let crowdlab = SignalID(rawValue: "crowdlab")

  /// The rewardMargin by the taste of the annotator's kind, and by one head for all (`TasteClusters`).
  /// Lower = more suspicious. There where the annotators are of several kinds.
  public static let pal = SignalID(rawValue: "pal")
  public static let palAll = SignalID(rawValue: "pal_all")
  /// Whether the label is a minority's taste: 0 or 1. Higher = less of an error.
  public static let palMinority = SignalID(rawValue: "pal_minority")

  static let ofTaste: [SignalID] = [.pal, .palAll, .palMinority]

  /// What is worked out with `votes`, itself first.
  static let ofVotes: [SignalID] = [.votes, .oneCoin, .dawidSkene, .mace, .crowdlab]
}
