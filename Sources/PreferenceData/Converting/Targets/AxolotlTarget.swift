/// Axolotl's `chat_template.default` (Axolotl, prompt_strategies/dpo/chat_template): messages, and one
/// message of each side. It reads roles and texts and passes over everything else of a message, so
/// that nothing else may be there.
struct AxolotlTarget: PairWriting {
  let name = "axolotl"
  let summary = "Axolotl, chat_template.default"
  var reader: any RowFormat { ConversationColumn.axolotlMessages }

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    try pair.surroundings.requireNothing()
    guard !pair.context.isEmpty else { throw .noContext }
    var messages: [JSONValue] = []
    for turn in pair.context {
      if case .other = turn.role { throw .role }
      guard !turn.isSpelledCall else { throw .tools }
      messages.append(message(turn.role, try turn.plainText))
    }
    return [
      .init("messages", .array(messages)),
      .init("chosen", message(.assistant, try pair.chosen.onlyAnswer)),
      .init("rejected", message(.assistant, try pair.rejected.onlyAnswer)),
    ]
  }

  private func message(_ role: Role, _ text: String) -> JSONValue {
    ["role": .string(role.name), "content": .string(text)]
  }
}
