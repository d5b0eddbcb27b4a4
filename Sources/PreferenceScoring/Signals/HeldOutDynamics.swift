/// Training dynamics, on pairs that are held out: how the heads of each fold come to judge the pairs of
/// the other folds, epoch by epoch.
///
/// Meaning: for every fold a head (`PeerHead`, all columns) learns from the others by Adam for 15 epochs
/// and judges the fold after each of them. The same runs again with a twentieth of the copy groups
/// swapped on purpose: how low the area of a label that is certainly wrong comes to lie.
/// - `aum`: mean margin over the epochs.
/// - `aum_planted`: the share of the planted flips whose area is at least this pair's. A cut at .01 is
///   the 99th percentile of planted flips: it keeps all but one in a hundred of them below it.
/// - `cartography`: confidence, the mean of p; `cartography_variability`: the standard deviation of p;
///   `cartography_correctness`: the share of the epochs that agree with the label.
/// - `forgetting`: how often an epoch that agreed is followed by one that does not; 15 where none agreed.
///
/// - Range: aum all reals, confidence and correctness [0, 1]: low = suspicious. aum_planted [0, 1] and
///   forgetting from 0 to 15: high = suspicious. Variability [0, 1/2]: high = ambiguous, an axis of its
///   own, and at most sqrt(confidence (1 - confidence)).
/// - Complexity: 15 passes over the rows a fold and run; 60 bytes a pair, 30 of which stay.
/// - Limits: heads are linear, so that the curves are smooth and forgetting is rare: most pairs have 0
///   or 15. Where labels are wrong already, some planted flips put them right, which makes the cut too
///   loose.
/// - Measured: AUROC on helpful-base with 20 % planted flips (mean of ten seeds) and on UKPConvArg1 A (real
///   votes): aum .687, .883; cartography .687, .882; correctness .648, .817; forgetting .644,
///   .785; variability .506, .404; the default .690, .892.
/// - Source: area under the margin: Pleiss et al., 2020, arXiv:2001.10528 (there threshold samples of an
///   extra class; planted flips are ours); cartography: Swayamdipta et al., 2020, arXiv:2009.10795;
///   forgetting: Toneva et al., 2019, arXiv:1812.05159 (all in sample; held out is ours, against
///   memorising).
struct HeldOutDynamics: SignalWork {
  static let epochs = 15
  private static let plantedShare = 0.05
  private static let batchesAtOnce = 16

  private let folds: [Range<Int>]
  /// The labels as they are, and with some of them swapped.
  private let planted: DesignMatrix
  private let isPlanted: [Bool]
  /// By fold, what its head learns from.
  private let lessons: [[Int32]]
  /// By fold those of the labels as they are, then those of the others.
  private var heads: [PeerHead]
  private var epoch = 0
  /// The next batch of the epoch; nil = all are learned and the folds are to be judged.
  private var batch: Int? = 0
  private var kept: HeldOutTrajectories
  /// By row, of the planted run.
  private var plantedAreas: [Float]

  init(_ evidence: SignalEvidence) {
    let count = evidence.rowCount
    folds = evidence.groups.folds
    var generator = SeededGenerator(seed: WordHash.pair(evidence.seed, 0x61_756d))
    var signs = evidence.design.signs ?? Array(repeating: 1, count: count)
    var isPlanted = Array(repeating: false, count: count)
    for group in evidence.groups.copies where generator.unit() < Self.plantedShare {
      for row in group {
        signs[row].negate()
        isPlanted[row] = true
      }
    }
    self.isPlanted = isPlanted
    planted = evidence.design.relabelled(signs)
    lessons = folds.map { fold in
      (0..<Int32(count)).filter { !fold.contains(Int($0)) }
    }
    let head = PeerHead(evidence, columns: Array(0..<evidence.design.columnCount))
    heads = Array(repeating: head, count: 2 * folds.count)
    kept = HeldOutTrajectories(rowCount: count, epochCount: Self.epochs)
    plantedAreas = Array(repeating: 0, count: count)
  }

  var heldOut: HeldOutTrajectories? { epoch == Self.epochs ? kept : nil }

  private var batchCount: Int { lessons.map { PeerHead.batchCount(of: $0.count) }.max() ?? 0 }

  var share: Double {
    let part = batch.map { Double($0) / Double(max(batchCount, 1)) } ?? 0.9
    return (Double(epoch) + min(0.9, part)) / Double(Self.epochs)
  }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    if let first = batch {
      learn(evidence.design, from: first, jobs: jobs)
      let next = first + Self.batchesAtOnce
      batch = next < batchCount ? next : nil
      return nil
    }
    judge(evidence.design, jobs: jobs)
    epoch += 1
    batch = 0
    return epoch == Self.epochs ? signals : nil
  }

  private mutating func learn(_ design: DesignMatrix, from batch: Int, jobs: Int) {
    heads = parallelMap(count: heads.count, jobs: jobs, scratch: { () }) {
      [heads, lessons, folds, planted] index, _ in
      var head = heads[index]
      let rows = lessons[index % folds.count]
      for number in batch..<batch + Self.batchesAtOnce {
        head.learn(from: rows, batch: number, of: index < folds.count ? design : planted)
      }
      return head
    }
  }

  private mutating func judge(_ design: DesignMatrix, jobs: Int) {
    let rowsInPart = PeerHead.rowsInPart
    let parts = folds.enumerated().flatMap { fold, rows in
      stride(from: rows.lowerBound, to: rows.upperBound, by: rowsInPart).map { start in
        (fold: fold, rows: start..<min(start + rowsInPart, rows.upperBound))
      }
    }
    let found = parallelMap(count: parts.count, jobs: jobs, scratch: { () }) {
      [heads, folds] index, _ in
      let (fold, rows) = parts[index]
      return LinearAlgebra.products(
        of: design.asInFile(rows), rows: 0..<rows.count,
        with: heads[fold].weights + heads[folds.count + fold].weights, count: 2,
        columns: design.columnCount)
    }
    for (part, values) in zip(parts, found) {
      for (place, row) in part.rows.enumerated() {
        kept.setMargin(design.sign(of: row) * values[2 * place], of: row, in: epoch)
        plantedAreas[row] += planted.sign(of: row) * values[2 * place + 1] / Float(Self.epochs)
      }
    }
  }

  private var signals: [SignalID: SignalValues] {
    let all = (0..<kept.rowCount).map { kept.trajectory(of: $0) }
    let areas = all.map(\.area)
    let wrong = isPlanted.indices.filter { isPlanted[$0] }.map { Double(plantedAreas[$0]) }.sorted()
    let shares = areas.map { area -> Double? in
      guard !wrong.isEmpty else { return nil }
      return Double(wrong.count - wrong.partitionPoint { $0 >= area }) / Double(wrong.count)
    }
    return [
      .aum: SignalValues(areas), .aumPlanted: SignalValues(shares),
      .cartography: SignalValues(all.map(\.confidence)),
      .variability: SignalValues(all.map(\.variability)),
      .correctness: SignalValues(all.map(\.correctness)),
      .forgetting: SignalValues(all.map { Double($0.forgettingCount) }),
    ]
  }
}
