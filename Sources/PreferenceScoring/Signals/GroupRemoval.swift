/// What leaving out all pairs of an annotator, or of a source, does to the loss of a target.
///
/// Meaning: for the pairs S of the group, with r = 1 - p and s = p(1-p), one Newton step without them
/// gives theta(-S) = theta - (H - sum s x x')^-1 sum r x. The effect of the group is the loss of the
/// target's pairs outside S at theta(-S) less their loss at theta. Every pair of the group has it.
///
/// - Range: all reals; below 0 = the target would be better off without the group: suspicious.
/// - Complexity: O(columns^3 + (rows of the group) columns^2 + (rows of the target) columns) a group.
/// - Limits: it speaks of groups: within one, all pairs are equal. A large group is missed more, right
///   or wrong.
/// - Source: Koh, Ang, Teo and Liang, 2019, arXiv:1905.13289 (influence of groups, there to first
///   order); the full step is that of `LeaveOneOut`.
struct GroupRemoval: Sendable {
  let id: SignalID
  /// By number, the design rows of the group.
  private let groups: [[Int]]
  private let numbers: [Int?]
  private let target: [Influence.TargetPair]
  private(set) var effects: [Double] = []

  /// - Parameters:
  ///   - id: The name of the signal.
  ///   - numbers: By design row, the number of its group, from 0.
  ///   - target: Whose loss is looked at.
  init(_ id: SignalID, _ numbers: [Int?], target: [Influence.TargetPair]) {
    self.id = id
    self.numbers = numbers
    self.target = target
    var groups = [[Int]](
      repeating: [], count: numbers.reduce(0) { max($0, ($1 ?? -1) + 1) })
    for (row, number) in numbers.enumerated() { if let number { groups[number].append(row) } }
    self.groups = groups
  }

  /// How many groups have pairs.
  var groupCount: Int { groups.count { !$0.isEmpty } }

  var isFinished: Bool { effects.count == groups.count }

  var share: Double { Double(effects.count) / Double(max(groups.count, 1)) }

  /// By design row, once finished.
  var effectsByRow: [Double?] { numbers.map { $0.map { effects[$0] } } }

  /// Leaves out the next groups, a thread each.
  mutating func advance(_ evidence: SignalEvidence, jobs: Int) {
    let first = effects.count
    effects += parallelMap(
      count: min(jobs, groups.count - first), jobs: jobs, scratch: { () }
    ) { [groups, numbers, target] index, _ in
      let rows = groups[first + index]
      guard !rows.isEmpty else { return 0 }
      let moves = evidence.design.products(with: Self.change(without: rows, evidence))
      return target.reduce(0) { sum, pair in
        guard numbers[pair.row] != first + index else { return sum }
        let sign: Double = pair.isSwapped ? -1 : 1
        let margin = sign * evidence.margins[pair.row]
        return sum + softplus(-margin - sign * moves[pair.row]) - softplus(-margin)
      }
    }
  }

  /// theta(-S) - theta for the design rows `rows`.
  static func change(without rows: [Int], _ evidence: SignalEvidence) -> [Double] {
    let columns = evidence.design.columnCount
    var hessian = evidence.head.hessian.matrix
    var ascent = [Double](repeating: 0, count: columns)
    var scaled: [Double] = []
    var gram = [Double](repeating: 0, count: columns * columns)
    for start in stride(from: 0, to: rows.count, by: 1024) {
      let part = rows[start..<min(start + 1024, rows.count)]
      scaled.removeAll(keepingCapacity: true)
      for row in part {
        let wrong = sigmoid(-evidence.margins[row])
        let root = (wrong * (1 - wrong)).squareRoot()
        for (column, value) in evidence.design.row(row).enumerated() {
          ascent[column] -= wrong * Double(value)
          scaled.append(root * Double(value))
        }
      }
      LinearAlgebra.addGram(of: scaled, rows: part.count, columns: columns, to: &gram)
    }
    for index in hessian.indices { hessian[index] -= gram[index] }
    guard let factor = CholeskyFactor(of: hessian, size: columns) else {
      preconditionFailure("a Hessian without some of its pairs is positive definite")
    }
    return factor.solve(ascent)
  }
}
