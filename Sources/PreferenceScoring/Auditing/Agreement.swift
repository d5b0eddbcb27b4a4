/// How far two judges, or one judge twice, say the same of the rows that both have judged.
public struct Agreement: Hashable, Sendable {
  /// How many rows both judged, and of how many they said the same.
  public let rowCount: Int
  public let sameCount: Int
  /// Cohen's kappa: the agreement beyond what two judges with these habits reach by chance, as a share
  /// of what is left to reach. 1 = always, 0 = as by chance; nil where chance alone would agree always.
  ///
  /// - Source: Cohen, 1960, doi:10.1177/001316446002000104.
  public let kappa: Double?
  /// Krippendorff's alpha for names without order; nil where nothing varies.
  public let alpha: Double?

  /// The raw agreement with Wilson's 95 % interval.
  public var raw: Estimate { Estimate(wins: sameCount, of: rowCount) }

  /// - Parameter judgments: What either judge said of each row.
  /// - Complexity: O(n).
  public init(_ judgments: [(first: SideChoice, second: SideChoice)]) {
    rowCount = judgments.count
    sameCount = judgments.count { $0.first == $0.second }
    alpha = krippendorffAlpha(judgments.map { [$0.first, $0.second] })
    guard rowCount > 0 else {
      kappa = nil
      return
    }
    let n = Double(rowCount)
    let byChance = SideChoice.allCases.reduce(0.0) { sum, choice in
      let firsts = judgments.count { $0.first == choice }
      return sum + Double(firsts) / n * Double(judgments.count { $0.second == choice }) / n
    }
    kappa = byChance < 1 ? (Double(sameCount) / n - byChance) / (1 - byChance) : nil
  }
}

/// What a decision says of a pair in terms that do not depend on the file's label: with "keep" and
/// "swap" every two judges of clean data would seem to agree.
public enum SideChoice: Int, CaseIterable, Hashable, Sendable {
  /// The side with the smaller identity, or the larger one.
  case smaller, larger
  case tie, bothBad, drop

  /// Whether it prefers a side.
  public var isPreference: Bool { self == .smaller || self == .larger }
}

/// Krippendorff's alpha for names without order: 1 - observed disagreement / the disagreement expected
/// by chance, over any number of judges and with gaps. Units with fewer than two judgments do not
/// count.
///
/// - Parameter units: By unit, what was said of it.
/// - Returns: At most 1 = always the same; 0 = as by chance; nil where nothing varies.
/// - Complexity: O(judgments).
/// - Source: Hayes and Krippendorff, 2007, doi:10.1080/19312450709336664.
public func krippendorffAlpha(_ units: [[SideChoice]]) -> Double? {
  let names = SideChoice.allCases
  var totals = [Double](repeating: 0, count: names.count)
  var disagreement = 0.0
  for unit in units where unit.count > 1 {
    let counts = names.map { name in Double(unit.count { $0 == name }) }
    let size = Double(unit.count)
    for name in names.indices {
      totals[name] += counts[name]
      disagreement += counts[name] * (size - counts[name]) / (size - 1)
    }
  }
  let n = totals.reduce(0, +)
  let expected = totals.reduce(0) { $0 + $1 * (n - $1) }
  return expected > 0 ? 1 - (n - 1) * disagreement / expected : nil
}
