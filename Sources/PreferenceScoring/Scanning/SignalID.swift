public import PreferenceData

/// The name of a number that a scan gives each pair, as it is written in files.
public struct SignalID: RawRepresentable, Hashable, Codable, Sendable, Comparable {
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

  /// How often two peers let each other learn from the pair (`PeerReview`). Lower = more suspicious.
  public static let peerReview = SignalID(rawValue: "peer_review")
  public static let peerMarginA = SignalID(rawValue: "peer_margin_a")
  public static let peerMarginB = SignalID(rawValue: "peer_margin_b")
  /// How many of the two peers agree with the label, halved (`PeerAgreement`). Lower = more suspicious.
  public static let peerAgreement = SignalID(rawValue: "peer_agreement")
  /// How steadily they do through the epochs: 0, 1/2 or 1 (`PeerStability`). Lower = more suspicious.
  public static let peerStability = SignalID(rawValue: "peer_stability")
  /// The place from easy to hard, by the peers' mean loss: 1 = easiest. Higher = more suspicious.
  public static let curriculumRank = SignalID(rawValue: "curriculum_rank")
  /// The margin under heads that choose for themselves, and under two that learn from everything.
  public static let selfReview = SignalID(rawValue: "self_review")
  public static let twoModels = SignalID(rawValue: "two_models")
  /// How much the pair is worth keeping (`FilteredSubset`). Lower = less.
  public static let fifa = SignalID(rawValue: "fifa")
  public static let fifaQuality = SignalID(rawValue: "fifa_quality")
  public static let fifaDiversity = SignalID(rawValue: "fifa_diversity")
  /// The place in the subset that takes near-copies last (`GreedySubset`). Higher = less worth keeping.
  public static let fifaGreedy = SignalID(rawValue: "fifa_greedy")
  /// By how much the loss of the other pairs would rise were the label swapped (`Influence`). Lower =
  /// more suspicious.
  public static let influence = SignalID(rawValue: "influence")
  /// By how much it would rise were the pair left out. Lower = more suspicious.
  public static let influenceOfRemoval = SignalID(rawValue: "influence_of_removal")
  /// By how much it would rise were the whole annotator, or the whole source, of the pair left out
  /// (`GroupRemoval`). Lower = more suspicious. Worked out with `influence` where the file names them.
  public static let influenceOfAnnotator = SignalID(rawValue: "influence_of_annotator")
  public static let influenceOfSource = SignalID(rawValue: "influence_of_source")
  /// What the pairs that bear most on a doubtful pair say of its label (`InfFeed`): counsel, for the
  /// pairs that seem to do harm alone. Lower = more suspicious.
  public static let infFeed = SignalID(rawValue: "inffeed")
  /// How much the head bends to the pair (`Influence`). Higher = more suspicious.
  public static let selfInfluence = SignalID(rawValue: "self_influence")
  /// How strongly a committee prefers the chosen side (`StrengthEnsemble`). Lower = more suspicious.
  public static let strength = SignalID(rawValue: "strength")
  /// How far the committee is apart. Higher = more ambiguous, which is not more suspicious.
  public static let strengthDeviation = SignalID(rawValue: "strength_deviation")
  /// The share of the committee that contradicts the label. Higher = more suspicious.
  public static let strengthVotes = SignalID(rawValue: "strength_votes")
  /// The band of the preference's strength, 0 to 3 (`StrengthBand`). Lower = more suspicious.
  public static let strengthBand = SignalID(rawValue: "strength_band")
  /// The share of the other labels that contradict this one (`Contradiction`). Higher = more
  /// suspicious.
  public static let contradiction = SignalID(rawValue: "contradiction")
  /// Whether the label closes a cycle among the responses to its prompt: 0 or 1. Higher = more
  /// suspicious. This and the next four are there where a prompt has three responses.
  public static let cycle = SignalID(rawValue: "cycle")
  /// By how much the order of the prompt's other labels puts chosen above rejected (`PromptOrder`).
  /// Lower = more suspicious.
  public static let copeland = SignalID(rawValue: "copeland")
  public static let borda = SignalID(rawValue: "borda")
  public static let bradleyTerry = SignalID(rawValue: "bradley_terry")
  /// The share of these orders that contradict the label. Higher = more suspicious.
  public static let orderVotes = SignalID(rawValue: "order_votes")

  /// What the clear biases of the data set add to the log-odds of the label (`BiasAgainst`). Lower = more
  /// against them, which is more suspicious only where they are not what is wrong with the labels.
  public static let bias = SignalID(rawValue: "bias")

  /// The rewardMargin by the `number`-th reward model from elsewhere of this kind, in its own units:
  /// `reward`, `reward_2`, `dpo` ... Lower = more suspicious. Not asked for: it is there where the rows
  /// carry rewards.
  public static func reward(_ kind: ExternalReward.Kind, number: Int) -> SignalID {
    SignalID(rawValue: number == 1 ? kind.rawValue : "\(kind.rawValue)_\(number)")
  }

  /// Whether a reward model from elsewhere says it.
  public var isExternalReward: Bool {
    if ExternalReward.Kind(rawValue: rawValue) != nil { return true }
    guard let end = rawValue.lastIndex(of: "_"), Int(rawValue[end...].dropFirst()) != nil else {
      return false
    }
    return ExternalReward.Kind(rawValue: String(rawValue[..<end])) != nil
  }

  /// The signals that a scan works out only where it is asked to.
  public static let selectable: [SignalID] =
    [
      .peerReview, .fifa, .influence, .selfInfluence, .strength, .contradiction, .infFeed, .bias,
      .mlp, .mlpInfluence, .votes, .lengthFree, .pal, .gpm,
    ] + noiseSelectable
  /// What a scan works out besides the margins unless told otherwise.
  public static let standard: [SignalID] = [.peerReview, .fifa, .influence]
  /// What the evidence of a pair speaks of, besides the margins.
  public static let evidence: [SignalID] = standard + [.contradiction, .selfInfluence, .strength]

  /// Whether a low value, not a high one, speaks against the label.
  public var isSuspiciousWhenLow: Bool {
    Self.suspiciousWhenLow.contains(self) || Self.noiseSuspiciousWhenLow.contains(self)
      || isExternalReward || Self.ofVotes.contains(self) || Self.ofTaste.contains(self)
      || isColumnSuspiciousWhenLow
  }

  private static let suspiciousWhenLow: Set<SignalID> = [
    .margin, .leaveOneOut, .annotator, .peerReview, .peerMarginA, .peerMarginB, .peerAgreement,
    .peerStability, .selfReview, .twoModels, .fifa, .fifaQuality, .fifaDiversity, .influence,
    .influenceOfRemoval, .influenceOfAnnotator, .influenceOfSource, .infFeed, .strength,
    .strengthBand, .copeland, .borda, .bradleyTerry, .bias, .gold, .mlp,
    .mlpInfluence, .gpm,
  ]

  public static func < (left: SignalID, right: SignalID) -> Bool {
    left.rawValue < right.rawValue
  }
}
