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
}
