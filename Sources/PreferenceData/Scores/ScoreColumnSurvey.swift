/// Which of the known columns a score file has, counted over its lines.
struct ScoreColumnSurvey {
  /// The candidates of each kind; where two are as frequent, the earlier one is taken.
  private var candidates: [[(column: ScoreColumn, lines: Int)]]
  private var unclear: [(column: ScoreColumn, lines: Int)]
  private var lonelySums: [(column: ScoreColumn, lines: Int)]
  /// The names of the columns of the first line.
  private(set) var names: [String] = []

  init(unit: LogProbabilityUnit?) {
    func named(_ unit: LogProbabilityUnit, reference: Bool) -> [ScoreColumn] {
      ScoreColumn.likelihoods(in: unit, bare: false, reference: reference)
    }
    func bare(_ wanted: LogProbabilityUnit, reference: Bool) -> [ScoreColumn] {
      guard unit == wanted else { return [] }
      return ScoreColumn.likelihoods(in: wanted, bare: true, reference: reference)
    }
    let dpo = LogProbabilityUnit.allCases.flatMap {
      named($0, reference: true) + bare($0, reference: true)
    }
    let simpo = named(.mean, reference: false) + bare(.mean, reference: false)
    let sums = named(.sum, reference: false) + bare(.sum, reference: false)
    let unknown =
      unit == nil ? ScoreColumn.likelihoods(in: .sum, bare: true, reference: false) : []
    candidates = ([ScoreColumn.rewards, ScoreColumn.verdicts, dpo, simpo] + ScoreColumn.others)
      .map { $0.map { ($0, 0) } }
    unclear = unknown.map { ($0, 0) }
    lonelySums = sums.map { ($0, 0) }
  }

  mutating func note(_ line: JSONView) {
    if names.isEmpty { names = line.children.map(\.key) }
    for kind in candidates.indices { Self.note(line, in: &candidates[kind]) }
    Self.note(line, in: &unclear)
    Self.note(line, in: &lonelySums)
  }

  private static func note(
    _ line: JSONView, in candidates: inout [(column: ScoreColumn, lines: Int)]
  ) {
    for index in candidates.indices where candidates[index].column.statement(in: line) != nil {
      candidates[index].lines += 1
    }
  }

  /// The most frequent column of each kind that the file has.
  ///
  /// Log-probabilities of a reference model beside those of the model make one reward of the two.
  var columns: [ScoreColumn] {
    get throws(ScoreProblem) {
      if let name = Self.mostFrequent(unclear)?.name { throw .unknownUnit(column: name) }
      var found = candidates.map(Self.mostFrequent)
      if found[2] != nil {
        found[3] = nil
      } else if found[3] == nil, let name = Self.mostFrequent(lonelySums)?.name {
        throw .sumsWithoutReference(column: name)
      }
      let columns = found.compactMap(\.self) + (found[2]?.besides ?? [])
      guard !columns.isEmpty else { throw .noKnownColumn(found: names) }
      return columns
    }
  }

  private static func mostFrequent(
    _ candidates: [(column: ScoreColumn, lines: Int)]
  ) -> ScoreColumn? {
    var best: (column: ScoreColumn, lines: Int)?
    for candidate in candidates where candidate.lines > best?.lines ?? 0 { best = candidate }
    return best?.column
  }
}

extension ScoreColumn {
  /// The name of the first of its columns.
  fileprivate var name: String {
    switch content {
    case .sides(let chosen, _): chosen.column
    case .side(let number): number.column
    case .list(let column), .margin(let column), .verdict(let column): column
    case .tokens(let columns): columns.chosen
    }
  }
}
