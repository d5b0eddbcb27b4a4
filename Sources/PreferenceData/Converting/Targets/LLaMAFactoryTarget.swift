/// LLaMA-Factory's sharegpt layout for preference data (LLaMA-Factory, data/README): the turns of the
/// user and the assistant alternate behind a system turn, and each side is one message.
struct LLaMAFactoryTarget: PairWriting {
  let name = "llama-factory"
  let summary =
    "LLaMA-Factory sharegpt, with its dataset_info entry"
  var reader: any RowFormat { ConversationColumn.llamaFactorySharegpt }

  func object(for pair: Comparison) throws(Inexpressible) -> [JSONValue.Member] {
    guard !pair.context.isEmpty else { throw .noContext }
    guard pair.chosen.count == 1, pair.rejected.count == 1 else { throw .severalAnswers }
    let talk = pair.context.drop { $0.role == .system }
    guard pair.context.count - talk.count <= 1, !talk.count.isMultiple(of: 2) else {
      throw .turnOrder
    }
    for (place, turn) in (Array(talk) + pair.chosen).enumerated() {
      guard place.isMultiple(of: 2) == turn.isRequest else { throw .turnOrder }
    }
    guard !pair.rejected[0].isRequest else { throw .turnOrder }
    var conversation: [JSONValue] = []
    for turn in pair.context { conversation.append(try message(turn)) }
    var members: [JSONValue.Member] = [
      .init("conversations", .array(conversation)),
      .init("chosen", try message(pair.chosen[0])),
      .init("rejected", try message(pair.rejected[0])),
    ]
    if let tools = pair.surroundings.toolText { members.append(.init("tools", tools)) }
    return members + (try pair.surroundings.markedMedia(in: pair.context + pair.chosen))
  }

  func registration(of name: String, columns: [String]) -> JSONValue? {
    var mapping: [JSONValue.Member] = [
      .init("messages", "conversations"), .init("chosen", "chosen"), .init("rejected", "rejected"),
    ]
    for column in ["tools", "images", "videos", "audios"] where columns.contains(column) {
      mapping.append(.init(column, .string(column)))
    }
    let entry: JSONValue = [
      "file_name": .string(name), "ranking": true, "formatting": "sharegpt",
      "columns": .object(mapping),
    ]
    let stem = name.split(separator: ".").first.map(String.init) ?? name
    return .object([.init(stem, entry)])
  }

  private func message(_ turn: Turn) throws(Inexpressible) -> JSONValue {
    let word =
      switch turn.role {
      case .system: "system"
      case .user: "human"
      case .assistant: turn.isSpelledCall ? Role.callWord : "gpt"
      case .tool: "observation"
      case .other: throw .role
      }
    return ["from": .string(word), "value": .string(try turn.plainText)]
  }
}

extension Turn {
  /// Whether the turn stands where the user speaks, or a tool answers.
  fileprivate var isRequest: Bool { role == .user || role == .tool }
}
