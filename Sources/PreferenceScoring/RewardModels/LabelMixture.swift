import Foundation

/// How often labels of one kind are given where they are right, and where they are wrong.
struct LabelRates: Hashable, Sendable {
  /// P(this label | the side that it prefers is the better one).
  var right: Double
  /// P(this label | the other side is the better one).
  var wrong: Double

  init(right: Double, wrong: Double) {
    self.right = right
    self.wrong = wrong
  }

  /// Labels that are right at this rate, whichever side is the better one.
  init(right: Double) { self.init(right: right, wrong: 1 - right) }

  /// P(the label is right | the label), where `margin` is the log-odds that it is before one sees it:
  /// the E-step. For symmetric rates sigma(margin + ln odds(right)).
  func rightProbability(margin: Double) -> Double {
    let (p, q) = (sigmoid(margin), sigmoid(-margin))
    return right * p / max(right * p + wrong * q, .leastNormalMagnitude)
  }
}

/// The head inside a mixture of right and wrong labels: what is fitted is what labels would be
/// without errors.
///
/// Meaning: with p = sigma(theta x), a label of kind k has the likelihood right(k) p + wrong(k) (1 - p).
/// `fit` minimises -sum log likelihood + 1/2 sum penalty theta^2 over theta at given rates, where the
/// gradient is sum (w - p) x with w from the E-step, so that each step is one of a generalised EM.
///
/// - Complexity: O(rows x columns) a pass, and columns^3 / 3 once a fit.
/// - Limits: not convex where wrong > 0; the fit is the one that is reached from its start.
/// - Source: RE-PO, arXiv:2509.24159, equations 3 to 5; maximising the likelihood itself in a step of
///   EM: ECME, Liu and Rubin, 1994, doi:10.1093/biomet/81.4.633.
struct LabelMixture: Sendable {
  let design: DesignMatrix
  /// The rows that count.
  let ranges: [Range<Int>]
  /// By design row, the kind of its label; empty = all of kind 0.
  let kinds: [Int32]
  /// x'x of these rows.
  let gram: [Float]

  struct Fit: Sendable {
    var theta: [Double]
    /// What was minimised, at theta.
    var objective: Double
    /// By kind, the sum of w, and the number of labels.
    var rightSums: [Double]
    var counts: [Double]
  }

  private struct Pass {
    var slope: LossSlope
    var rightSums: [Double]
    var counts: [Double]
  }

  var rowCount: Int { ranges.reduce(0) { $0 + $1.count } }

  func fit(
    _ rates: [LabelRates], penalties: [Double], from start: [Double], passLimit: Int = 60
  ) -> Fit {
    var descent = HeadDescent(penalties: penalties, start: start)
    var best: Fit?
    for number in 0...passLimit {
      let theta = descent.theta
      let pass = pass(theta, rates)
      let objective = zip(theta, penalties).reduce(pass.slope.loss) {
        $0 + 0.5 * $1.1 * $1.0 * $1.0
      }
      if objective < best?.objective ?? .infinity {
        best = Fit(
          theta: theta, objective: objective, rightSums: pass.rightSums, counts: pass.counts)
      }
      if descent.isDone || number == passLimit { break }
      descent.take(pass.slope, rowCount: max(1, rowCount)) { curvature in
        FirstInverse(gram: gram, curvature: curvature, penalties: penalties)
      }
    }
    guard let best else { preconditionFailure("the loss of finite features is finite") }
    return best
  }

  private func pass(_ theta: [Double], _ rates: [LabelRates]) -> Pass {
    let columns = design.columnCount
    let rowsAtOnce = max(16, (1 << 16) / columns)
    let head = theta.map { Float($0) }
    var sums = [Double](repeating: 0, count: columns)
    let none = [Double](repeating: 0, count: rates.count)
    var pass = Pass(slope: LossSlope(ascent: []), rightSums: none, counts: none)
    var x: [Float] = []
    for range in ranges {
      for start in stride(from: range.lowerBound, to: range.upperBound, by: rowsAtOnce) {
        let rows = start..<min(start + rowsAtOnce, range.upperBound)
        design.readAsInFile(rows, into: &x)
        LinearAlgebra.addWeightedSums(
          of: x, rows: 0..<rows.count, with: head, columns: columns, to: &sums
        ) { values in
          for (place, row) in rows.enumerated() {
            let sign = design.sign(of: row)
            guard sign != 0 else {
              values[place] = 0
              continue
            }
            let kind = kinds.isEmpty ? 0 : Int(kinds[row])
            let weight = Self.weigh(
              Double(sign * values[place]), rates[kind], kind: kind, into: &pass)
            values[place] = sign * Float(weight)
          }
        }
      }
    }
    pass.slope.ascent = sums
    return pass
  }

