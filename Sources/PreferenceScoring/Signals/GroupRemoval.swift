/// What leaving out all pairs of an annotator, or of a source, does to the loss of a target.
///
/// Meaning: for the pairs S of the group, with r = 1 - p and s = p(1-p), one Newton step without them
/// gives theta(-S) = theta - (H - sum s x x')^-1 sum r x. The effect of the group is the loss of the
/// target's pairs outside S at theta(-S) less their loss at theta. Every pair of the group has it.
///
/// - Range: all reals; below 0 = the target would be better off without the group: suspicious.
/// - Complexity: O(m columns^2 + rows columns) a group of m pairs, and O(columns^3) for one with a quarter
///   as many pairs as there are columns, or more; `groupsAtOnce` numbers a row of memory.
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
  /// By place in `target`, the loss under the head as it is.
  private var losses: [Double] = []

  /// Their moves are one product of matrices, each row of the design widened once for all of them.
  private static let groupsAtOnce = 16
  private static let rowsInPart = 1024

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

  /// Leaves out the next groups.
  mutating func advance(_ evidence: SignalEvidence, jobs: Int) {
    if losses.isEmpty {
      losses = target.map { softplus(-Self.margin(of: $0, evidence.margins)) }
    }
    let first = effects.count
    let count = min(Self.groupsAtOnce, groups.count - first)
    let changes = parallelMap(count: count, jobs: jobs, scratch: { () }) { [groups] index, _ in
      Self.change(without: groups[first + index], evidence)
    }
    let directions = changes.flatMap(\.self)
    let parts = (evidence.rowCount + Self.rowsInPart - 1) / Self.rowsInPart
    let moves = parallelMap(count: parts, jobs: jobs, scratch: { () }) { part, _ in
      let start = part * Self.rowsInPart
      let rows = start..<min(start + Self.rowsInPart, evidence.rowCount)
      return evidence.design.products(of: rows, with: directions, count: count)
    }.flatMap(\.self)
    effects += parallelMap(count: count, jobs: jobs, scratch: { () }) {
      [numbers, target, losses] index, _ -> Double in
      zip(target, losses).reduce(0.0) { sum, entry in
        let (pair, loss) = entry
        guard numbers[pair.row] != first + index else { return sum }
        let move = (pair.isSwapped ? -1 : 1) * moves[pair.row * count + index]
        return sum + softplus(-Self.margin(of: pair, evidence.margins) - move) - loss
      }
    }
  }

  private static func margin(of pair: Influence.TargetPair, _ margins: [Double]) -> Double {
    pair.isSwapped ? -margins[pair.row] : margins[pair.row]
  }

  /// theta(-S) - theta for the design rows `rows`.
  static func change(without rows: [Int], _ evidence: SignalEvidence) -> [Double] {
    let columns = evidence.design.columnCount
    guard !rows.isEmpty else { return Array(repeating: 0, count: columns) }
    return 4 * rows.count < columns
      ? changeByRows(without: rows, evidence) : changeByFactor(without: rows, evidence)
  }

  /// By (H - u'u)^-1 = H^-1 + H^-1 u' (1 - u H^-1 u')^-1 u H^-1, where row i of u is sqrt(s) x.
  ///
  /// - Source: Woodbury, 1950.
  static func changeByRows(without rows: [Int], _ evidence: SignalEvidence) -> [Double] {
    let columns = evidence.design.columnCount
    let hessian = evidence.head.hessian
    let (scaled, ascent) = Self.scaled(rows[...], evidence)
    let whitened = hessian.whiten(scaled)
    var kernel = LinearAlgebra.products(
      of: whitened, rows: rows.count, with: whitened, count: rows.count, columns: columns)
    for index in kernel.indices {
      kernel[index] = (index.isMultiple(of: rows.count + 1) ? 1 : 0) - kernel[index]
    }
    guard let factor = CholeskyFactor(of: kernel, size: rows.count) else {
      preconditionFailure("a Hessian without some of its pairs is positive definite")
    }
    let plain = hessian.solve(ascent)
    let weights = factor.solve(
      LinearAlgebra.products(of: scaled, rows: rows.count, with: plain, count: 1, columns: columns))
    var back = [Double](repeating: 0, count: columns)
    for (place, weight) in weights.enumerated() {
      for column in 0..<columns { back[column] += weight * scaled[place * columns + column] }
    }
    return zip(plain, hessian.solve(back)).map { $0 + $1 }
  }

  /// By a factor of the Hessian that is left.
  static func changeByFactor(without rows: [Int], _ evidence: SignalEvidence) -> [Double] {
    let columns = evidence.design.columnCount
    var hessian = evidence.head.hessian.matrix
    var ascent = [Double](repeating: 0, count: columns)
    var gram = [Double](repeating: 0, count: columns * columns)
    for start in stride(from: 0, to: rows.count, by: rowsInPart) {
      let part = rows[start..<min(start + rowsInPart, rows.count)]
      let (scaled, added) = Self.scaled(part, evidence)
      for column in 0..<columns { ascent[column] += added[column] }
      LinearAlgebra.addGram(of: scaled, rows: part.count, columns: columns, to: &gram)
    }
    for index in hessian.indices { hessian[index] -= gram[index] }
    guard let factor = CholeskyFactor(of: hessian, size: columns) else {
      preconditionFailure("a Hessian without some of its pairs is positive definite")
    }
    return factor.solve(ascent)
  }

  /// sqrt(s) x of each of `rows`, and -sum r x.
  private static func scaled(
    _ rows: ArraySlice<Int>, _ evidence: SignalEvidence
  ) -> (rows: [Double], ascent: [Double]) {
    var scaled: [Double] = []
    var ascent = [Double](repeating: 0, count: evidence.design.columnCount)
    for row in rows {
      let wrong = sigmoid(-evidence.margins[row])
      let root = (wrong * (1 - wrong)).squareRoot()
      for (column, value) in evidence.design.row(row).enumerated() {
        ascent[column] -= wrong * Double(value)
        scaled.append(root * Double(value))
      }
    }
    return (scaled, ascent)
  }
}
