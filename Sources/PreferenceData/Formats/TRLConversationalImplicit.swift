/// TRL's preference format of two whole conversations that begin alike (TRL, dataset formats:
/// "conversational, implicit prompt").
struct TRLConversationalImplicit: NamedSidesFormat {
  let name = "trl-conversational-implicit"
  let summary = "TRL: two whole conversations as lists of messages"

  func recognises(_ root: JSONView) -> Bool {
    guard root.hasImplicitPrompt, let chosen = root["chosen"], let rejected = root["rejected"]
    else { return false }
    return chosen.isConversation && rejected.isConversation
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let chosen = try root.field("chosen").turns(field: "chosen")
    let rejected = try root.field("rejected").turns(field: "rejected")
    let shared = Conversations.sharedTurnCount(chosen, rejected)
    return PreferenceRow(
      context: Array(chosen.prefix(shared)), chosen: Array(chosen.dropFirst(shared)),
      rejected: Array(rejected.dropFirst(shared)), columnsOf: root)
  }
}

enum Conversations {
  /// How many turns two conversations share at their beginning. At least one turn is left to each,
  /// so that identical conversations still have sides.
  static func sharedTurnCount(_ first: [Turn], _ second: [Turn]) -> Int {
    let limit = min(first.count, second.count) - 1
    var count = 0
    while count < limit, first[count] == second[count] { count += 1 }
    return count
  }
}
