import CurationEngine
import PreferenceScoring
import Testing

@Suite("Fair subsets and resampling")
struct FairSubsetTests {
  /// The order of `count` rows and the group of each.
  private static func stage(_ seed: Int, _ count: Int) -> (order: [Int], groups: [String?]) {
    var generator = SeededGenerator(seed: UInt64(seed))
    var order = Array(0..<count)
    for place in order.indices {
      order.swapAt(place, place + generator.below(count - place))
    }
    let groups = order.map { _ in ["a", "b", "c", nil][generator.below(4)] }
    return (order, groups)
  }

  @Test(
    "no other subset that meets the quotas has rows of better places, by trying all",
    arguments: 0..<24)
  func optimum(seed: Int) throws {
    let count = 9
    let (order, groups) = Self.stage(seed, count)
    let quota = GroupQuota(field: "g", amount: seed.isMultiple(of: 2) ? .rows(1) : .share(0.4))
    let sizes = Dictionary(grouping: groups) { $0 }.mapValues(\.count)
    func least(_ size: Int) -> Int {
      seed.isMultiple(of: 2) ? 1 : Int((0.4 * Double(size)).rounded(.up))
    }
    func worth(_ rows: Set<Int>) -> Int {
      order.enumerated().reduce(0) { rows.contains($1.element) ? $0 + count - $1.offset : $0 }
    }
    let limit = 6
    let subset = try FairSubset(of: order, limit: limit, quota: quota) { groups[$0] }
    let best = (0..<(1 << count)).map { bits in
      Set((0..<count).filter { bits >> $0 & 1 == 1 })
    }.filter { rows in
      rows.count == limit
        && sizes.allSatisfy { name, size in
          rows.count { groups[$0] == name } >= least(size)
        }
    }.map(worth).max()
    #expect(subset.rows.count == limit && worth(subset.rows) == best)
    #expect(subset.shortages.isEmpty)
  }

  @Test("without a quota it is the top of the order; without a limit the best of each group")
  func bounds() throws {
    let (order, groups) = Self.stage(3, 40)
    let top = try FairSubset(of: order, limit: 7, quota: nil) { _ in nil }
    #expect(top.rows == Set(order.prefix(7)))
    let quota = GroupQuota(field: "g", amount: .rows(3))
    let each = try FairSubset(of: order, limit: nil, quota: quota) { groups[$0] }
    let expected = Set(groups).flatMap { name in order.filter { groups[$0] == name }.prefix(3) }
    #expect(each.rows == Set(expected))
  }

  @Test("a group that is too small is taken whole and named, and too many quotas are refused")
  func shortages() throws {
    let groups = ["a", "a", "b", "b", "b", nil]
    let quota = GroupQuota(field: "g", amount: .rows(3))
    let subset = try FairSubset(of: Array(0..<6), limit: nil, quota: quota) { groups[$0] }
    #expect(subset.rows == Set(0..<6))
    #expect(subset.shortages.map(\.group) == [nil, "a"])
    #expect(subset.shortages.map(\.found) == [1, 2])
    #expect(throws: FairSubset.LimitTooSmall.self) {
      try FairSubset(of: Array(0..<6), limit: 5, quota: quota) { groups[$0] }
    }
  }

  @Test("copies add up, are the expected number rounded down or up, and in the mean that number")
  func copies() {
    var generator = SeededGenerator(seed: 4)
    let weights = (0..<50).map { _ in generator.below(5) == 0 ? 0 : generator.unit() }
    let total = weights.reduce(0, +)
    let expected = weights.map { $0 / total * 50 }
    let runs = 400
    var sums = [Int](repeating: 0, count: weights.count)
    for seed in 0..<runs {
      let copies = Resampling(weights: weights, seed: UInt64(seed)).copies
      #expect(copies.reduce(0, +) == 50)
      for (row, count) in copies.enumerated() {
        #expect(abs(Double(count) - expected[row]) < 1 + 1e-9)
        #expect(weights[row] > 0 || count == 0)
        sums[row] += count
      }
    }
    // A row's copies differ from their mean by less than 1: five deviations of the mean of 400.
    for (sum, mean) in zip(sums, expected) {
      #expect(abs(Double(sum) / Double(runs) - mean) < 5 * 0.5 / Double(runs).squareRoot())
    }
  }

  @Test("equal weights and unknown ones leave each row once")
  func equal() {
    for seed in 0..<20 {
      let copies = Resampling(weights: [0.3, nil, 0.3, nil, 0.3], seed: UInt64(seed)).copies
      #expect(copies == [1, 1, 1, 1, 1])
    }
    #expect(Resampling(weights: [], seed: 0).copies.isEmpty)
  }
}
