/// Where one annotator or source stands among all that are large enough, by what a signal says of their
/// pairs.
public struct GroupRank: Hashable, Sendable {
  /// 1 = the pairs of no other one are more suspicious on average; of equals the mean place.
  public var rank: Double
  /// How many are compared, this one among them.
  public var groupCount: Int
}

extension ScanResult {
  /// The place of the group `name` by each signal: groups with at least `neededPairs` pairs with a value
  /// stand in the order of the mean place of their pairs, equals at their mean place.
  ///
  /// - Parameters:
  ///   - name: The group that is looked for.
  ///   - names: By row, the name of its group.
  ///   - neededPairs: Fewer say nothing of a group.
  /// - Returns: Nothing for a signal by which the group has too few pairs.
  /// - Complexity: O(n log n) a signal.
  public func groupRanks(
    of name: String, names: [String?], neededPairs: Int = NoisePlanting.neededPairs
  ) -> [SignalID: GroupRank] {
    precondition(names.count == rowCount, "\(rowCount) rows, \(names.count) names")
    var found: [SignalID: GroupRank] = [:]
    for (id, values) in signals {
      let rows = values.indices.filter { names[$0] != nil && values[$0] != nil }
      let places = meanRanks(
        rows.map { row in (values[row] ?? 0) * (id.isSuspiciousWhenLow ? 1 : -1) })
      var sums: [String: (sum: Double, count: Int)] = [:]
      for (row, place) in zip(rows, places) {
        guard let group = names[row] else { continue }
        sums[group, default: (0, 0)].sum += place
        sums[group, default: (0, 0)].count += 1
      }
      let means = sums.filter { $0.value.count >= neededPairs }
        .mapValues { $0.sum / Double($0.count) }
      guard let own = means[name] else { continue }
      let before = means.values.count { $0 < own }
      let equal = means.values.count { $0 == own }
      found[id] = GroupRank(
        rank: Double(before) + Double(equal + 1) / 2, groupCount: means.count)
    }
    return found
  }
}
