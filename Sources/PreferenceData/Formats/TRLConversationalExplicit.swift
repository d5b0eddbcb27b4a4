/// TRL's preference format with a prompt column and sides as lists of messages (TRL, dataset
/// formats: "conversational, explicit prompt"). The prompt is a list too, or a text as in
/// UltraFeedback binarized, whose sides hold the user's turn again.
struct TRLConversationalExplicit: NamedSidesFormat {
  let name = "trl-conversational-explicit"
  let summary = "TRL: prompt, and chosen and rejected as lists of messages"

  func recognises(_ root: JSONView) -> Bool {
    guard let prompt = root["prompt"], let chosen = root["chosen"], let rejected = root["rejected"]
    else { return false }
    return (prompt.kind == .string || prompt.isConversation) && chosen.isConversation
      && rejected.isConversation
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let prompt = try root.field("prompt")
    var chosen = try root.field("chosen").turns(field: "chosen")
    var rejected = try root.field("rejected").turns(field: "rejected")
    var context: [Turn]
    if let text = prompt.string {
      context = [Turn(.user, text)]
      // The turns before the answers hold the prompt, and perhaps a system turn or earlier turns.
      let shared = Conversations.sharedTurnCount(chosen, rejected)
      if chosen.prefix(shared).contains(where: { $0.role == .user && $0.text == text }) {
        context = Array(chosen.prefix(shared))
        chosen.removeFirst(shared)
        rejected.removeFirst(shared)
      }
    } else {
      context = try prompt.turns(field: "prompt")
      Conversations.remove(context, from: &chosen, &rejected)
    }
    return PreferenceRow(context: context, chosen: chosen, rejected: rejected, columnsOf: root)
  }
}
