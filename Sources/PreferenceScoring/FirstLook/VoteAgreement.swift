import PreferenceData

/// How far several votes on the same row agree.
public struct VoteAgreement: Hashable, Sendable {
  /// Where the votes stand.
  public enum Kind: String, Sendable {
    /// Several in one row.
    case inRow = "in_row"
    /// In several rows with the same pair, by annotators with names.
    case acrossRows = "across_rows"
  }

  public let kind: Kind
  /// How many rows, or pairs, have two votes or more, and how many votes these are.
  public let unitCount: Int
  public let voteCount: Int
  /// The share of all pairs of votes on one unit that say the same.
  public let rawAgreement: Double
  /// Krippendorff's alpha for nominal data: 1 where all agree, 0 where they agree as by chance, below 0
  /// where they agree less often. Nil where all votes say the same, so that chance would too.
  ///
  /// Meaning: alpha = 1 - D_o / D_e. With n_uc votes of kind c on unit u, m_u votes on it, n_c and n in
  /// all: D_o = (1 / n) sum_u (m_u^2 - sum_c n_uc^2) / (m_u - 1), D_e = (n^2 - sum_c n_c^2) / (n (n - 1)).
  /// The kinds are each side, a tie, and both bad. Units with one vote do not count.
  /// - Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability (nominal data, any number of
  ///   observers, missing data); Hayes and Krippendorff 2007, doi:10.1080/19312450709336664.
  public let alpha: Double?

  /// - Parameters:
  ///   - units: By unit, how many votes are of each kind; units may have different numbers of kinds.
  ///   - kind: Where the votes stand.
  ///
  /// Nil where no unit has two votes.
  /// - Complexity: O(units and kinds).
  init?(units: [[Int]], kind: Kind) {
    var totals: [Int] = []
    var votePairs = 0
    var agreeingPairs = 0
    var units2 = 0
    var disagreement = 0.0
    for unit in units {
      let votes = unit.reduce(0, +)
      guard votes > 1 else { continue }
      units2 += 1
      if totals.count < unit.count {
        totals += Array(repeating: 0, count: unit.count - totals.count)
      }
      var squares = 0
      for (kind, count) in unit.enumerated() {
        totals[kind] += count
        squares += count * count
        agreeingPairs += count * (count - 1) / 2
      }
      votePairs += votes * (votes - 1) / 2
      disagreement += Double(votes * votes - squares) / Double(votes - 1)
    }
    guard votePairs > 0 else { return nil }
    let votes = totals.reduce(0, +)
    let expected = votes * votes - totals.reduce(0) { $0 + $1 * $1 }
    self.kind = kind
    unitCount = units2
    voteCount = votes
    rawAgreement = Double(agreeingPairs) / Double(votePairs)
    alpha = expected == 0 ? nil : 1 - disagreement * Double(votes - 1) / Double(expected)
  }

  /// How many of a row's own votes are of each kind: tie, both bad, then the sides. Votes that name no
  /// kind are left out.
  static func unit(of row: PreferenceRow) -> [Int] {
    var unit = Array(repeating: 0, count: 2 + row.sides.count)
    for judgment in row.judgments {
      switch judgment.label {
      case .tie: unit[0] += 1
      case .bothBad: unit[1] += 1
      default: if let side = judgment.label.preferred { unit[2 + side] += 1 }
      }
    }
    return unit
  }
}
