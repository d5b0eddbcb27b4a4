/// Columns of the file to which the person gave a meaning, whatever they are called.
///
/// They are read beside what the format finds; a named group or annotator takes the place of what it
/// finds.
public struct NamedColumns: Hashable, Sendable {
  /// The two columns that hold a reward model's numbers.
  public struct RewardFields: Hashable, Sendable, CustomStringConvertible {
    /// Of the row's first side, which is the chosen one where the format names the sides so.
    public var first: FieldPath
    /// Of its second side, which is the rejected one.
    public var second: FieldPath

    public init(first: FieldPath, second: FieldPath) {
      self.first = first
      self.second = second
    }

    public var description: String { "\(first), \(second)" }
  }

  public var rewards: [RewardFields]
  public var group: FieldPath?
  public var annotator: FieldPath?

  public init(
    rewards: [RewardFields] = [], group: FieldPath? = nil, annotator: FieldPath? = nil
  ) {
    self.rewards = rewards
    self.group = group
    self.annotator = annotator
  }

  public var isEmpty: Bool { self == NamedColumns() }

  /// The reward models in the order of `Side.rewards`.
  public var externalRewards: [ExternalReward] {
    rewards.map { ExternalReward(name: "\($0)", kind: .reward) }
  }

  /// `row` with what the columns of its object `root` say.
  public func applied(to row: PreferenceRow, of root: JSONView) -> PreferenceRow {
    guard !isEmpty else { return row }
    var row = row
    if let group { row.group = RowColumns.name(at: group, in: root) }
    if let annotator { row.annotator = RowColumns.name(at: annotator, in: root) }
    if row.sides.count == 2 {
      row.sides[0].rewards = rewards.map { root[path: $0.first]?.finiteNumber }
      row.sides[1].rewards = rewards.map { root[path: $0.second]?.finiteNumber }
    } else {
      // Two columns say nothing of more sides; what else is known of these has its place behind.
      for side in row.sides.indices { row.sides[side].rewards = rewards.map { _ in nil } }
    }
    return row
  }

  /// The first of the columns that no row of `rows` has, by its name; nil where all are there.
  public func missing(in rows: some Sequence<PreferenceRow>) -> String? {
    var hasGroup = group == nil
    var hasAnnotator = annotator == nil
    var hasReward = Array(repeating: false, count: rewards.count)
    for row in rows {
      if row.group != nil { hasGroup = true }
      if row.annotator != nil { hasAnnotator = true }
      for position in rewards.indices where row.sides.allSatisfy({ $0.reward(at: position) != nil })
      {
        hasReward[position] = true
      }
    }
    if let position = hasReward.firstIndex(of: false) { return "\(rewards[position])" }
    if !hasGroup { return group?.description }
    return hasAnnotator ? nil : annotator?.description
  }
}
