import Foundation
import PreferenceData

/// How far the name of a row's annotator speaks for its label, judged by the annotator's other rows.
///
/// Meaning: with a(j) = sigma(leave-one-out margin of j), how much the other pairs agree with label j,
/// and q its mean over all rows with an annotator, row i of annotator k has
/// ln odds((sum of a(j) over the other rows j of k + s q) / (their number + s)) - ln odds(q):
/// what is added to the margin by Bayes' rule when the annotator is k instead of just anyone. s = 20
/// rows' worth of the average keeps annotators of a few rows near 0.
///
/// - Range: all reals, in practice -2 to 2; below 0 = less often agreed with than the average.
/// - Complexity: O(rows).
/// - Limits: agreement with the head, not with the truth: an honest minority looks unreliable.
/// - Source: ln odds(label right) = margin + ln odds(reliability), the E-step of RE-PO (equation 4); the
///   shrinkage, and taking agreement for reliability, is ours.
enum AnnotatorReliability {
  /// How many rows' worth of the average every annotator starts with.
  private static let priorRows = 20.0

  /// What the name of each row's annotator adds to its margin.
  ///
  /// - Parameters:
  ///   - annotators: By row.
  ///   - leftOutMargins: By row.
  ///   - rankings: The rows that are pairs of one ranking: none of them counts among the others.
  /// - Returns: By row; nil where there is no annotator or no margin. Empty where no two annotators are
  ///   named.
  static func offsets<Name: Hashable>(
    annotators: [Name?], leftOutMargins: some Sequence<Double?>, rankings: PairList = PairList()
  ) -> [Double?] {
    var numbers: [Name: Int] = [:]
    var sums: [Double] = []
    var counts: [Double] = []
    var total = (sum: 0.0, count: 0.0)
    let rows = zip(annotators, leftOutMargins).map { annotator, margin in
      annotator.flatMap { annotator in
        margin.map { (annotator: annotator, agreement: sigmoid($0)) }
      }
    }
    let annotatorNumbers = rows.map { row -> Int? in
      guard let row else { return nil }
      let number = numbers[row.annotator] ?? sums.count
      if number == sums.count {
        numbers[row.annotator] = number
        sums.append(0)
        counts.append(0)
      }
      sums[number] += row.agreement
      counts[number] += 1
      total.sum += row.agreement
      total.count += 1
      return number
    }
    guard sums.count > 1 else { return [] }
    let average = total.sum / total.count
    let owns = own(rows.map { $0?.agreement }, rankings)
    return rows.indices.map { index in
      guard let row = rows[index], let number = annotatorNumbers[index] else { return nil }
      let own = owns?[index] ?? (sum: row.agreement, count: 1)
      let others = max(0, sums[number] - own.sum)
      let rate = (others + priorRows * average) / (counts[number] - own.count + priorRows)
      return logOdds(rate) - logOdds(average)
    }
  }

  /// By row, the agreement of all pairs of its ranking, and their number; nil without rankings.
  private static func own(
    _ agreements: [Double?], _ rankings: PairList
  ) -> [(sum: Double, count: Double)]? {
    guard !rankings.isPlain else { return nil }
    return (0..<rankings.rowCount).flatMap { row in
      let places = rankings.places(of: row)
      let known = places.compactMap { agreements[$0] }
      return places.map { _ in (known.reduce(0, +), Double(known.count)) }
    }
  }

  private static func logOdds(_ share: Double) -> Double { log(share) - log1p(-share) }
}
