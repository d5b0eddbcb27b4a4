/// What two conversations have in common.
enum Conversations {
  /// How many turns two conversations share at their beginning. At least one turn is left to each,
  /// so that identical conversations still have sides.
  static func sharedTurnCount(_ first: [Turn], _ second: [Turn]) -> Int {
    sharedTurnCount([first, second])
  }

  /// The same of any number of conversations.
  static func sharedTurnCount(_ conversations: [[Turn]]) -> Int {
    let limit = (conversations.map(\.count).min() ?? 0) - 1
    var count = 0
    while count < limit,
      conversations.dropFirst().allSatisfy({ $0[count] == conversations[0][count] })
    {
      count += 1
    }
    return count
  }

  /// The row of two whole conversations: what they share at their beginning is its context.
  static func row(
    _ chosen: [Turn], _ rejected: [Turn], columnsOf root: JSONView
  ) -> PreferenceRow {
    let shared = sharedTurnCount(chosen, rejected)
    return PreferenceRow(
      context: Array(chosen.prefix(shared)), chosen: Array(chosen.dropFirst(shared)),
      rejected: Array(rejected.dropFirst(shared)), columnsOf: root)
  }

  /// Takes `context` from the beginning of two conversations that both repeat it.
  static func remove(_ context: [Turn], from first: inout [Turn], _ second: inout [Turn]) {
    guard first.starts(with: context), second.starts(with: context),
      min(first.count, second.count) > context.count
    else { return }
    first.removeFirst(context.count)
    second.removeFirst(context.count)
  }
}
