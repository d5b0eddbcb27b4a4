import Foundation

/// Collaborative reward modelling: two heads that choose, each for the other, what to learn from.
///
/// Meaning: two heads see a seeded half of the columns each and learn by Adam for 15 epochs
/// (`PeerHead`). In epoch t each head selects, by its own losses after the epoch before, the
/// floor((1 - R(t)) n) pairs with the smallest loss, and the *other* head learns from these, from easy
/// to hard; R rises linearly from 0 to the noise estimate over ten epochs, so the first epoch learns
/// from everything. Beside it stand the same two heads that select for themselves (`self_review`) and
/// that learn from everything (`two_models`), each as the mean of their final margins.
/// - `peer_review`: keep rate: the mean over epochs 1 on of how many of the two select the pair.
/// - `peer_margin_a`, `peer_margin_b`: the final margins under the two heads.
/// - `peer_agreement`: how many of the two agree with the label, halved (`PeerAgreement`).
/// - `peer_stability`: 1 robust, 1/2 ambiguous, 0 non-robust (`PeerStability`).
/// - `curriculum_rank`: the place by the mean loss over epochs and heads, 1 = easiest.
///
/// - Range: keep rate, agreement and stability [0, 1], margins all reals: low = suspicious. Rank from 1
///   to n: high = suspicious.
/// - Complexity: 6 * 15 * O(n columns) + 4 * 15 * O(n log n); about 160 bytes a pair while it runs, 64 of
///   which stay (`PeerTrajectories`).
/// - Limits: in sample; with linear heads selection costs data and finds less than a plain margin
///   does. Both heads rejecting = likely wrong, one = contested: they are correlated all the same.
/// - Measured: AUROC for wrong labels on helpful-base with 20 % planted flips (mean of three seeds) and on
///   UKPConvArg1 A (real votes): keep rate .639, .735; curriculum rank .662, .851; self-review .662, .858;
///   two models .688, .883; the default .694, .892. It does not pay, and is not in the default.
/// - Source: Collaborative Reward Modeling, arXiv:2505.10597 (its code is not public; selection there
///   is by batch, here over the epoch, since batches sorted by ease are of one kind); schedule and
///   exchange of Co-teaching, Han et al., 2018, arXiv:1804.06872.
struct PeerReview: SignalWork {
  /// Who decides what a head learns from.
  enum Reviewer: Int, CaseIterable, Sendable {
    case peer, own, nobody
  }

  static let epochs = 15
  private static let rampEpochs = 10
  /// What a step works through: some ten milliseconds at 300 columns.
  private static let batchesAtOnce = 16
  private static let partsAtOnce = 8

  private let noiseRate: Double
  /// Two a reviewer, in the order of `Reviewer`.
  private var heads: [PeerHead]
  /// By head, what it learns from in this epoch, in this order; nil = the whole design as it stands.
  private var lessons: [[Int32]?]
  private var epoch = 0
  private var phase = Phase.selecting
  /// By head, in how many epochs after the first each row was selected by it.
  private var keepCounts: [[UInt8]]
  /// By row, the loss under the two peers, summed over the epochs.
  private var lossSums: [Float]
  private var kept: PeerTrajectories

  private enum Phase {
    case selecting
    /// From this batch on.
    case learning(Int)
    /// From this part of the design on.
    case judging(Int)
    case finished
  }

  init(_ evidence: SignalEvidence) {
    let views = Self.views(evidence)
    self.init(evidence, views: views, noiseRate: Self.noiseRate(evidence.leftOutMargins))
  }

  init(_ evidence: SignalEvidence, views: [[Int]], noiseRate: Double) {
    self.noiseRate = noiseRate
    let pair = views.map { PeerHead(evidence, columns: $0) }
    heads = Reviewer.allCases.flatMap { _ in pair }
    lessons = heads.map { _ in nil }
    let count = evidence.rowCount
    keepCounts = heads.map { _ in Array(repeating: 0, count: count) }
    lossSums = Array(repeating: 0, count: count)
    kept = PeerTrajectories(rowCount: count, epochCount: Self.epochs)
  }

  /// Two halves of the columns of each block.
  private static func views(_ evidence: SignalEvidence) -> [[Int]] {
    var generator = SeededGenerator(seed: WordHash.pair(evidence.seed, 0x7065_6572))
    var views: [[Int]] = [[], []]
    for block in evidence.blocks {
      let first = Set(generator.sample((block.count + 1) / 2, below: block.count))
      for column in 0..<block.count {
        views[first.contains(column) ? 0 : 1].append(block.lowerBound + column)
      }
    }
    return views[1].isEmpty ? [views[0], views[0]] : views
  }

  /// The confident-learning share of wrong labels for pairs in both orientations, in [.01, .4]: with t
  /// the mean of p, #{1 - p >= t} / (#{1 - p >= t} + #{p >= t}).
  static func noiseRate(_ margins: [Double]) -> Double {
    let right = margins.map(sigmoid)
    let mean = right.reduce(0, +) / Double(max(right.count, 1))
    let wrong = right.count { 1 - $0 >= mean }
    let sure = right.count { $0 >= mean }
    return max(0.01, min(0.4, Double(wrong) / Double(max(wrong + sure, 1))))
  }

  /// The share that is left out in epoch `epoch` when it ends at `noiseRate`.
  static func forgetRate(epoch: Int, noiseRate: Double) -> Double {
    noiseRate * min(1, Double(epoch) / Double(rampEpochs - 1))
  }

  /// By row, the share of the epochs after the first in which the two heads of `reviewer` selected the
  /// pair.
  func keepRates(_ reviewer: Reviewer) -> [Double] {
    let counts = reviewer.heads.map { keepCounts[$0] }
    return zip(counts[0], counts[1]).map {
      Double(Int($0) + Int($1)) / Double(2 * (Self.epochs - 1))
    }
  }

