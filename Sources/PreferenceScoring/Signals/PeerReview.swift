import Foundation

/// Collaborative reward modelling: two heads that choose, each for the other, what to learn from.
///
/// Meaning: two heads see a seeded half of the columns each and learn by Adam (rate .01, batches of
/// 256) for 15 epochs. In epoch t each head selects, by its own losses after the epoch before, the
/// floor((1 - R(t)) n) pairs with the smallest loss, and the *other* head learns from these, from easy
/// to hard; R rises linearly from 0 to the noise estimate over ten epochs, so the first epoch learns
/// from everything. Beside it stand the same two heads that select for themselves (`self_review`) and
/// that learn from everything (`two_models`), each as the mean of their final margins.
/// - `peer_review`: keep rate: the mean over epochs 1 on of how many of the two select the pair.
/// - `peer_margin_a`, `peer_margin_b`: the final margins under the two heads.
///
/// - Range: keep rate [0, 1], margins all reals; low = suspicious.
/// - Complexity: 3 * 15 * O(n columns + n log n).
/// - Limits: in sample; with linear heads selection costs data and finds less than a plain margin
///   does. Both heads rejecting = likely wrong, one = contested: they are correlated all the same.
/// - Source: Collaborative Reward Modeling, arXiv:2505.10597 (its code is not public; selection there
///   is by batch, here over the epoch, since batches sorted by ease are of one kind); schedule and
///   exchange of Co-teaching, Han et al., 2018, arXiv:1804.06872.
struct PeerReview: SignalWork {
  /// Who decides what a head learns from.
  enum Reviewer: CaseIterable, Sendable {
    case peer, own, nobody
  }

  static let epochs = 15
  private static let rampEpochs = 10

  private let noiseRate: Double
  private let start: [Peer]
  private var reviewers = Reviewer.allCases
  private var epoch = 0
  private var peers: [Peer]
  /// By row, in how many epochs after the first each of the two selected it, added up.
  private var selections: [Int]
  /// By row, the share of these epochs in which the pair was selected.
  private(set) var keepRates: [Reviewer: [Double]] = [:]
  private var found: [SignalID: [Double?]] = [:]

  init(_ evidence: SignalEvidence) {
    let views = Self.views(evidence)
    self.init(evidence, views: views, noiseRate: Self.noiseRate(evidence.leftOutMargins))
  }

  init(_ evidence: SignalEvidence, views: [[Int]], noiseRate: Double) {
    self.noiseRate = noiseRate
    start = views.map { Peer(evidence, columns: $0) }
    peers = start
    selections = Array(repeating: 0, count: evidence.rowCount)
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

  var share: Double {
    let done = Reviewer.allCases.count - reviewers.count
    return (Double(done) + Double(epoch) / Double(Self.epochs)) / Double(Reviewer.allCases.count)
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: [Double?]]? {
    let reviewer = reviewers[0]
    let rate =
      reviewer == .nobody ? 0 : Self.forgetRate(epoch: epoch, noiseRate: noiseRate)
    let count = Int((1 - rate) * Double(evidence.rowCount))
    // Without a reviewer there is no ease to go by: the order of the design, which is seeded.
    let chosen =
      reviewer == .nobody
      ? peers.map { _ in Array(0..<evidence.rowCount) } : peers.map { $0.easiest(count) }
    if epoch > 0 {
      for row in chosen.joined() { selections[row] += 1 }
    }
    let lessons = reviewer == .peer ? Array(chosen.reversed()) : chosen
    peers = parallelMap(count: peers.count, jobs: jobs, scratch: { () }) {
      [peers] index, _ in
      var peer = peers[index]
      peer.learn(from: lessons[index])
      return peer
    }
    epoch += 1
    guard epoch == Self.epochs else { return nil }
    finish(reviewer)
    return reviewers.isEmpty ? found : nil
  }

  private mutating func finish(_ reviewer: Reviewer) {
    let mean = zip(peers[0].margins, peers[1].margins).map { Double($0 + $1) / 2 }
    keepRates[reviewer] = selections.map { Double($0) / Double(2 * (Self.epochs - 1)) }
    selections = selections.map { _ in 0 }
    switch reviewer {
    case .peer:
      found[.peerReview] = keepRates[.peer]
      found[.peerMarginA] = peers[0].margins.map(Double.init)
      found[.peerMarginB] = peers[1].margins.map(Double.init)
    case .own: found[.selfReview] = mean
    case .nobody: found[.twoModels] = mean
    }
    reviewers.removeFirst()
    epoch = 0
    peers = start
  }
}

/// One head of the two, with its view of the pairs.
private struct Peer: Sendable {
  private let x: [Float]
  private let width: Int
  private let decay: Float
  private var theta: [Float]
  private var moments: [Float]
  private var squares: [Float]
  private var steps = 0
  /// By row, after the last epoch.
  private(set) var margins: [Float]

  private static let batch = 256
  private static let rate: Float = 0.01

  /// Columns are scaled so that one strength of decay stands for the penalties of the full head.
  init(_ evidence: SignalEvidence, columns: [Int]) {
    width = columns.count
    let weakest = columns.map { evidence.penalties[$0] }.min() ?? 1
    let scales = columns.map { Float((weakest / evidence.penalties[$0]).squareRoot()) }
    var x: [Float] = []
    x.reserveCapacity(evidence.rowCount * width)
    for row in 0..<evidence.rowCount {
      let values = evidence.design.row(row)
      for (column, scale) in zip(columns, scales) {
        x.append(values[values.startIndex + column] * scale)
      }
    }
    self.x = x
    decay = Float(weakest / Double(max(evidence.rowCount, 1)))
    theta = Array(repeating: 0, count: width)
    moments = theta
    squares = theta
    margins = Array(repeating: 0, count: evidence.rowCount)
  }

  /// The `count` rows with the smallest loss, the largest margin first; equals by row.
  func easiest(_ count: Int) -> [Int] {
    Array(margins.indices.sorted { (-margins[$0], $0) < (-margins[$1], $1) }.prefix(count))
  }

  /// Learns from `rows` in this order, and judges all rows anew.
  mutating func learn(from rows: [Int]) {
    for start in stride(from: 0, to: rows.count, by: Self.batch) {
      step(rows[start..<min(start + Self.batch, rows.count)])
    }
    for row in margins.indices { margins[row] = margin(of: row) }
  }

  private func margin(of row: Int) -> Float {
    let (values, weights) = (x.span, theta.span)
    var sum: Float = 0
    for column in 0..<width { sum += values[row * width + column] * weights[column] }
    return sum
  }

  private mutating func step(_ rows: ArraySlice<Int>) {
    var gradient = theta.map { decay * $0 }
    let scale = 1 / Float(rows.count)
    for row in rows {
      let push = singleSigmoid(-margin(of: row)) * scale
      let values = x.span
      for column in 0..<width { gradient[column] -= push * values[row * width + column] }
    }
    steps += 1
    let first = 1 - powf(0.9, Float(steps))
    let second = 1 - powf(0.999, Float(steps))
    for column in 0..<width {
      moments[column] = 0.9 * moments[column] + 0.1 * gradient[column]
      squares[column] = 0.999 * squares[column] + 0.001 * gradient[column] * gradient[column]
      let size = (squares[column] / second).squareRoot() + 1e-8
      theta[column] -= Self.rate * (moments[column] / first) / size
    }
  }
}
