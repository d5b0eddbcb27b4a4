/// A part of a data set from which rows were drawn at random, and what came of them.
public struct AuditStratum: Hashable, Sendable {
  /// How many rows the part has.
  public var rowCount: Int
  /// How many of them were drawn and judged.
  public var drawnCount: Int
  /// In how many of these the label was found wrong.
  public var wrongCount: Int

  /// - Precondition: The wrong are among the drawn, and these among the rows.
  public init(rowCount: Int, drawnCount: Int, wrongCount: Int) {
    precondition(
      0 <= wrongCount && wrongCount <= drawnCount && drawnCount <= rowCount,
      "\(wrongCount) wrong of \(drawnCount) drawn of \(rowCount)")
    self.rowCount = rowCount
    self.drawnCount = drawnCount
    self.wrongCount = wrongCount
  }

  /// The share of wrong labels in the part, with a 95 % interval.
  ///
  /// Meaning: Wilson's interval, its ends brought nearer to the share by the square root of
  /// (N - n) / (N - 1) for n of N rows: of a part that was judged whole the share is known.
  ///
  /// - Range: [0, 1]; from 0 to 1 where nothing was drawn.
  /// - Source: Wilson, 1927, doi:10.1080/01621459.1927.10502953; the finite population factor as in
  ///   Cochran, 1977, Sampling Techniques, section 2.6.
  public var noise: Estimate {
    let infinite = Estimate(wins: wrongCount, of: drawnCount)
    guard drawnCount > 0 else { return infinite }
    let factor =
      rowCount > 1 ? (Double(rowCount - drawnCount) / Double(rowCount - 1)).squareRoot() : 0
    return Estimate(
      value: infinite.value, lower: infinite.value - factor * (infinite.value - infinite.lower),
      upper: infinite.value + factor * (infinite.upper - infinite.value))
  }
}

extension Estimate {
  /// The share of wrong labels in a whole that is cut into `strata`, with a 95 % interval.
  ///
  /// Meaning: the shares of the strata weighed by their rows; each end is as far from that as the
  /// weighed distances of the strata's own ends, squared and added. With one stratum it is its own
  /// interval. Where a stratum has rows and none of them was drawn, all are taken together as one.
  ///
  /// - Range: [0, 1]; from 0 to 1 where nothing was drawn.
  /// - Complexity: O(strata).
  /// - Limits: the strata may be cut after the drawing (post-stratification), but by nothing that came
  ///   of the judging.
  /// - Source: Zou and Donner, 2008, doi:10.1002/sim.3095 (limits of a sum from the limits of its
  ///   parts); Holt and Smith, 1979, doi:10.2307/2344652 (post-stratification).
  public init(stratified strata: [AuditStratum]) {
    var strata = strata.filter { $0.rowCount > 0 }
    if strata.contains(where: { $0.drawnCount == 0 }) {
      strata = [
        AuditStratum(
          rowCount: strata.reduce(0) { $0 + $1.rowCount },
          drawnCount: strata.reduce(0) { $0 + $1.drawnCount },
          wrongCount: strata.reduce(0) { $0 + $1.wrongCount })
      ]
    }
    guard strata.contains(where: { $0.drawnCount > 0 }) else {
      self.init(wins: 0, of: 0)
      return
    }
    let total = Double(strata.reduce(0) { $0 + $1.rowCount })
    var (value, below, above) = (0.0, 0.0, 0.0)
    for stratum in strata {
      let (weight, noise) = (Double(stratum.rowCount) / total, stratum.noise)
      value += weight * noise.value
      below += (weight * (noise.value - noise.lower)) * (weight * (noise.value - noise.lower))
      above += (weight * (noise.upper - noise.value)) * (weight * (noise.upper - noise.value))
    }
    self.init(
      value: value, lower: max(0, value - below.squareRoot()),
      upper: min(1, value + above.squareRoot()))
  }

  /// How far the ends of the interval are apart, halved.
  public var halfWidth: Double { (upper - lower) / 2 }
}
