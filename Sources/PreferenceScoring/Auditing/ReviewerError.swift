/// How often a reviewer says the wrong thing, as far as that shows in rows judged twice.
///
/// Meaning: where two looks at a row err independently with probability e, they differ with probability
/// d = 2 e (1 - e); so e = (1 - sqrt(1 - 2 d)) / 2.
///
/// - Limits: an error that a reviewer makes both times does not show: e is a lower limit of how often
///   they are wrong. It says nothing about ties and skips, which are not counted.
/// - Source: Rogan and Gladen, 1978, doi:10.1093/oxfordjournals.aje.a112510, for the correction, with
///   the error of both directions taken as one; the limits as Zou and Donner, 2008,
///   doi:10.1002/sim.3095, join those of two independent numbers.
public struct ReviewerError: Hashable, Sendable {
  /// In how many rows the two looks preferred different sides, and of how many.
  public let differingCount: Int
  public let pairCount: Int
  /// The probability of an error, with a 95 % interval.
  public let rate: Estimate

  /// With fewer rows than this the error is not known well enough to correct anything: Wilson's
  /// interval of d is then up to .4 wide.
  public static let neededPairs = 20

  /// Nil with fewer rows than `neededPairs`, or where the two looks differ so often that nothing can be
  /// corrected.
  public init?(differing: Int, of count: Int) {
    guard count >= Self.neededPairs else { return nil }
    let difference = Estimate(wins: differing, of: count)
    guard difference.upper < 0.5 else { return nil }
    differingCount = differing
    pairCount = count
    func error(_ difference: Double) -> Double { (1 - (1 - 2 * difference).squareRoot()) / 2 }
    rate = Estimate(
      value: error(difference.value), lower: error(difference.lower),
      upper: error(difference.upper))
  }

  /// The share of wrong labels where `observed` were called wrong: (observed - e) / (1 - 2 e).
  public func corrected(_ observed: Estimate) -> Estimate {
    let scale = 1 - 2 * rate.value
    let value = (observed.value - rate.value) / scale
    /// By how much the corrected share falls as the error rises.
    let slope = (1 - 2 * observed.value) / (scale * scale)
    func distance(_ observed: Double, _ error: Double) -> Double {
      let (first, second) = (observed / scale, slope * error)
      return (first * first + second * second).squareRoot()
    }
    // Which end of the error pulls which way depends on the side of one half.
    let (up, down) = (rate.upper - rate.value, rate.value - rate.lower)
    let lower = value - distance(observed.value - observed.lower, slope >= 0 ? up : down)
    let upper = value + distance(observed.upper - observed.value, slope >= 0 ? down : up)
    func inRange(_ share: Double) -> Double { min(1, max(0, share)) }
    return Estimate(value: inRange(value), lower: inRange(lower), upper: inRange(upper))
  }
}
