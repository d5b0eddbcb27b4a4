/// LLaMA-Factory v1: two whole conversations whose contents are lists of blocks, under names of their
/// own (LLaMA-Factory, data/v1_dpo_demo.jsonl).
struct LLaMAFactoryMessages: NamedSidesFormat {
  let name = "llamafactory-v1"
  let summary = "LLaMA-Factory v1: chosen_messages and rejected_messages"

  func sideNames(in root: JSONView) -> (chosen: String, rejected: String) {
    ("chosen_messages", "rejected_messages")
  }

  func recognises(_ root: JSONView) -> Bool {
    guard root.hasImplicitPrompt, root["chosen"] == nil, let chosen = root["chosen_messages"],
      let rejected = root["rejected_messages"]
    else { return false }
    return chosen.isConversation && rejected.isConversation
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let chosen = try root.field("chosen_messages").turns(field: "chosen_messages")
    let rejected = try root.field("rejected_messages").turns(field: "rejected_messages")
    return Conversations.row(chosen, rejected, columnsOf: root)
  }
}
