/// What every signal is worked out from: the pairs in design order, the fitted head and its margins.
struct SignalEvidence: Sendable {
  let design: DesignMatrix
  let groups: PairGroups
  /// By design row.
  let keys: [PairKeys]
  /// By design row.
  let prompts: PromptSketches
  /// By design row (`PromptQuality`).
  let promptQualities: SignalValues
  let head: BradleyTerryHead
  /// By column, what the head was fitted with.
  let penalties: [Double]
  /// By block, its columns.
  let blocks: [Range<Int>]
  /// By design row, under the head fitted to all pairs and the one without the pair.
  let margins: [Double]
  let leftOutMargins: [Double]
  /// By reward model from elsewhere that is in the head, by design row: the log-odds that it alone
  /// gives the label, learned from the other folds (`RewardCheck`).
  var rewardMargins: [[Double]] = []
  let seed: UInt64
  /// By design row, the number of who labelled it and of where it is from; empty where the file does
  /// not say.
  var annotators: [Int?] = []
  var sources: [Int?] = []
  /// Who votes for what.
  var votes = VoteTable()
  /// What columns and score files say.
  var columns = PairColumns()
  /// By these numbers.
  var annotatorNames: [String] = []
  var sourceNames: [String] = []
  /// By design row, the place in its row of the side that the label prefers.
  var chosenPlaces: [UInt8] = []

  var rowCount: Int { design.rowCount }
}

/// A signal that is being worked out, a small piece at a time.
protocol SignalWork: Sendable {
  /// How much is done, in [0, 1].
  var share: Double { get }

  /// Does the next piece with `jobs` threads; what the signal says of each design row, once it is
  /// finished. Not called again after that.
  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]?

  /// Every pair through the epochs of training, of a signal that trains by epochs and is finished.
  var trajectories: PeerTrajectories? { get }

  /// The same on held-out pairs.
  var heldOut: HeldOutTrajectories? { get }

  /// What it says of the share of wrong labels, of a signal that is finished.
  var noise: LabelNoise { get }
}

extension SignalWork {
  var trajectories: PeerTrajectories? { nil }
  var heldOut: HeldOutTrajectories? { nil }
  var noise: LabelNoise { LabelNoise() }
}

/// The signals that a scan works out besides the margins, one after the other.
struct SignalScoring: Sendable {
  private let evidence: SignalEvidence
  private let fileRows: [Int]
  private let rowCount: Int
  private let askedCount: Int
  /// What has not begun: what a signal works on is made when its turn comes, and let go after it.
  private var waiting: [@Sendable () -> any SignalWork]
  private var current: (any SignalWork)?
  private(set) var found: [SignalID: SignalValues] = [:]
  /// By design row, once peer review is worked out.
  private(set) var trajectories: PeerTrajectories?
  private(set) var heldOut: HeldOutTrajectories?
  private(set) var noise = LabelNoise()

  /// - Parameters:
  ///   - ids: The signals that were asked for; those that a scan always has are left out.
  ///   - evidence: What they are worked out from.
  ///   - target: On whose loss influence is measured.
  ///   - fileRows: The row of the file of each design row.
  ///   - rowCount: How many rows the file has.
  init(
    _ ids: [SignalID], evidence: SignalEvidence, target: [Influence.TargetPair], fileRows: [Int],
    rowCount: Int
  ) {
    self.evidence = evidence
    self.fileRows = fileRows
    self.rowCount = rowCount
    waiting = ids.compactMap { Self.start(of: $0, evidence, target) }
    askedCount = waiting.count
  }

  /// What begins to work on `id`; nil where it is not worked out by itself.
  private static func start(
    of id: SignalID, _ evidence: SignalEvidence, _ target: [Influence.TargetPair]
  ) -> (@Sendable () -> any SignalWork)? {
    switch id {
    case .peerReview: return { PeerReview(evidence) }
    case .fifa: return { FilteredSubset(evidence) }
    case .influence: return { Influence(evidence, target: target) }
    case .selfInfluence: return { Influence(evidence, target: nil) }
    case .infFeed: return { InfFeed(evidence, target: target) }
    case .strength: return { StrengthEnsemble(evidence) }
    // The labels of a ranking agree with each other whatever they are worth.
    case .contradiction where evidence.groups.hasRankings: return nil
    case .gpm where evidence.groups.hasRankings: return nil
    case .gpm: return { CyclicPreference() }
    case .contradiction: return { Contradiction() }
    case .mlp: return { HiddenLayer(evidence) }
    case .mlpInfluence: return { HiddenLayerInfluence(evidence, target: target) }
    case .bias: return { BiasAgainst() }
    case .votes: return { VoteAggregation() }
    case .lengthFree: return { ColumnSignals() }
    case .pal: return { TasteClusters() }
    case .em: return { NoiseEM(evidence) }
    case .confident: return { ConfidentLearning() }
    case .aum: return { HeldOutDynamics(evidence) }
    case .uncertainty: return { Uncertainty(evidence) }
    case .consensus: return { Consensus(evidence) }
    default: return nil
    }
  }

  var share: Double {
    guard askedCount > 0 else { return 1 }
    let done = askedCount - waiting.count - (current == nil ? 0 : 1)
    return (Double(done) + (current?.share ?? 0)) / Double(askedCount)
  }

  /// Does the next piece; whether all are worked out.
  mutating func advance(jobs: Int) -> Bool {
    guard var running = current else {
      guard !waiting.isEmpty else { return true }
      current = waiting.removeFirst()()
      return false
    }
    // Held once, or the piece would work on a copy.
    current = nil
    guard var signals = running.advance(evidence, jobs: jobs) else {
      current = running
      return false
    }
    trajectories = running.trajectories ?? trajectories
    heldOut = running.heldOut ?? heldOut
    noise = noise.adding(running.noise)
    for id in signals.keys.sorted() {
      guard let values = signals.removeValue(forKey: id) else { continue }
      var placed = SignalValues(nothingOf: rowCount)
      for (row, value) in zip(fileRows, values) { placed[row] = value }
      found[id] = placed
    }
    return waiting.isEmpty
  }
}
