/// OpenAI's preference fine-tuning, as Azure, Together and Fireworks take it too (OpenAI, "Direct
/// preference optimization"). Older clients call the sides completions.
struct OpenAIPreference: NamedSidesFormat {
  let name = "openai-preference"
  let summary = "OpenAI: input.messages, preferred_output and non_preferred_output"

  func sideNames(in root: JSONView) -> (chosen: String, rejected: String) {
    root["preferred_output"] == nil
      ? ("preferred_completion", "non_preferred_completion")
      : ("preferred_output", "non_preferred_output")
  }

  func recognises(_ root: JSONView) -> Bool {
    let names = sideNames(in: root)
    return root["chosen"] == nil && root["input"]?["messages"]?.isConversation ?? false
      && root[names.chosen]?.isConversation ?? false
      && root[names.rejected]?.isConversation ?? false
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let names = sideNames(in: root)
    return PreferenceRow(
      context: try root.field("input").field("messages").turns(field: "input.messages"),
      chosen: try root.field(names.chosen).turns(field: names.chosen),
      rejected: try root.field(names.rejected).turns(field: names.rejected), columnsOf: root)
  }
}
