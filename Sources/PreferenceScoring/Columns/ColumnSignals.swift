import PreferenceData

/// What the columns of a file and the word of reward models from elsewhere say of a pair, beyond the
/// rewards themselves.
///
/// - `ipo`: h - 1 / (2 tau), with h the difference of the log-ratios (model to reference) of the sides and
///   tau = .1, DPO's beta. IPO aims at 0; the pairs stand in the same order as by `dpo`.
/// - `kto`: sigma(z(chosen)) - sigma(z(rejected)), with z = b (l - r) - K, b (l - r) the implicit reward of
///   a side and K its mean over all sides, at least 0: the value of the chosen side as a desirable
///   response and of the rejected one as an undesirable one, less 1. In [-1, 1].
/// - `length_free`: the left-out margin less what length explains of it, m - gamma d, with d the
///   difference of ln(1 + characters) as the style block has it and gamma from regressing m on d through
///   0. `length_free_reward` and so on: the same of a reward model. Where its sign is not that of the
///   margin, length alone speaks for (or against) the label.
/// - `explicit_implicit`: how far an explicit reward and an implicit one (`dpo`, else `simpo`) are apart on
///   the pair, each in its usual differences: |x - y|, up to 8. High = ambiguous, not wrong.
/// - `rating`: the file's own rating of the chosen side less that of the rejected.
/// - `likeness`: how much of the sides' words and word pairs is common to both (weighted Jaccard, in [0, 1]).
///   High = there is little to prefer, and training on the pair may lower the likelihood of both.
/// - `displacement`: by how many nats the chosen side has become less likely than under the reference. High
///   = training drives the chosen side away, which is likelihood displacement; not that the label is wrong.
///
/// - Range: all reals unless said. `ipo`, `kto`, `length_free...` and `rating`: low =
///   suspicious. nil, or no signal
///   at all, where the columns are missing.
/// - Complexity: O(pairs) a reward model.
/// - Limits: what each number means is what its column means. gamma is learned from all pairs, this one among
///   them. A label made from the ratings never differs from them.
/// - Source: IPO: Azar et al., 2023, arXiv:2310.12036; KTO: Ethayarajh et al., 2024, arXiv:2402.01306, with
///   K over the whole file instead of mismatched pairs of a batch; displacement and likeness: Razin et al., 2024,
///   arXiv:2410.08847, whose measure needs hidden states, which no column holds: words instead are ours.
struct ColumnSignals: SignalWork {
  private var isDone = false

  var share: Double { isDone ? 1 : 0 }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    isDone = true
    let columns = evidence.columns
    var signals: [SignalID: SignalValues] = [:]
    func add(_ id: SignalID, _ values: some Sequence<Double?>) {
      if values.contains(where: { $0 != nil }) { signals[id] = SignalValues(values) }
    }
    let lengths = (0..<evidence.rowCount).map {
      Double(evidence.design.value($0, column: StyleFeature.loglen.rawValue))
    }
    add(.lengthFree, Self.withoutLength(evidence.leftOutMargins, lengths))
    for position in columns.rewards.indices {
      add(
        .lengthFree(of: columns.rewards[position].signal),
        Self.withoutLength(columns.differences(at: position), lengths))
    }
    func position(_ kind: ExternalReward.Kind) -> Int? {
      columns.rewards.firstIndex { $0.reward.kind == kind }
    }
    if let dpo = position(.dpo) {
      let factor = ExternalReward.implicitRewardFactor
      add(.ipo, columns.differences(at: dpo).map { $0.map { $0 / factor - 1 / (2 * factor) } })
      add(.kto, Self.kto(columns.differences(at: dpo), columns.chosenRewards(at: dpo)))
      add(.displacement, columns.chosenRewards(at: dpo).map { $0.map { -$0 / factor } })
    }
    if let explicit = position(.reward), let implicit = position(.dpo) ?? position(.simpo) {
      let pairs = zip(
        Self.scaled(columns.differences(at: explicit)),
        Self.scaled(columns.differences(at: implicit)))
      add(
        .explicitImplicit,
        pairs.map { one, other in one.flatMap { one in other.map { abs(one - $0) } } })
    }
    add(.rating, columns.ratings)
    add(.likeness, columns.likeness.map { Double($0) })
    return signals
  }

  /// The values of KTO, less 1, from the implicit rewards: chosen less rejected, and chosen alone.
  static func kto(_ differences: [Double?], _ chosen: [Double?]) -> [Double?] {
    let sides = zip(differences, chosen).map { difference, chosen in
      difference.flatMap { difference in
        chosen.map { (chosen: $0, rejected: $0 - difference) }
      }
    }
    let known = sides.compactMap(\.self)
    let sum = known.reduce(0) { $0 + $1.chosen + $1.rejected }
    let divergence = max(0, sum / Double(max(2 * known.count, 1)))
    return sides.map { side in
      side.map { sigmoid($0.chosen - divergence) - sigmoid($0.rejected - divergence) }
    }
  }

  /// `values` less what `lengths` explain of them.
  static func withoutLength(_ values: [Double?], _ lengths: [Double]) -> [Double?] {
    var (products, squares) = (0.0, 0.0)
    for (value, length) in zip(values, lengths) {
      guard let value else { continue }
      products += value * length
      squares += length * length
    }
    let gamma = squares > 0 ? products / squares : 0
    return zip(values, lengths).map { value, length in value.map { $0 - gamma * length } }
  }

  /// In usual differences, cut as in the reward block; nil where there are none.
  private static func scaled(_ differences: [Double?]) -> [Double?] {
    let sizes = differences.compactMap { $0.map(abs) }.filter { $0 > 0 }.sorted()
    guard !sizes.isEmpty else { return differences.map { _ in nil } }
    let scales = RewardScales(scales: [sizes[sizes.count / 2] / RewardScales.normalMedian])
    return differences.map { $0.map { scales.value(of: $0, at: 0) } }
  }
}

/// What columns of the file and score files say of the pairs, by design row.
struct PairColumns: Sendable {
  /// The reward models, each with the name of its signal.
  var rewards: [(reward: ExternalReward, signal: SignalID)] = []
  /// One place a reward model: chosen less rejected, and the chosen side alone.
  var differences: [Double?] = []
  var chosenRewards: [Double?] = []
  /// The file's own ratings, chosen less rejected.
  var ratings: SignalValues = []
  /// How much of the words of the sides is common.
  var likeness: [Float] = []

  /// By design row, of the reward model at `position`.
  func differences(at position: Int) -> [Double?] {
    Self.column(position, of: differences, rewards.count)
  }

  func chosenRewards(at position: Int) -> [Double?] {
    Self.column(position, of: chosenRewards, rewards.count)
  }

  private static func column(_ position: Int, of values: [Double?], _ count: Int) -> [Double?] {
    stride(from: position, to: values.count, by: count).map { values[$0] }
  }
}

extension BucketCounts {
  /// The words and word pairs that both texts have, as a share of those that either has, each as often
  /// as it occurs: sum of the smaller counts / sum of the larger ones; 1 for two texts without words.
  ///
  /// - Complexity: O(different words of both).
  static func likeness(_ one: BucketCounts, _ other: BucketCounts) -> Float {
    var (common, all) = (0, 0)
    for bucket in one.buckets {
      let counts = (Int(one.count(in: bucket)), Int(other.count(in: bucket)))
      common += min(counts.0, counts.1)
      all += max(counts.0, counts.1)
    }
    for bucket in other.buckets where one.count(in: bucket) == 0 {
      all += Int(other.count(in: bucket))
    }
    return all == 0 ? 1 : Float(common) / Float(all)
  }
}
