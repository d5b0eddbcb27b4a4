/// How many rows of each group a subset has at least.
public struct GroupQuota: Hashable, Sendable {
  public enum Amount: Hashable, Sendable {
    case rows(Int)
    /// Of the rows that the group has, in (0, 1]; rounded up.
    case share(Double)
  }

  /// Whose values are the groups.
  public let field: String
  public let amount: Amount

  public init(field: String, amount: Amount) {
    switch amount {
    case .rows(let count): precondition(count > 0, "a quota of \(count) rows asks for nothing")
    case .share(let share):
      precondition(share > 0 && share <= 1, "a quota is a share above 0 and up to 1, got \(share)")
    }
    self.field = field
    self.amount = amount
  }

  /// How many of `count` rows are asked for; at most all of them are there.
  func wanted(of count: Int) -> Int {
    switch amount {
    case .rows(let rows): rows
    case .share(let share): min(count, Int((share * Double(count)).rounded(.up)))
    }
  }
}

/// The best rows, with at least so many of each group: fair subset selection.
///
/// Meaning: of all sets of `limit` rows that have min(quota, size) rows of each group, the one whose
/// rows stand first in the order: first each group's best are taken, then the best of the rest. For
/// disjoint groups and a worth that adds up that is the optimum. Without a limit nothing is taken beyond
/// the quotas; without a quota it is the top of the order.
///
/// - Range: never more rows than the limit, and exactly as many where there are enough.
/// - Complexity: O(n log g) for n rows in g groups.
/// - Source: the greedy solution for a partition matroid (Edmonds, 1971, doi:10.1007/BF01584082).
public struct FairSubset: Hashable, Sendable {
  /// A group that has fewer rows than its quota asks for: all of them are taken.
  public struct Shortage: Hashable, Sendable {
    /// Nil for rows without a value.
    public let group: String?
    public let wanted: Int
    public let found: Int
  }

  /// The quotas take more rows together than the limit allows.
  public struct LimitTooSmall: Error, Hashable, Sendable {
    public let needed: Int
    public let limit: Int
  }

  public let rows: Set<Int>
  /// By name.
  public let shortages: [Shortage]

  /// - Parameters:
  ///   - order: The rows to choose from, the best first.
  ///   - limit: How many to take; nil for no more than the quotas ask for.
  ///   - quota: What each group gets at least.
  ///   - group: To which group a row belongs; rows without a value are a group of their own.
  /// - Throws: `LimitTooSmall`.
  public init(
    of order: [Int], limit: Int?, quota: GroupQuota?, group: (Int) -> String?
  ) throws(LimitTooSmall) {
    precondition(limit != nil || quota != nil, "a subset has a limit or a quota")
    guard let quota else {
      rows = Set(order.prefix(limit ?? 0))
      shortages = []
      return
    }
    let groups = order.map(group)
    var sizes: [String?: Int] = [:]
    for name in groups { sizes[name, default: 0] += 1 }
    shortages = sizes.compactMap { name, size in
      let wanted = quota.wanted(of: size)
      return size < wanted ? Shortage(group: name, wanted: wanted, found: size) : nil
    }.sorted { ($0.group ?? "", $0.found) < ($1.group ?? "", $1.found) }
    var left = sizes.mapValues { min($0, quota.wanted(of: $0)) }
    let needed = left.values.reduce(0, +)
    if let limit, needed > limit { throw LimitTooSmall(needed: needed, limit: limit) }
    var taken: Set<Int> = []
    for (row, name) in zip(order, groups) {
      guard let count = left[name], count > 0 else { continue }
      left[name] = count - 1
      taken.insert(row)
    }
    if let limit {
      taken.formUnion(order.lazy.filter { [taken] in !taken.contains($0) }.prefix(limit - needed))
    }
    rows = taken
  }
}
