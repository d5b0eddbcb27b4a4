import PreferenceData

/// What wins in a data set besides being better: for each thing that a response can have more of, how
/// often the side with more of it is the chosen one, and what that comes to at equal length.
///
/// A table says what the labels of a file go with, not why: a better response may well be the longer one.
///
/// - Limits: length is held equal on a logarithmic scale; where labels follow it on another one, what comes
///   with length keeps a small effect of its own. Pairs count as independent, so that with a few prompts of
///   many pairs each the intervals are too narrow. See the counter-examples of a row before believing it.
/// - Source: the effects as Movva et al., 2025, arXiv:2510.26202, test theirs (label on feature and
///   length difference, corrected for the number of tests; they use Bonferroni).
public struct BiasTable: Equatable, Sendable {
  /// Section by section; within one the clear ones first, then the significant ones, then by how far the
  /// near end of the interval of the wins is from one half (of sources, annotators and dates, that of the odds
  /// ratio from 1), then in a fixed order.
  public let rows: [BiasRow]
  /// How many pairs the table is made of.
  public let pairCount: Int
  /// By row of the table and pair of the file: 1 where the pair goes with "more of it wins", -1 where it
  /// goes against it, 0 where it says nothing.
  private let sides: [[Int8]]
  /// Of which rows the pairs are; nil where each is a row.
  private let pairs: PairList?

  init(rows: [(row: BiasRow, sides: [Int8])], pairCount: Int, pairs: PairList? = nil) {
    self.pairs = pairs
    let adjusted = holmAdjusted(rows.compactMap { $0.row.effect?.pValue })
    var next = 0
    let judged = rows.map { entry in
      var entry = entry
      if entry.row.effect != nil {
        entry.row.adjustedPValue = adjusted[next]
        next += 1
      }
      return entry
    }
    let sorted = judged.enumerated().sorted { left, right in
      let (one, other) = (left.element.row.order, right.element.row.order)
      return one == other ? left.offset < right.offset : one < other
    }
    self.rows = sorted.map(\.element.row)
    sides = sorted.map(\.element.sides)
    self.pairCount = pairCount
  }

  /// How many rows were tested together.
  public var testedCount: Int { rows.count { $0.adjustedPValue != nil } }
  /// How many of them survive Holm's correction at 5 %.
  public var significantCount: Int { rows.count(where: \.isSignificant) }

  /// The number of the row about `subject`, or nil where the table has none.
  public func index(of subject: BiasSubject) -> Int? { rows.firstIndex { $0.subject == subject } }

  /// The rows of the file that go against row `index` of the table, in file order: the side with more
  /// of it is rejected where it wins more often than not, and chosen where it wins less often.
  public func counterExamples(ofRowAt index: Int) -> [Int] {
    let against: Int8 = 2 * rows[index].winCount >= rows[index].pairCount ? -1 : 1
    let found = sides[index].indices.filter { sides[index][$0] == against }
    guard let pairs else { return found }
    return found.map(pairs.row(of:)).reduce(into: []) { rows, row in
      if rows.last != row { rows.append(row) }
    }
  }

  /// How many rows are rankings, whose pairs do not vary freely.
  public var rankingCount: Int { pairs?.rankingCount ?? 0 }

  /// The rows of the table whose clear effects the row at `position` of the file, or a pair of that
  /// ranking, goes against.
  public func effectsAgainst(pairAt position: Int) -> [Int] {
    let places = pairs?.places(of: position) ?? position..<position + 1
    return rows.indices.filter { index in
      guard rows[index].isClear else { return false }
      return places.contains { place in
        guard sides[index].indices.contains(place) else { return false }
        let side = Int(sides[index][place])
        return side != 0 && (side > 0) != (2 * rows[index].winCount > rows[index].pairCount)
      }
    }
  }
}

extension BiasRow {
  /// Where the row stands: exactly the same for a file and its mirror.
  fileprivate struct Order: Comparable {
    var section: Int
    var isClear: Bool
    var isSignificant: Bool
    var distance: Double

    static func < (left: Order, right: Order) -> Bool {
      if left.section != right.section { return left.section < right.section }
      if left.isClear != right.isClear { return left.isClear }
      if left.isSignificant != right.isSignificant { return left.isSignificant }
      return left.distance > right.distance
    }
  }

  fileprivate var order: Order {
    let section = BiasSubject.Section.allCases.firstIndex(of: subject.section) ?? 0
    let distance: Double
    switch subject.section {
    case .features, .authors: distance = withoutDirection.winRate.lower
    case .groups, .annotators, .dates: distance = withoutDirection.effect?.oddsRatio.lower ?? 0
    }
    return Order(
      section: section, isClear: isClear, isSignificant: isSignificant, distance: distance)
  }
}