  /// Adds what a label with this margin has of the loss to `pass`; w - p.
  private static func weigh(
    _ margin: Double, _ rates: LabelRates, kind: Int, into pass: inout Pass
  ) -> Double {
    let tail = exp(-abs(margin))
    let (high, low) = (1 / (1 + tail), tail / (1 + tail))
    let (p, q) = margin >= 0 ? (high, low) : (low, high)
    let likelihood = max(rates.right * p + rates.wrong * q, .leastNormalMagnitude)
    let right = rates.right * p / likelihood
    pass.slope.loss -= log(likelihood)
    let slope = (rates.right - rates.wrong) * p * q
    let spread = likelihood * (1 - likelihood)
    if spread > 0 { pass.slope.curvature += slope * slope / spread }
    pass.rightSums[kind] += right
    pass.counts[kind] += 1
    return right - p
  }
}

/// What is read off a likelihood that was worked out at some values of one parameter.
enum LikelihoodProfile {
  /// The 95 % quantile of the chi-squared distribution with one degree of freedom.
  static let limit = 3.841458820694124

  /// The value with the highest likelihood, and the interval in which 2 (l max - l) <= `limit`.
  ///
  /// The maximum is that of the parabola through the highest point and its neighbours; the ends are
  /// interpolated in the square root of the deviance, which is straight where l is a parabola. An
  /// interval that reaches the first or the last value ends there.
  /// - Precondition: `values` rise, and are as many as `logLikelihoods`, at least one.
  /// - Source: Wilks, 1938, doi:10.1214/aoms/1177732360.
  static func estimate(_ values: [Double], _ logLikelihoods: [Double]) -> Estimate {
    precondition(
      !values.isEmpty && values.count == logLikelihoods.count,
      "\(values.count) values, \(logLikelihoods.count) likelihoods")
    let top = values.indices.max { logLikelihoods[$0] < logLikelihoods[$1] } ?? 0
    let peak = peak(values, logLikelihoods, at: top)
    func deviation(_ index: Int) -> Double {
      (2 * max(0, peak.height - logLikelihoods[index])).squareRoot()
    }
    func end(_ indices: some Sequence<Int>) -> Double? {
      var (last, lastDeviation) = (peak.value, 0.0)
      for index in indices {
        let next = deviation(index)
        if next > limit.squareRoot() {
          let share = (limit.squareRoot() - lastDeviation) / (next - lastDeviation)
          return last + share * (values[index] - last)
        }
        (last, lastDeviation) = (values[index], next)
      }
      return nil
    }
    return Estimate(
      value: peak.value,
      lower: end(values.indices.reversed().filter { values[$0] < peak.value }) ?? values[0],
      upper: end(values.indices.filter { values[$0] > peak.value }) ?? values[values.count - 1])
  }

  private static func peak(
    _ values: [Double], _ heights: [Double], at top: Int
  ) -> (value: Double, height: Double) {
    guard top > 0, top + 1 < values.count else { return (values[top], heights[top]) }
    let (left, right) = (values[top - 1] - values[top], values[top + 1] - values[top])
    let (fall, drop) = (heights[top - 1] - heights[top], heights[top + 1] - heights[top])
    // heights = a t^2 + b t about the top.
    let a = (fall / left - drop / right) / (left - right)
    let b = fall / left - a * left
    guard a < 0 else { return (values[top], heights[top]) }
    let t = min(right, max(left, -b / (2 * a)))
    return (values[top] + t, heights[top] + a * t * t + b * t)
  }
}