  var trajectories: PeerTrajectories? {
    guard case .finished = phase else { return nil }
    return kept
  }

  var share: Double {
    let batches = Double(max(PeerHead.batchCount(of: lossSums.count), 1))
    let part =
      switch phase {
      case .selecting: 0.0
      case .learning(let batch): 0.05 + 0.75 * Double(batch) / batches
      case .judging(let part): 0.8 + 0.2 * Double(part) / Double(max(partCount, 1))
      case .finished: 0.0
      }
    return (Double(epoch) + part) / Double(Self.epochs)
  }

  private var partCount: Int { (lossSums.count + PeerHead.rowsInPart - 1) / PeerHead.rowsInPart }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    switch phase {
    case .selecting:
      select(evidence.rowCount, jobs: jobs)
      phase = .learning(0)
    case .learning(let batch):
      learn(evidence.design, from: batch, jobs: jobs)
      let next = batch + Self.batchesAtOnce
      phase = next < PeerHead.batchCount(of: evidence.rowCount) ? .learning(next) : .judging(0)
    case .judging(let part):
      judge(evidence.design, from: part, jobs: jobs)
      let next = part + Self.partsAtOnce * jobs
      guard next >= partCount else {
        phase = .judging(next)
        return nil
      }
      epoch += 1
      phase = epoch < Self.epochs ? .selecting : .finished
    case .finished: return signals
    }
    return nil
  }

  /// Each head that reviews selects; who selects for whom is the reviewer's kind.
  private mutating func select(_ rowCount: Int, jobs: Int) {
    let rate = Self.forgetRate(epoch: epoch, noiseRate: noiseRate)
    let count = Int((1 - rate) * Double(rowCount))
    let selecting = [Reviewer.peer, .own].flatMap(\.heads)
    let chosen = parallelMap(count: selecting.count, jobs: jobs, scratch: { () }) {
      [heads] index, _ in
      heads[selecting[index]].easiest(count)
    }
    for (head, rows) in zip(selecting, chosen) {
      lessons[head < 2 ? 1 - head : head] = rows
      if head < 2 {
        for row in rows { kept.keep(Int(row), by: head, in: epoch) }
      }
      guard epoch > 0 else { continue }
      for row in rows { keepCounts[head][Int(row)] += 1 }
    }
  }

  private mutating func learn(_ design: DesignMatrix, from batch: Int, jobs: Int) {
    heads = parallelMap(count: heads.count, jobs: jobs, scratch: { () }) {
      [heads, lessons] index, _ in
      var head = heads[index]
      for number in batch..<batch + Self.batchesAtOnce {
        head.learn(from: lessons[index], batch: number, of: design)
      }
      return head
    }
  }

  /// All heads judge the next rows.
  private mutating func judge(_ design: DesignMatrix, from part: Int, jobs: Int) {
    let weights = heads.flatMap(\.weights)
    let (count, total) = (heads.count, lossSums.count)
    let end = min(part + Self.partsAtOnce * jobs, partCount)
    let products = parallelMap(count: max(0, end - part), jobs: jobs, scratch: { () }) { index, _ in
      let start = (part + index) * PeerHead.rowsInPart
      let rows = start..<min(start + PeerHead.rowsInPart, total)
      return LinearAlgebra.products(
        of: design.asInFile(rows), rows: 0..<rows.count, with: weights, count: count,
        columns: design.columnCount)
    }
    var row = part * PeerHead.rowsInPart
    for values in products {
      for start in stride(from: 0, to: values.count, by: count) {
        let sign = design.signs?[row] ?? 1
        for head in heads.indices { heads[head].margins[row] = sign * values[start + head] }
        for peer in 0...1 {
          let margin = heads[peer].margins[row]
          kept.setMargin(margin, of: row, by: peer, in: epoch)
          lossSums[row] += Float(softplus(-Double(margin)))
        }
        row += 1
      }
    }
  }

  private var signals: [SignalID: SignalValues] {
    func mean(_ reviewer: Reviewer) -> SignalValues {
      let pair = reviewer.heads.map { heads[$0].margins }
      return SignalValues(zip(pair[0], pair[1]).lazy.map { Double($0 + $1) / 2 })
    }
    let pair = Reviewer.peer.heads.map { heads[$0].margins }
    let agreement = zip(pair[0], pair[1]).lazy.map { PeerAgreement(marginA: $0, marginB: $1) }
    let stability = kept.stabilities().lazy.map { $0.map { Double($0.rawValue) / 2 } }
    return [
      .peerReview: SignalValues(keepRates(.peer)),
      .peerMarginA: SignalValues(pair[0].lazy.map { Double($0) }),
      .peerMarginB: SignalValues(pair[1].lazy.map { Double($0) }),
      .peerAgreement: SignalValues(agreement.map { Double($0.rawValue) / 2 }),
      .peerStability: SignalValues(stability), .curriculumRank: curriculumRanks,
      .selfReview: mean(.own), .twoModels: mean(.nobody),
    ]
  }

  private var curriculumRanks: SignalValues {
    var ranks = SignalValues(nothingOf: lossSums.count)
    // A loss is not negative, so its bits are in its order: one word a row sorts faster than pairs.
    let words = lossSums.indices.map { UInt64(lossSums[$0].bitPattern) << 32 | UInt64($0) }
    for (place, word) in words.sorted().enumerated() {
      ranks[Int(UInt32(truncatingIfNeeded: word))] = Double(place + 1)
    }
    return ranks
  }
}

extension PeerReview.Reviewer {
  /// The places of its two heads.
  var heads: [Int] { [2 * rawValue, 2 * rawValue + 1] }
}
