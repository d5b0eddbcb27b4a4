import Foundation

/// How strongly a committee of heads prefers the chosen side: mean, deviation and votes.
///
/// Meaning: five times the groups of pairs are cut into two seeded halves; on each half a head is
/// fitted that sees a seeded 70 % of the columns of every block, and judges the other half. So every
/// pair has five margins by heads that have seen neither it, nor its copies, nor its prompt.
/// `strength` is their mean, `strength_deviation` their standard deviation (n - 1),
/// `strength_votes` the share of heads that contradict the label (0 counts half).
///
/// - Range: strength all reals, low = suspicious; deviation from 0 on, an axis of its own (ambiguous,
///   not wrong); votes in [0, 1], high = suspicious.
/// - Complexity: ten fits to half the rows and 70 % of the columns.
/// - Limits: heads on half the data are weaker than the head that only leaves the pair out; the five
///   overlap, so the deviation understates the doubt.
/// - Source: preference strength by an ensemble: Wang et al., 2024, arXiv:2401.06080 (ten reward
///   models; there in sample); halves without replacement instead of bootstrap samples: Friedman and
///   Hall, 2007, doi:10.1016/j.jspi.2006.06.002. The penalties are halved with the rows.
struct StrengthEnsemble: SignalWork {
  private static let splits = 5
  private static let columnShare = 0.7

  private var generator: SeededGenerator
  private var member = 0
  private var half: [Bool] = []
  private var fit: MemberFit?
  /// By design row, the margins of the heads that have not seen it.
  private var margins: [[Double]]

  private struct MemberFit: Sendable {
    let columns: [Int]
    let design: DesignMatrix
    var fit: HeadFit
  }

  init(_ evidence: SignalEvidence) {
    generator = SeededGenerator(seed: WordHash.pair(evidence.seed, 0x57_7265_6e67_7468))
    margins = Array(repeating: [], count: evidence.rowCount)
  }

  var share: Double { Double(member) / Double(2 * Self.splits) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: [Double?]]? {
    var current = fit ?? nextFit(evidence)
    fit = nil
    guard let head = current.fit.advance(current.design, rowLimit: 4096 * jobs, jobs: jobs) else {
      fit = current
      return nil
    }
    let isSecond = !member.isMultiple(of: 2)
    for row in half.indices where half[row] == isSecond {
      let x = evidence.design.row(row)
      margins[row].append(
        zip(current.columns, head.theta).reduce(0) {
          $0 + $1.1 * Double(x[x.startIndex + $1.0])
        })
    }
    member += 1
    return member == 2 * Self.splits ? signals : nil
  }

  /// Draws the halves and the columns of the next member.
  private mutating func nextFit(_ evidence: SignalEvidence) -> MemberFit {
    if member.isMultiple(of: 2) {
      half = Array(repeating: false, count: evidence.rowCount)
      let groups = evidence.groups.groups
      for group in generator.sample(groups.count / 2, below: groups.count) {
        for row in groups[group] { half[row] = true }
      }
    }
    let columns = evidence.blocks.flatMap { block in
      let count = Int((Self.columnShare * Double(block.count)).rounded(.up))
      return generator.sample(count, below: block.count).map { block.lowerBound + $0 }
    }
    var design = DesignMatrix(columnCount: columns.count)
    let isSecond = !member.isMultiple(of: 2)
    for row in half.indices where half[row] != isSecond {
      let x = evidence.design.row(row)
      design.append(columns.map { x[x.startIndex + $0] })
    }
    let fit = HeadFit(
      rowCount: design.rowCount, penalties: columns.map { evidence.penalties[$0] / 2 },
      start: columns.map { evidence.head.theta[$0] })
    return MemberFit(columns: columns, design: design, fit: fit)
  }

  private var signals: [SignalID: [Double?]] {
    var deviations: [Double] = []
    var means: [Double] = []
    var votes: [Double] = []
    for values in margins {
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      means.append(mean)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      deviations.append((squares / (count - 1)).squareRoot())
      votes.append(values.reduce(0) { $0 + ($1 < 0 ? 1 : $1 == 0 ? 0.5 : 0) } / count)
    }
    return [.strength: means, .strengthDeviation: deviations, .strengthVotes: votes]
  }
}
