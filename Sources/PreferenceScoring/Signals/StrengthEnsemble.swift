import Foundation

/// How strongly a committee of heads prefers the chosen side: mean, deviation, votes and band.
///
/// Meaning: five times the groups of pairs are cut into two seeded halves; on each half a head is
/// fitted that sees a seeded 70 % of the columns of every block, and judges the other half. So every
/// pair has five margins by heads that have seen neither it, nor its copies, nor its prompt. Where a half
/// has more than 20,000 pairs, the head learns from 20,000 of them. Rewards from elsewhere join as
/// members with the log-odds that they give out of fold, where these agree with the labels beyond
/// chance; so a reward of the wrong sign joins with its sign turned, and noise does not join.
/// `strength` is the members' mean, `strength_deviation` their standard deviation (n - 1),
/// `strength_votes` the share of members that contradict the label (0 counts half), `strength_band` 0 to
/// 3 as in `StrengthBand`.
///
/// - Range: strength all reals and band 0 to 3, low = suspicious; deviation from 0 on, an axis of its own
///   (ambiguous, not wrong); votes in [0, 1], high = suspicious.
/// - Complexity: ten fits to half the rows and 70 % of the columns; 33 bytes a pair while it runs.
/// - Limits: heads on half the data are weaker than the head that only leaves the pair out; the five
///   overlap, so the deviation understates the doubt.
/// - Measured: AUROC as in `PeerReview`: strength .689, .882; votes .665, .842; band .659, .830; deviation
///   .497, .488. The default is .694, .892.
/// - Source: preference strength by an ensemble: Wang et al., 2024, arXiv:2401.06080 (ten reward
///   models; there in sample); halves without replacement instead of bootstrap samples: Friedman and
///   Hall, 2007, doi:10.1016/j.jspi.2006.06.002. The penalties shrink with the rows.
struct StrengthEnsemble: SignalWork {
  private static let splits = 5
  private static let columnShare = 0.7
  private static let trainingLimit = 20_000
  private static let rowsInPart = 1024

  private var generator: SeededGenerator
  private var member = 0
  private var half: [Bool] = []
  private var stage = Stage.drawing
  /// By design row.
  private var tallies: [StrengthTally]

  private enum Stage: Sendable {
    case drawing
    case fitting(MemberFit)
    /// By all columns, what the head of the member is; from this row on.
    case judging(theta: [Double], from: Int)
  }

  private struct MemberFit: Sendable {
    let columns: [Int]
    let design: DesignMatrix
    var fit: HeadFit
  }

  init(_ evidence: SignalEvidence) {
    generator = SeededGenerator(seed: WordHash.pair(evidence.seed, 0x57_7265_6e67_7468))
    tallies = Array(repeating: StrengthTally(), count: evidence.rowCount)
  }

  var share: Double { Double(member) / Double(2 * Self.splits) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let present = stage
    stage = .drawing
    switch consume present {
    case .drawing: stage = .fitting(nextFit(evidence))
    case .fitting(var current):
      guard let head = current.fit.advance(current.design, rowLimit: 4096 * jobs, jobs: jobs) else {
        stage = .fitting(current)
        return nil
      }
      var theta = [Double](repeating: 0, count: evidence.design.columnCount)
      for (column, weight) in zip(current.columns, head.theta) { theta[column] = weight }
      stage = .judging(theta: theta, from: 0)
    case .judging(let theta, let row):
      let next = judge(evidence.design, under: theta, from: row, jobs: jobs)
      guard next == evidence.rowCount else {
        stage = .judging(theta: theta, from: next)
        return nil
      }
      member += 1
      guard member == 2 * Self.splits else { return nil }
      addRewards(evidence)
      return signals
    }
    return nil
  }

  /// Whether the member that is under way learns from `half` and judges the rest, or the other way
  /// round.
  private var learnsFromHalf: Bool { member.isMultiple(of: 2) }

  /// Draws the halves and the columns of the next member.
  private mutating func nextFit(_ evidence: SignalEvidence) -> MemberFit {
    let groups = evidence.groups.groups
    if learnsFromHalf {
      half = Array(repeating: false, count: evidence.rowCount)
      for group in generator.sample(groups.count / 2, below: groups.count) {
        for row in groups[group] { half[row] = true }
      }
    }
    let columns = evidence.blocks.flatMap { block in
      let count = Int((Self.columnShare * Double(block.count)).rounded(.up))
      return generator.sample(count, below: block.count).map { block.lowerBound + $0 }
    }
    // The design is in seeded order of the groups: the first of a half are a sample of it.
    var design = DesignMatrix(columnCount: columns.count)
    for row in half.indices where half[row] == learnsFromHalf {
      guard design.rowCount < Self.trainingLimit else { break }
      let x = evidence.design.row(row)
      design.append(columns.map { x[$0] })
    }
    let share = Double(design.rowCount) / Double(max(evidence.rowCount, 1))
    let fit = HeadFit(
      rowCount: design.rowCount, penalties: columns.map { evidence.penalties[$0] * share },
      start: columns.map { evidence.head.theta[$0] })
    return MemberFit(columns: columns, design: design, fit: fit)
  }

