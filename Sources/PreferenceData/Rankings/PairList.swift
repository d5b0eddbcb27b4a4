/// The pairs of a data set one after the other, as a scan counts them: a ranking has a place for each
/// of its pairs, every other row one place.
///
/// Of a data set without rankings a place is a row.
public struct PairList: Hashable, Sendable {
  public private(set) var rowCount = 0
  /// The rows that are rankings, rising.
  private var rankings: [Int] = []
  /// By ranking, how many pairs it and those before it have.
  private var ends: [Int] = []
  /// The pairs of the rankings, one ranking after the other.
  private var pairs: [RankedPair] = []

  public init() {}

  /// Whether every row has one place.
  public var isPlain: Bool { rankings.isEmpty }

  public var placeCount: Int { rowCount - rankings.count + pairs.count }

  /// How many rows are rankings.
  public var rankingCount: Int { rankings.count }

  /// Whether the row at `row` is a ranking.
  /// - Complexity: O(log rankings).
  public func isRanking(_ row: Int) -> Bool {
    let number = rankings.partitionPoint { $0 >= row }
    return number < rankings.count && rankings[number] == row
  }

  /// Takes in the next row of the file; nil where it cannot be read.
  public mutating func append(_ row: PreferenceRow?) {
    append(row.map { $0.sides.count > 2 ? $0.pairs : [] } ?? [])
  }

  /// Takes in the next row: the pairs of a ranking, none of any other row.
  mutating func append(_ own: some Collection<RankedPair>) {
    defer { rowCount += 1 }
    guard !own.isEmpty else { return }
    rankings.append(rowCount)
    pairs += own
    ends.append(pairs.count)
  }

  /// The places of the row at `row`.
  /// - Complexity: O(log rankings).
  public func places(of row: Int) -> Range<Int> {
    let number = rankings.partitionPoint { $0 >= row }
    let start = row - number + (number == 0 ? 0 : ends[number - 1])
    guard number < rankings.count, rankings[number] == row else { return start..<start + 1 }
    return start..<start + pairCount(ofRanking: number)
  }

  /// The row of which `place` is a part.
  /// - Complexity: O(log rankings).
  public func row(of place: Int) -> Int {
    guard let (number, offset) = ranking(at: place) else { return place }
    let count = pairCount(ofRanking: number)
    return offset < count ? rankings[number] : rankings[number] + 1 + offset - count
  }

  /// The pair of a ranking that `place` is; nil for the place of any other row.
  /// - Complexity: O(log rankings).
  public func pair(of place: Int) -> RankedPair? {
    guard let (number, offset) = ranking(at: place), offset < pairCount(ofRanking: number) else {
      return nil
    }
    return pairs[(number == 0 ? 0 : ends[number - 1]) + offset]
  }

  /// The place of the pair of these two sides of `row`, whichever is better; nil where it has none.
  public func place(of row: Int, sides: (Int, Int)) -> Int? {
    places(of: row).first { place in
      guard let pair = pair(of: place) else { return false }
      return (pair.better, pair.worse) == sides || (pair.worse, pair.better) == sides
    }
  }

  /// By place, its row; nil where every row has one place.
  public var rowsByPlace: [Int]? {
    isPlain ? nil : (0..<rowCount).flatMap { row in places(of: row).map { _ in row } }
  }

  /// Long data sets of rankings keep as many pairs as this or a little more, and every ranking at
  /// least `leastPairs`.
  public static let usualLimit = 1_000_000
  private static let leastPairs = 8

  /// The list with at most `limit` pairs of rankings, as far as every ranking may keep eight: the
  /// first ones of each, which are its closest calls (`PreferenceRow.pairs`).
  public func limited(to limit: Int = usualLimit) -> PairList {
    guard pairs.count > limit else { return self }
    let share = max(Self.leastPairs, limit / rankings.count)
    var list = PairList()
    for number in rankings.indices {
      list.rowCount = rankings[number]
      let start = number == 0 ? 0 : ends[number - 1]
      list.append(pairs[start..<ends[number]].prefix(share))
    }
    list.rowCount = rowCount
    return list
  }

  private func pairCount(ofRanking number: Int) -> Int {
    ends[number] - (number == 0 ? 0 : ends[number - 1])
  }

  /// The last ranking that begins at or before `place`, and how far behind its beginning that is.
  private func ranking(at place: Int) -> (number: Int, offset: Int)? {
    func start(_ number: Int) -> Int {
      rankings[number] - number + (number == 0 ? 0 : ends[number - 1])
    }
    let number = rankings.indices.partitionPoint { start($0) > place } - 1
    return number < 0 ? nil : (number, place - start(number))
  }
}

extension RandomAccessCollection where Index == Int {
  /// The first index whose element `isBehind`, which holds of all after it too.
  func partitionPoint(_ isBehind: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
