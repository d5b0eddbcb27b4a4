/// ms-swift: the chosen conversation in `messages` and the whole rejected one beside it (ms-swift,
/// "Custom dataset": DPO, `rejected_messages`). Tools are called by turns of their own roles there, not
/// inside messages.
struct MSSwiftTarget: PairWriting {
  let name = "ms-swift"
  let summary = "ms-swift: messages and rejected_messages"
  var reader: any RowFormat { MSSwift() }

  private static let dialect = MessageDialect(
    holdsCalls: false, holdsReasoning: false,
    mediaTypes: ["image", "image_url", "video", "video_url", "audio"], holdsOtherRoles: false)

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("messages", try Self.dialect.messages(pair.context + pair.chosen)),
      .init("rejected_messages", try Self.dialect.messages(pair.context + pair.rejected)),
    ]
    if let tools = pair.surroundings.tools { members.append(.init("tools", tools)) }
    return members + (try pair.surroundings.markedMedia(in: pair.context + pair.chosen))
  }
}
