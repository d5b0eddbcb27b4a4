/// TRL's conversational preference data: lists of messages, with the prompt in a column of its own or
/// inside both sides (TRL, "Dataset formats and types": preference, explicit and implicit prompt).
struct TRLConversation: PairWriting {
  let hasPrompt: Bool

  var name: String { hasPrompt ? "trl" : "trl-implicit" }
  var summary: String {
    hasPrompt
      ? "TRL, conversational, explicit prompt (messages)"
      : "TRL, conversational, implicit prompt (messages)"
  }
  var reader: any RowFormat {
    hasPrompt ? TRLConversationalExplicit() : TRLConversationalImplicit()
  }

  /// Pictures are blocks of a type that chat templates know; where they stand in a column, in order,
  /// the blocks are empty places.
  static let dialect = MessageDialect(mediaTypes: nil)

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    let dialect = Self.dialect
    let members: [JSONValue.Member]
    if hasPrompt {
      guard !pair.context.isEmpty else { throw .noContext }
      members = [
        .init("prompt", try dialect.messages(pair.context)),
        .init("chosen", try dialect.messages(pair.chosen)),
        .init("rejected", try dialect.messages(pair.rejected)),
      ]
    } else {
      members = [
        .init("chosen", try dialect.messages(pair.context + pair.chosen)),
        .init("rejected", try dialect.messages(pair.context + pair.rejected)),
      ]
    }
    return members
      + (try Self.columns(pair.surroundings, turns: pair.context + pair.chosen + pair.rejected))
  }

  /// The columns that TRL reads beside the messages.
  static func columns(
    _ surroundings: Surroundings, turns: [Turn]
  ) throws(Inexpressible) -> [JSONValue.Member] {
    var columns: [JSONValue.Member] = []
    if let tools = surroundings.tools { columns.append(.init("tools", tools)) }
    if let arguments = surroundings.templateArguments {
      columns.append(.init("chat_template_kwargs", arguments))
    }
    for medium in surroundings.media {
      // A mark inside the text is another trainer's way to say where a picture comes.
      guard ["images", "image"].contains(medium.key),
        !turns.contains(where: { $0.text.contains("<image>") })
      else { throw .media }
      columns.append(medium)
    }
    return columns
  }
}
