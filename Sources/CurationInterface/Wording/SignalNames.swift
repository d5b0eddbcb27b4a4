public import PreferenceScoring

extension SignalFamily {
  /// What the family is called on screen.
  public var phrase: String {
    switch self {
    case .margin: "margin"
    case .peerReview: "peer review"
    case .influence: "influence"
    case .strength: "strength"
    case .contradiction: "contradiction"
    case .filteredSubset: "worth (FiFA)"
    case .bias: "biases"
    case .votes: "votes"
    case .columns: "without length"
    case .taste: "taste of its annotators"
    case .mixture: "noise EM"
    case .confident: "confident learning"
    case .dynamics: "training"
    case .uncertainty: "uncertainty"
    case .consensus: "consensus"
    case .hiddenLayer: "hidden layer"
    case .loop: "confirmed pairs"
    case .reward: "rewards from elsewhere"
    case .other: "other"
    }
  }
}

extension SignalID {
  /// What the signal is called on screen: as its family where it speaks for that.
  public var phrase: String {
    let family = SignalFamily(self)
    if family.members.first == self { return family.phrase }
    return rawValue.replacing("_", with: " ")
  }
}

extension SignalStanding {
  /// What the value means, in a few words. `side` names the chosen side (true) and the rejected one
  /// (false).
  public func meaning(side: (Bool) -> String) -> String {
    let amount = Numbers.fixed(abs(value))
    let share = "\(Int((value * 100).rounded()))%"
    let ahead = value == 0 ? "no side ahead" : "\(side(value > 0)) ahead by \(amount)"
    func fit(_ change: String) -> String {
      guard value != 0 else { return "\(change): no change" }
      return "\(change), others fit \(value < 0 ? "better" : "worse")"
    }
    switch id {
    case .leaveOneOut: return "\(ahead), this pair unseen"
    case .margin: return "\(ahead), this pair seen"
    case .annotator: return "annotator's record: \(Numbers.signed(value)) for it"
    case .peerReview: return "peers let it pass in \(share) of the rounds"
    case .peerMarginA: return "peer 1 has \(ahead)"
    case .peerMarginB: return "peer 2 has \(ahead)"
    case .peerAgreement:
      return value == 1 ? "both peers agree" : value == 0 ? "both contradict" : "contested"
    case .peerStability:
      return value == 1 ? "robust" : value == 0 ? "non-robust" : "ambiguous"
    case .curriculumRank: return "from easy to hard number \(Numbers.grouped(Int(value)))"
    case .selfReview: return "choosing alone: \(ahead)"
    case .twoModels: return "taking all pairs: \(ahead)"
    case .influence: return fit("swapped")
    case .influenceOfRemoval: return fit("left out")
    case .influenceOfAnnotator: return fit("its annotator out")
    case .influenceOfSource: return fit("its source out")
    case .infFeed: return "counsel of its neighbours: \(Numbers.signed(value))"
    case .selfInfluence: return "left out, its own loss \(Numbers.signed(value, decimals: 3))"
    case .strength: return "a committee has \(ahead)"
    case .strengthVotes: return "\(share) of the committee contradict it"
    case .strengthBand: return "band \(Int(value)) of 0 (against) to 3 (strong)"
    case .strengthInformation:
      return "committee apart by \(Numbers.fixed(value, decimals: 3)) nats"
    case .strengthDeviation: return "committee apart by \(amount): ambiguity"
    case .contradiction: return "\(share) of what bears on it contradicts"
    case .cycle: return value > 0 ? "it closes a cycle of labels" : "it closes no cycle of labels"
    case .copeland, .borda, .bradleyTerry: return "prompt's order: \(ahead)"
    case .gpm: return "in circles: \(ahead)"
    case .orderVotes: return "\(share) of these orders contradict it"
    case .fifaQuality: return "quality of its prompt: \(Numbers.signed(value))"
    case .fifaGreedy: return "in a choice of pairs number \(Numbers.grouped(Int(value)))"
    case .fifa: return "worth keeping: \(Numbers.signed(value)) deviations"
    case .fifaDiversity: return "its prompt apart from others: \(Numbers.signed(value))"
    case .bias: return "biases alone: \(ahead)"
    case .pal: return "annotators alike: \(ahead)"
    case .palAll: return "all annotators have \(ahead)"
    case .palMinority: return value > 0 ? "a minority's taste" : "not a minority's taste alone"
    case .lengthFree: return "\(ahead), length aside"
    case .rating: return "rated \(Numbers.signed(value)) by the file"
    case .ipo: return "\(Numbers.signed(value)) nats from what IPO aims at"
    case .kto: return "worth \(Numbers.signed(value)) to KTO"
    case .explicitImplicit: return "two kinds of reward apart by \(Numbers.fixed(value))"
    case .likeness: return "\(share) of the words in common"
    case .displacement: return "chosen side less likely by \(Numbers.fixed(value)) nats"
    case .votes: return "\(share) of the votes are for it"
    case .oneCoin, .dawidSkene, .mace: return "the annotators give it \(share)"
    case .crowdlab: return "annotators and head give it \(share)"
    case .em: return "the mixture has it right with \(share)"
    case .confident: return "surer than usual by \(Numbers.signed(value))"
    case .aum: return "in training, unseen: \(ahead)"
    case .aumPlanted: return "\(share) of planted flips are as high"
    case .cartography: return "\(share) for it through the epochs"
    case .correctness: return "\(share) of the epochs agree"
    case .variability: return "moves by \(amount): ambiguity"
    case .forgetting: return "forgotten or never known: \(Int(value))"
    case .uncertainty: return "a label would tell \(Numbers.fixed(value, decimals: 3)) nats"
    case .uncertaintyClose: return "close call by \(amount) of 0.69 nats"
    case .uncertaintyKind: return value == 0 ? "noise" : value == 1 ? "hard" : "easy"
    case .consensus: return "holds under \(share) of like heads"
    case .consensusNeighbours: return "pairs like it: \(Numbers.signed(value)) for the label"
    case .donod: return "worth keeping by one step: \(amount)"
    case .confidentFlag: return value > 0 ? "counted as wrong" : "not counted as wrong"
    case .mlp: return "a hidden layer has \(ahead)"
    case .mlpInfluence: return fit("swapped in the MLP")
    case .mlpSelfInfluence:
      return "left out of the MLP, own loss \(Numbers.signed(value, decimals: 3))"
    case .gold: return "confirmed pairs: \(ahead)"
    case .goldConsistency:
      return value == 0 ? "both heads agree" : value == 1 ? "both oppose" : "the heads differ"
    case .nearConfirmedError: return "like a confirmed error: \(Numbers.signed(value))"
    case .value: return "value of a decision: \(Numbers.fixed(value, decimals: 4))"
    default: return id.isExternalReward ? ahead : Numbers.signed(value, decimals: 3)
    }
  }

