/// What a signal looks at. Signals of one family are worked out together and say much the same.
public enum SignalFamily: Int, CaseIterable, Hashable, Sendable, Comparable {
  case margin, peerReview, influence, strength, contradiction, filteredSubset, bias, hiddenLayer
  case mixture, confident, dynamics, uncertainty, consensus, votes, columns, taste
  case loop, reward, other

  /// The families that are shown unless more are asked for. Always the same ones: the most alarming
  /// three of each pair would make every pair look alarming.
  public static let standard: [SignalFamily] = [.margin, .peerReview, .influence]

  /// Its signals, the one that speaks for the family first. None of `reward`, whose signals are as many
  /// as there are reward models from elsewhere, and none of `other`: those are all the rest.
  public var members: [SignalID] {
    switch self {
    case .margin: [.leaveOneOut, .margin, .annotator]
    case .peerReview:
      [
        .peerReview, .peerMarginA, .peerMarginB, .peerAgreement, .peerStability, .curriculumRank,
        .selfReview, .twoModels,
      ]
    case .influence:
      [
        .influence, .influenceOfRemoval, .selfInfluence, .influenceOfAnnotator, .influenceOfSource,
        .infFeed,
      ]
    case .strength:
      [.strength, .strengthVotes, .strengthBand, .strengthDeviation, .strengthInformation]
    case .contradiction:
      [.contradiction, .cycle, .copeland, .borda, .bradleyTerry, .orderVotes, .gpm]
    case .filteredSubset: [.fifa, .fifaQuality, .fifaDiversity, .fifaGreedy]
    case .bias: [.bias]
    case .votes: SignalID.ofVotes
    case .columns: SignalID.ofColumns
    case .taste: SignalID.ofTaste
    case .mixture: [.em]
    case .confident: [.confident, .confidentFlag]
    case .dynamics:
      [.aum, .aumPlanted, .cartography, .correctness, .variability, .forgetting]
    case .uncertainty: [.uncertainty, .uncertaintyClose, .uncertaintyKind]
    case .consensus: [.consensus, .consensusNeighbours, .donod]
    case .hiddenLayer: [.mlp, .mlpInfluence, .mlpSelfInfluence]
    case .loop: SignalID.loop
    case .reward, .other: []
    }
  }

  /// The family of the signal `id`.
  public init(_ id: SignalID) {
    self =
      Self.allCases.first { $0.members.contains(id) } ?? (id.isExternalReward ? .reward : .other)
  }

  /// Whether `id` speaks for its family: the others are only shown beside it.
  public static func isLead(_ id: SignalID) -> Bool {
    let family = SignalFamily(id)
    return family.members.isEmpty || family.members.first == id
  }

  /// The order in which signals are shown: by family, within a family as in `members`, then by name.
  public static func precedes(_ left: SignalID, _ right: SignalID) -> Bool {
    func place(_ id: SignalID) -> (Int, Int, SignalID) {
      let family = SignalFamily(id)
      return (family.rawValue, family.members.firstIndex(of: id) ?? .max, id)
    }
    return place(left) < place(right)
  }

  public static func < (left: SignalFamily, right: SignalFamily) -> Bool {
    left.rawValue < right.rawValue
  }
}
