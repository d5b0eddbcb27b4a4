/// The head of a finished scan, with what it takes to explain a margin.
struct FittedHead: Sendable, Equatable {
  let space: FeatureSpace
  let model: BradleyTerryHead
  let setting: HeadSetting
  /// By row of the file (`LeaveOneOut`).
  let pulls: [Double]
  let groupPulls: [Int: [Double]]

  /// theta without the pair of row `index`, whose design row is `row`, and its copies.
  func leftOutTheta(at index: Int, row: [Float]) -> [Double] {
    let pulled: [Double]
    if let sum = groupPulls[index] {
      pulled = sum
    } else {
      pulled = row.map { pulls[index] * Double($0) }
    }
    let change = model.hessian.solve(pulled)
    return zip(model.theta, change).map { $0 - $1 }
  }

  /// theta without the ranking of which row `index` is a pair, whose pulls are of single pairs
  /// (`LeaveOneOut`); nil without rankings.
  func leftOutTheta(at index: Int, among pairs: ScannedPairs) -> [Double]? {
    guard pairs.groups.hasRankings, let target = pairs.designRow(of: index) else { return nil }
    var pulled = [Double](repeating: 0, count: model.theta.count)
    for row in pairs.groups.copyGroup(of: target) {
      let pull = pulls[pairs.fileRows[row]]
      for (column, value) in pairs.design.row(row).enumerated() {
        pulled[column] += pull * Double(value)
      }
    }
    return zip(model.theta, model.hessian.solve(pulled)).map { $0 - $1 }
  }
}
