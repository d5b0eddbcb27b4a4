public import PreferenceScoring

/// How often each row stands in a resampled data set of the same size: in proportion to its weight.
///
/// Meaning: systematic resampling. With n rows of weights w and one seeded u in [0, 1), row i stands as
/// often as there are points u + j, j = 0 ... n - 1, in its part n w_i / sum w of a line of length n: the
/// expected number of copies rounded down or up, and in the mean exactly that number.
///
/// - Range: 0 or more; they add up to n.
/// - Complexity: O(n). Same seed and weights => same copies.
/// - Source: Kitagawa, 1996, doi:10.1080/10618600.1996.10474692 (stratified and systematic resampling).
public struct Resampling: Hashable, Sendable {
  /// By row of the weights.
  public let copies: [Int]

  /// - Parameters:
  ///   - weights: By row; 0 or more, and one of them more. nil counts as the mean of the others.
  ///   - seed: Decides where the points are.
  public init(weights: [Double?], seed: UInt64) {
    let known = weights.compactMap(\.self)
    precondition(known.allSatisfy { $0 >= 0 && $0.isFinite }, "weights are numbers from 0")
    let mean = known.isEmpty ? 1 : known.reduce(0, +) / Double(known.count)
    precondition(mean > 0 || weights.isEmpty, "one of the weights is above 0")
    let total = weights.reduce(0) { $0 + ($1 ?? mean) }
    var generator = SeededGenerator(seed: seed)
    let start = generator.unit()
    var sum = 0.0
    var passed = 0
    copies = weights.indices.map { row in
      sum += weights[row] ?? mean
      let isLast = row == weights.count - 1
      let end = isLast ? Double(weights.count) : sum / total * Double(weights.count)
      let points = max(passed, Int((end - start).rounded(.up)))
      defer { passed = points }
      return points - passed
    }
  }
}

/// How much a row counts in a resampled data set, by what a scan and the reviewers say of its label.
///
/// - Range: (0, 1]. 1 where a person keeps or swaps the label: it is right then. nil where nothing is
///   known.
public struct RowWeights: Sendable {
  /// What the weights are from, as the manifest says it.
  public let name: String
  public let values: [Double?]

  /// 1 - suspicion, which is sigma of the leave-one-out margin. Not the probability that the label is
  /// right: it orders, and says nothing where the head has no signal.
  public static func suspicion(_ scan: ScanResult, confirmed: Set<Int>) -> RowWeights {
    RowWeights(
      name: "suspicion", scan.suspicion.map { $0.map { 1 - $0 } }, confirmed: confirmed)
  }

  /// The place of the row by one signal, from the most suspicious: (place - 1/2) / n, equals at their
  /// mean place. Of whatever scale the signal is, the weights are even from 0 to 1.
  ///
  /// - Precondition: The scan has the signal.
  public static func places(
    by signal: SignalID, _ scan: ScanResult, confirmed: Set<Int>
  ) -> RowWeights {
    guard let values = scan.signals[signal] else { preconditionFailure("the scan has the signal") }
    let sign = signal.isSuspiciousWhenLow ? 1.0 : -1
    let known = values.enumerated().compactMap { row, value in
      value.map { (worth: $0 * sign, row: row) }
    }.sorted { ($0.worth, $0.row) < ($1.worth, $1.row) }
    var weights = [Double?](repeating: nil, count: values.count)
    var start = 0
    while start < known.count {
      let end = known[start...].firstIndex { $0.worth != known[start].worth } ?? known.count
      let place = Double(start + end) / 2 / Double(known.count)
      for entry in known[start..<end] { weights[entry.row] = place }
      start = end
    }
    return RowWeights(name: signal.rawValue, weights, confirmed: confirmed)
  }

  private init(name: String, _ values: [Double?], confirmed: Set<Int>) {
    self.name = name
    self.values = values.indices.map { confirmed.contains($0) ? 1 : values[$0] }
  }
}