  /// The rank, with `=` where others share it, and of how many: `12 of 43,835`, `1= of 140`.
  public var rankText: String { "\(placeText) of \(Numbers.grouped(pairCount))" }

  /// The rank alone.
  var placeText: String { Numbers.grouped(rank) + (equalCount > 1 ? "=" : "") }

  /// `top 3%`, rounded up; `all alike` where no pair stands out.
  public var shareText: String {
    equalCount == pairCount ? "all alike" : "top \(Int((share * 100).rounded(.up)))%"
  }
}

extension SignalCorrelations {
  /// How much the `shown` signals say the same, in one sentence; nil where there is nothing to say.
  public func sentence(of shown: [SignalID]) -> String? {
    var parts: [(one: SignalID, two: SignalID, value: Double)] = []
    for (place, two) in shown.enumerated() {
      for one in shown[..<place] {
        if let value = self[one, two] { parts.append((one, two, value)) }
      }
    }
    guard let highest = parts.map(\.value).max() else { return nil }
    let figures = parts.map { part in
      "\(part.one.phrase) and \(part.two.phrase) \(Self.figure(part.value))"
    }
    let reading =
      highest >= Self.alike
      ? "not independent witnesses" : "they look at different things"
    return "Rank correlation over all pairs: \(figures.joined(separator: ", ")): \(reading)."
  }

  /// From here on a correlation is called large (Cohen, 1988, doi:10.4324/9780203771587).
  private static let alike = 0.5

  /// `.89`, `-.12`.
  private static func figure(_ value: Double) -> String {
    let text = Numbers.fixed(abs(value))
    return (value < 0 ? "-" : "") + (text.hasPrefix("0.") ? String(text.dropFirst()) : text)
  }
}
