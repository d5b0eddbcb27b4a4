/// What heads in training thought of one pair that none of them learned from, epoch by epoch
/// (`HeldOutDynamics`).
public struct HeldOutTrajectory: Hashable, Sendable {
  /// The rewardMargin at the end of each epoch: above 0 agrees with the label.
  public var margins: [Float]

  public init(margins: [Float]) { self.margins = margins }

  /// The area under the margin: its mean over the epochs.
  var area: Double { mean(margins.map { Double($0) }) }

  /// The mean of p = sigma(margin) over the epochs: cartography's confidence. In [0, 1].
  var confidence: Double { mean(probabilities) }

  /// The standard deviation of p over the epochs, in [0, 1/2]: high = the heads changed their minds.
  var variability: Double {
    let centre = confidence
    return mean(probabilities.map { ($0 - centre) * ($0 - centre) }).squareRoot()
  }

  /// The share of the epochs that agree with the label.
  var correctness: Double {
    Double(margins.count { $0 > 0 }) / Double(max(margins.count, 1))
  }

  /// How often an epoch that agreed was followed by one that did not; the number of epochs where none
  /// ever agreed.
  var forgettingCount: Int {
    guard margins.contains(where: { $0 > 0 }) else { return margins.count }
    return zip(margins, margins.dropFirst()).count { $0 > 0 && $1 <= 0 }
  }

  /// p by epoch.
  public var probabilities: [Double] { margins.map { sigmoid(Double($0)) } }

  private func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(max(values.count, 1))
  }
}
