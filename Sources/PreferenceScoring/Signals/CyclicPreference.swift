/// What a preference that may go round in circles says of a label, where labels do.
///
/// Meaning: of each prompt whose labels close a cycle, the matches are cut into five parts; those of the
/// other four tell by how much the chosen response is preferred to the rejected one (`GeneralPreference`).
/// The signal is there where this is beyond chance better than the same without circles, which is
/// Bradley-Terry: by the log-probability of the labels left out, a paired 95 % interval over labels. Both
/// are first brought to the scale at which their own log-probability is highest, or circles would be
/// credited with being surer of an order.
///
/// - Range: all reals, in log-odds, low = suspicious; nil for labels of prompts without a cycle. No signal
///   at all where there are none, or where circles are no more than errors.
/// - Complexity: O(labels) a sweep, some hundred sweeps in all; prompts of more than `itemLimit` responses are
///   left out. Memory: a few numbers a label of one prompt, as many prompts at once as threads.
/// - Limits: knows nothing of the texts. Cycles of a few labels are mostly errors: a prompt needs several
///   labels for each response.
/// - Source: see `GeneralPreference`; leaving out whole matches is ours.
struct CyclicPreference: SignalWork {
  private static let foldCount: UInt64 = 5
  private static let itemLimit = 500

  /// Design rows by prompt; nil before they are sorted.
  private var rows: [Int]?
  private var prompts: [Range<Int>] = []
  private var nextPrompt = 0
  private var found: [HeldOut?] = []

  /// What the labels of the other matches say of one.
  struct HeldOut: Sendable, Equatable {
    var margin: Double
    /// Without circles.
    var plain: Double
  }

  var share: Double { Double(nextPrompt) / Double(max(prompts.count, 1)) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    guard let rows else {
      found = Array(repeating: nil, count: evidence.rowCount)
      let sorted = evidence.rowsByPrompt()
      (self.rows, prompts) = (sorted.rows, sorted.prompts)
      return nil
    }
    let first = nextPrompt
    nextPrompt = min(prompts.count, first + 16 * jobs)
    let held = parallelMap(count: nextPrompt - first, jobs: jobs, scratch: { () }) {
      [prompts] index, _ in
      Self.heldOut(rows[prompts[first + index]].map { evidence.keys[$0] }, seed: evidence.seed)
    }
    for (prompt, held) in zip(prompts[first..<nextPrompt], held) {
      for (place, value) in zip(prompt, held) { found[rows[place]] = value }
    }
    return nextPrompt == prompts.count ? signals : nil
  }

  /// Of each of the labels `keys` of one prompt; nothing of a prompt without a cycle.
  static func heldOut(_ keys: [PairKeys], seed: UInt64) -> [HeldOut?] {
    let none = [HeldOut?](repeating: nil, count: keys.count)
    let tournament = PromptTournament(keys.map { [$0.chosen, $0.rejected] })
    let items = tournament.itemCount
    guard (3...itemLimit).contains(items), Set(tournament.components()).count < items else {
      return none
    }
    let (matches, responses, places) = Self.matches(of: keys)
    let folds = matches.map { match in
      let pair = WordHash.pair(responses[match.first], responses[match.second])
      return WordHash.pair(seed, pair) % foldCount
    }
    var margins = [HeldOut?](repeating: nil, count: matches.count)
    for fold in 0..<foldCount where folds.contains(fold) {
      let learned = zip(matches, folds).filter { $0.1 != fold }.map(\.0)
      let models = [true, false].map {
        GeneralPreference(learned, count: items, hasPlane: $0)
      }
      for (place, match) in matches.enumerated() where folds[place] == fold {
        let found = models.map { $0.margin(match.first, over: match.second) }
        margins[place] = HeldOut(margin: found[0], plain: found[1])
      }
    }
    return zip(keys, places).map { key, place in
      guard let place, let held = margins[place] else { return nil }
      let isFirst = key.chosen == responses[matches[place].first]
      return isFirst ? held : HeldOut(margin: -held.margin, plain: -held.plain)
    }
  }

  /// The matches of the labels `keys`, whatever their order and direction; by number, the key of each
  /// response; and by label its match, nil for one between equal sides.
  private static func matches(
    of keys: [PairKeys]
  ) -> (matches: [GeneralPreference.Match], responses: [UInt64], places: [Int?]) {
    let responses = Set(keys.flatMap { [$0.chosen, $0.rejected] }).sorted()
    let sides = keys.map { key in
      [key.chosen, key.rejected].map { side in responses.partitionPoint { $0 >= side } }
    }
    let order = keys.indices.filter { sides[$0][0] != sides[$0][1] }.sorted { one, other in
      let (left, right) = (sides[one].sorted(), sides[other].sorted())
      return (left[0], left[1], one) < (right[0], right[1], other)
    }
    var matches: [GeneralPreference.Match] = []
    var places = [Int?](repeating: nil, count: keys.count)
    order.forEachRun(by: { sides[$0].sorted() }) { labels in
      let pair = sides[labels[labels.startIndex]].sorted()
      let wins = labels.count { sides[$0][0] == pair[0] }
      for label in labels { places[label] = matches.count }
      matches.append(
        GeneralPreference.Match(
          first: pair[0], second: pair[1], wins: wins, losses: labels.count - wins))
    }
    return (matches, responses, places)
  }

  /// The factor, at least 0, at which labels with these margins are the likeliest.
  private static func bestScale(_ margins: [Double]) -> Double {
    var scale = 1.0
    for _ in 0..<30 {
      var (slope, curvature) = (0.0, 1e-9)
      for margin in margins {
        let p = sigmoid(scale * margin)
        slope += (1 - p) * margin
        curvature += p * (1 - p) * margin * margin
      }
      // Half a unit at most: where all margins are right there is no best one.
      scale = min(30, max(0, scale + min(0.5, max(-0.5, slope / curvature))))
    }
    return scale
  }

  private var signals: [SignalID: SignalValues] {
    let held = found.compactMap(\.self)
    let scale = Self.bestScale(held.map(\.margin))
    let plainScale = Self.bestScale(held.map(\.plain))
    let gains = held.map { softplus(-plainScale * $0.plain) - softplus(-scale * $0.margin) }
    let count = Double(gains.count)
    let mean = gains.reduce(0, +) / count
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(count - 1, 1)
    guard gains.count > 1, mean > normalQuantile95 * (variance / count).squareRoot() else {
      return [:]
    }
    return [.gpm: SignalValues(found.lazy.map { $0?.margin })]
  }
}
