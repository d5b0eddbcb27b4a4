/// How long a decision takes, by how much there is to read.
///
/// Meaning: seconds = start + rate * size, by least squares over the timed decisions, each time cut at five
/// times their median: who goes for a coffee reads no slower. The rate is at least 0, and the start at
/// least a tenth of the mean time.
///
/// - Range: seconds above 0; size in whatever unit it is measured.
/// - Complexity: O(n log n).
/// - Limits: one annotator; says nothing about how hard a pair is.
/// - Source: cost-sensitive annotation: Settles, Craven and Friedland, 2008, "Active Learning with Real
///   Annotation Costs"; the cut and the bounds are ours.
public struct ReadingPace: Hashable, Sendable {
  public let startSeconds: Double
  public let secondsPerUnit: Double

  /// Fewer timed decisions say nothing about sizes.
  public static let neededDecisions = 30

  /// Nil with fewer decisions than `neededDecisions`, or where none took any time.
  public init?(_ decisions: [(size: Double, seconds: Double)]) {
    guard decisions.count >= Self.neededDecisions else { return nil }
    let sorted = decisions.map(\.seconds).sorted()
    let limit = 5 * sorted[sorted.count / 2]
    let count = Double(decisions.count)
    let times = decisions.map { min($0.seconds, limit) }
    let meanTime = times.reduce(0, +) / count
    guard meanTime > 0 else { return nil }
    let meanSize = decisions.reduce(0) { $0 + $1.size } / count
    var (products, squares) = (0.0, 0.0)
    for (decision, time) in zip(decisions, times) {
      products += (decision.size - meanSize) * (time - meanTime)
      squares += (decision.size - meanSize) * (decision.size - meanSize)
    }
    // A start at its bound leaves the rate that goes through the means.
    let steepest = meanSize > 0 ? 0.9 * meanTime / meanSize : 0
    secondsPerUnit = squares > 0 ? min(steepest, max(0, products / squares)) : 0
    startSeconds = meanTime - secondsPerUnit * meanSize
  }

  /// The seconds that a decision on a pair of this size is expected to take.
  public func seconds(forSize size: Double) -> Double { startSeconds + secondsPerUnit * size }
}
