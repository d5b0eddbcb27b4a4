import Foundation

/// One step of descent of rate 1 on a pair alone.
struct DonodStep: Sendable {
  /// |theta + g x| - |theta|, with g = 1 - p.
  let growth: Double
  /// g |x|.
  let distance: Double

  /// TOPSIS of both columns, each divided by its Euclidean length: how far from the worst value of
  /// both, of the way from there to the best. 1 = the best by both.
  static func closeness(_ steps: [DonodStep]) -> [Double] {
    func scaled(_ values: [Double]) -> [Double] {
      let length = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return values.map { length > 0 ? $0 / length : 0 }
    }
    let growths = scaled(steps.map(\.growth))
    let distances = scaled(steps.map(\.distance))
    guard let most = growths.max(), let least = growths.min(), let near = distances.min(),
      let far = distances.max()
    else { return [] }
    return zip(growths, distances).map { growth, distance in
      let toBest = hypot(growth - most, distance - near)
      let toWorst = hypot(growth - least, distance - far)
      return toBest + toWorst > 0 ? toWorst / (toBest + toWorst) : 0.5
    }
  }
}

extension DonodStep {
  /// - Parameters:
  ///   - margin: theta x.
  ///   - length: |x|.
  ///   - weightLength: |theta|.
  init(margin: Double, length: Double, weightLength: Double) {
    let distance = sigmoid(-margin) * length
    let square =
      weightLength * weightLength + 2 * sigmoid(-margin) * margin + distance * distance
    self.init(growth: max(0, square).squareRoot() - weightLength, distance: distance)
  }
}
