import Foundation

/// Whether a label goes with those whose taste its annotator shares, and with everybody.
///
/// - `pal`: the rewardMargin by the taste of the annotator's kind: sum over kinds of r(u, k) theta(k) . x
///   (`TasteMixture`), on the columns of the style block;
/// - `pal_all`: the same by one head for all;
/// - `pal_minority`: 1 where everybody is against the label and the annotator's own kind is for it: a
///   minority's taste rather than an error; else 0.
///
/// Heads and responsibilities are those of the other folds. The number of kinds is the best of 1 to 3 by the
/// probability of the labels of the fold left out; more than one only where the gain over one head is beyond
/// chance (a paired 95 % interval over pairs).
///
/// - Range: all reals, low = suspicious; `pal_minority` 0 or 1, high = less of an error. No signal where the
///   annotators are of one kind, or fewer than two have `neededPairs` pairs. nil for a pair without an
///   annotator.
/// - Complexity: O(folds * kinds * steps * n d^2), d = 37.
/// - Limits: an annotator of a few pairs is of the commonest kind. A kind may be a habit of error, such as
///   taking the longer side, as well as a taste: it says who differs alike, not who is right. Only rows that
///   name their annotator count, not votes within a row.
/// - Source: see `TasteMixture`; the comparison of own and all is ours.
struct TasteClusters: SignalWork {
  /// Of an annotator's pairs so many are needed to learn from.
  static let neededPairs = 10
  private static let mostKinds = 3
  /// A mixture is begun so often.
  private static let starts = 3

  /// By number of kinds less 1, by design row.
  private var found: [[Judged?]] = []

  /// What heads of the other folds say of a label.
  private struct Judged: Sendable {
    var margin: Double
    /// ln P(label).
    var logProbability: Double
  }

  var share: Double { Double(found.count) / Double(Self.mostKinds) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    guard Self.canJudge(evidence.annotators) else { return [:] }
    let kinds = found.count + 1
    let folds = evidence.groups.folds
    let judged = parallelMap(count: folds.count, jobs: jobs, scratch: { () }) { fold, _ in
      Self.judge(folds[fold], evidence, kinds: kinds)
    }
    var byRow = [Judged?](repeating: nil, count: evidence.rowCount)
    for (fold, judged) in zip(folds, judged) { byRow.replaceSubrange(fold, with: judged) }
    found.append(byRow)
    // More kinds than help are not tried: one more rarely helps where the last did not.
    let isBetter = kinds == 1 || logProbability(of: kinds) > logProbability(of: kinds - 1)
    return kinds == Self.mostKinds || !isBetter ? signals : nil
  }

  /// Whether two annotators have enough pairs.
  private static func canJudge(_ annotators: [Int?]) -> Bool {
    var counts = [Int](repeating: 0, count: annotators.reduce(0) { max($0, ($1 ?? -1) + 1) })
    for case let annotator? in annotators { counts[annotator] += 1 }
    return counts.count { $0 >= neededPairs } > 1
  }

  /// What heads of the pairs outside `fold` say of those in it.
  private static func judge(
    _ fold: Range<Int>, _ evidence: SignalEvidence, kinds: Int
  ) -> [Judged?] {
    let columns = evidence.blocks[0]
    func x(_ row: Int) -> [Double] { evidence.design.row(row)[columns].map { Double($0) } }
    var labels = TasteLabels(penalties: Array(evidence.penalties[columns]))
    for (row, annotator) in evidence.annotators.enumerated() where !fold.contains(row) {
      if let annotator { labels.append(x(row), by: annotator) }
    }
    let count = evidence.annotators.reduce(0) { max($0, ($1 ?? -1) + 1) }
    var best: TasteMixture?
    for start in 0..<(kinds == 1 ? 1 : starts) {
      let mixture = TasteMixture(
        labels, annotatorCount: count, kinds: kinds, seed: evidence.seed &+ UInt64(start))
      if let old = best?.objectives.last, let new = mixture.objectives.last, new <= old { continue }
      best = mixture
    }
    guard let mixture = best else { return fold.map { _ in nil } }
    return fold.map { row in
      evidence.annotators[row].map { annotator in
        let own = x(row)
        var judged = Judged(margin: 0, logProbability: 0)
        var probability = 0.0
        for (head, part) in zip(mixture.heads, mixture.responsibilities[annotator]) {
          let margin = zip(head, own).reduce(0) { $0 + $1.0 * $1.1 }
          judged.margin += part * margin
          probability += part * sigmoid(margin)
        }
        judged.logProbability = log(max(probability, .leastNormalMagnitude))
        return judged
      }
    }
  }

  /// Of all labels, with so many kinds.
  private func logProbability(of kinds: Int) -> Double {
    found[kinds - 1].reduce(0) { $0 + ($1?.logProbability ?? 0) }
  }

  private var signals: [SignalID: SignalValues] {
    let sums = (1...found.count).map(logProbability)
    guard let kinds = sums.indices.max(by: { sums[$0] < sums[$1] }), kinds > 0 else { return [:] }
    let gains = zip(found[kinds], found[0]).compactMap { own, all in
      own.flatMap { own in all.map { own.logProbability - $0.logProbability } }
    }
    let n = Double(gains.count)
    let mean = gains.reduce(0, +) / n
    let variance = gains.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / max(n - 1, 1)
    guard mean > normalQuantile95 * (variance / n).squareRoot() else { return [:] }
    return [
      .pal: SignalValues(found[kinds].lazy.map { $0?.margin }),
      .palAll: SignalValues(found[0].lazy.map { $0?.margin }),
      .palMinority: SignalValues(
        zip(found[kinds], found[0]).lazy.map { own, all in
          own.flatMap { own in all.map { own.margin > 0 && $0.margin < 0 ? 1 : 0 } }
        }),
    ]
  }
}
