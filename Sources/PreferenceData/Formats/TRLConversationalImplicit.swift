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
    return Conversations.row(chosen, rejected, columnsOf: root)
  }
}
