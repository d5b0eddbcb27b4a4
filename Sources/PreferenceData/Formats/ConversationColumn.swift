/// A conversation in a column of its own, and two ways in which it goes on, each a text, one message
/// or a list of messages.
struct ConversationColumn: NamedSidesFormat {
  let name: String
  let summary: String
  let column: String

  /// LLaMA-Factory's sharegpt layout, whose sides are single messages (LLaMA-Factory, data/README).
  static let llamaFactorySharegpt = ConversationColumn(
    name: "llamafactory-sharegpt",
    summary: "LLaMA-Factory sharegpt: conversations, and chosen and rejected as messages",
    column: "conversations")

  /// Axolotl's `chat_template.default`, and LLaMA-Factory's with OpenAI's names.
  static let axolotlMessages = ConversationColumn(
    name: "axolotl-messages",
    summary: "Axolotl chat_template: messages, and chosen and rejected behind them",
    column: "messages")

  func recognises(_ root: JSONView) -> Bool {
    root.contextColumns == [column] && root[column]?.isConversation ?? false
      && root["chosen"]?.isAnswer ?? false && root["rejected"]?.isAnswer ?? false
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let context = try root.field(column).turns(field: column)
    var chosen = try root.field("chosen").turns(field: "chosen", speaker: .assistant)
    var rejected = try root.field("rejected").turns(field: "rejected", speaker: .assistant)
    // Some files repeat the whole chosen conversation in this column.
    if context == chosen || context == rejected {
      return Conversations.row(chosen, rejected, columnsOf: root)
    }
    Conversations.remove(context, from: &chosen, &rejected)
    return PreferenceRow(context: context, chosen: chosen, rejected: rejected, columnsOf: root)
  }
}

extension JSONView {
  /// Whether this is a text, a message or a list of messages.
  fileprivate var isAnswer: Bool { kind == .string || isMessage || isConversation }
}