  /// Judges the next rows; where to go on.
  private mutating func judge(
    _ design: DesignMatrix, under theta: [Double], from first: Int, jobs: Int
  ) -> Int {
    let waiting = (design.rowCount - first + Self.rowsInPart - 1) / Self.rowsInPart
    let parts = parallelMap(count: min(waiting, 8 * jobs), jobs: jobs, scratch: { () }) { part, _ in
      let start = first + part * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, design.rowCount)
      return LinearAlgebra.products(
        of: design.rows(rows), rows: rows.count, with: theta, count: 1,
        columns: design.columnCount)
    }
    var row = first
    for margin in parts.joined() {
      if half[row] != learnsFromHalf { tallies[row].add(margin) }
      row += 1
    }
    return row
  }

  private mutating func addRewards(_ evidence: SignalEvidence) {
    for margins in evidence.rewardMargins {
      let quality = HeadQuality(margins: margins, groups: evidence.groups.groups)
      guard case .measured(let accuracy, _, _) = quality, accuracy.lower > 0.5 else { continue }
      // 0 = it says nothing of the pair.
      for row in tallies.indices where margins[row] != 0 { tallies[row].add(margins[row]) }
    }
  }

  private var signals: [SignalID: SignalValues] {
    let means = tallies.compactMap(\.mean).sorted()
    let strong = means.isEmpty ? 0 : means[min(means.count * 9 / 10, means.count - 1)]
    let bands = tallies.lazy.map { tally in
      StrengthBand(of: tally, strongFrom: strong).map { Double($0.rawValue) }
    }
    return [
      .strength: SignalValues(tallies.lazy.map(\.mean)),
      .strengthDeviation: SignalValues(tallies.lazy.map(\.deviation)),
      .strengthVotes: SignalValues(tallies.lazy.map(\.voteShare)),
      .strengthBand: SignalValues(bands),
    ]
  }
}

/// The margins that the members of a committee give one pair, summed up as they come.
///
/// - Source: Welford, 1962, doi:10.1080/00401706.1962.10490022.
struct StrengthTally: Sendable {
  private var center = 0.0
  private var squares = 0.0
  private var halfVotes: UInt32 = 0
  private var count: UInt32 = 0

  mutating func add(_ margin: Double) {
    count += 1
    let distance = margin - center
    center += distance / Double(count)
    squares += distance * (margin - center)
    halfVotes += margin < 0 ? 2 : margin == 0 ? 1 : 0
  }

  /// nil without a member.
  var mean: Double? { count > 0 ? center : nil }
  /// nil with fewer than two members.
  var deviation: Double? { count > 1 ? (squares / Double(count - 1)).squareRoot() : nil }
  /// The share of members that contradict the label; nil without a member.
  var voteShare: Double? { count > 0 ? Double(halfVotes) / Double(2 * count) : nil }
}

/// What the strength of a preference is worth, from worst to best.
///
/// Meaning: with the members' mean u and deviation s, contradicted where u <= -s/2, ambiguous where
/// |u| < s/2, strong where u is among the largest tenth of the file, else normal.
///
/// - Limits: a band is no probability. What became of such pairs where reward models were trained on them
///   alone: the lowest lowered the accuracy, the middle left it at chance, the strongest alone were not
///   the best to learn from.
/// - Source: Wang et al., 2024, arXiv:2401.06080, which cuts at 20, 40 and 90 % of the pairs by u. Fixed
///   shares would call a fifth of every file contradicted, a clean one too: only the last is kept.
public enum StrengthBand: Int, CaseIterable, Sendable, Comparable {
  case contradicted
  case ambiguous
  case normal
  case strong

  /// nil where there are fewer than two members.
  init?(of tally: StrengthTally, strongFrom limit: Double) {
    guard let mean = tally.mean, let deviation = tally.deviation else { return nil }
    if abs(mean) < deviation / 2 {
      self = .ambiguous
    } else if mean > 0 {
      self = mean >= limit ? .strong : .normal
    } else {
      self = mean < 0 ? .contradicted : .ambiguous
    }
  }

  public static func < (left: StrengthBand, right: StrengthBand) -> Bool {
    left.rawValue < right.rawValue
  }
}
