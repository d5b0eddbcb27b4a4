/// What the clear biases of a data set say of a label: how far it goes with them, or against them.
///
/// Meaning: of the rows that the bias table would have for the features of the style block, the clear
/// ones (`BiasRow.isClear`) and length are fitted together (`FirthFit`); the signal is the sum of
/// beta x over the clear ones, on differences as the style block scales and clips them.
///
/// - Range: all reals, in log-odds; below 0 = the label goes against what the labels of the file go with.
///   nil for every pair where no effect is clear.
/// - Complexity: O(n d^2), d at most 11.
/// - Limits: a pair has a part in its own sum, of about d / n. Going against a bias is no error: where it
///   is the bias that made the labels wrong, the wrong ones go with it and this signal points away from
///   them. Marks of Markdown and links, models and positions are in the table only.
struct BiasAgainst: SignalWork {
  private static let features = BiasFeature.allCases.filter { $0.style != nil }

  private var rows: [BiasRow?] = []

  var share: Double { Double(rows.count) / Double(Self.features.count + 1) }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let first = rows.count
    let length = Self.column(of: .length, in: evidence)
    guard first == Self.features.count else {
      rows += parallelMap(
        count: min(jobs, Self.features.count - first), jobs: jobs, scratch: { () }
      ) { index, _ in Self.row(of: Self.features[first + index], in: evidence, length: length) }
      return nil
    }
    let none = SignalValues(nothingOf: evidence.rowCount)
    let table = BiasTable(rows: rows.compactMap { $0.map { ($0, []) } }, pairCount: none.count)
    let clear = Self.features.filter { feature in
      table.index(of: .feature(feature)).map { table.rows[$0].isClear } ?? false
    }
    guard !clear.isEmpty else { return [.bias: none] }
    let columns = clear.map { Self.column(of: $0, in: evidence) }
    let controls = clear.contains(.length) ? [] : [length]
    guard let fit = FirthFit(columns + controls) else { return [.bias: none] }
    let sums = none.indices.map { row in
      columns.indices.reduce(0.0) { $0 + fit.coefficients[$1] * columns[$1][row] }
    }
    return [.bias: SignalValues(sums)]
  }

  private static func row(
    of feature: BiasFeature, in evidence: SignalEvidence, length: [Double]
  ) -> BiasRow? {
    let values = column(of: feature, in: evidence)
    let wins = values.count { $0 > 0 }
    let losses = values.count { $0 < 0 }
    guard wins + losses > 0 else { return nil }
    let effect = BiasEffect(of: values, beside: feature == .length ? [] : [length])
    return BiasRow(
      subject: .feature(feature), pairCount: wins + losses, winCount: wins, effect: effect,
      adjustedPValue: nil)
  }

  private static func column(of feature: BiasFeature, in evidence: SignalEvidence) -> [Double] {
    guard let style = feature.style else { preconditionFailure("\(feature) has no column") }
    return (0..<evidence.rowCount).map { row in
      Double(evidence.design.value(row, column: style.rawValue))
    }
  }
}
