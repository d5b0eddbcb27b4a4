/// What the messages of a form can hold beside a role and a text.
struct MessageDialect {
  /// Whether a message may call tools, and give back what they said.
  var holdsCalls = true
  var holdsReasoning = true
  /// Whether content may stand in blocks.
  var holdsBlocks = true
  /// The types of blocks that are no text; nil for all.
  var mediaTypes: [String]? = []
  /// Whether a role that no format names is taken as it is.
  var holdsOtherRoles = true

  /// The messages of chat templates, as `transformers` takes them.
  static let template = MessageDialect()

  /// `turns` as messages with `role` and `content`.
  func messages(_ turns: [Turn]) throws(Inexpressible) -> JSONValue {
    var messages: [JSONValue] = []
    for turn in turns { messages.append(try message(turn)) }
    return .array(messages)
  }

  private func message(_ turn: Turn) throws(Inexpressible) -> JSONValue {
    if case .other = turn.role, !holdsOtherRoles { throw .role }
    guard let message = turn.message else {
      return ["role": .string(turn.role.name), "content": .string(turn.text)]
    }
    let word = (message["role"] ?? message["from"])?.string ?? ""
    guard word != Role.callWord else { throw .tools }
    let isDeveloper = word == Role.developerWord
    var members: [JSONValue.Member] = [
      .init("role", .string(isDeveloper ? word : turn.role.name))
    ]
    let content = message["content"] ?? message["value"]
    for member in message.children where !["role", "from"].contains(member.key) {
      if member.index == content?.index {
        members.append(.init("content", try self.content(member)))
        continue
      }
      guard !member.isEmptyValue else { continue }
      if Turn.callMembers.contains(member.key), !holdsCalls { throw .tools }
      if Turn.reasoningMembers.contains(member.key), !holdsReasoning { throw .reasoning }
      members.append(.init(member.key, try JSONValue(member)))
    }
    return .object(members)
  }

  private func content(_ content: JSONView) throws(Inexpressible) -> JSONValue {
    guard content.kind == .array else { return try JSONValue(content) }
    guard holdsBlocks else { throw .blocks }
    var blocks: [JSONValue] = []
    for block in content.children { blocks.append(try self.block(block)) }
    return .array(blocks)
  }

  private func block(_ block: JSONView) throws(Inexpressible) -> JSONValue {
    if let text = block.string { return ["type": "text", "text": .string(text)] }
    let type = block["type"]?.string ?? ""
    switch type {
    case "text":
      var members: [JSONValue.Member] = []
      for member in block.children {
        // LLaMA-Factory calls the text a value.
        let key = member.key == "value" && block["text"] == nil ? "text" : member.key
        members.append(.init(key, try JSONValue(member)))
      }
      return .object(members)
    case "tool_use", "tool_result": throw .tools
    case "thinking": throw .reasoning
    default:
      guard mediaTypes?.contains(type) ?? true else { throw .media }
      return try JSONValue(block)
    }
  }
}

extension Turn {
  /// What makes a message a call of tools, or an answer of one.
  static let callMembers = ["tool_calls", "tool_call_id", "function_call"]
  static let reasoningMembers = ["reasoning_content", "thinking"]

  /// Whether the file says of this turn that its text is a call of a tool.
  var isSpelledCall: Bool {
    (message?["role"] ?? message?["from"])?.string == Role.callWord
  }

  /// The text of the turn, where it says nothing else.
  var plainText: String {
    get throws(Inexpressible) {
      guard let message else { return text }
      for member in message.children where !member.isEmptyValue {
        if Self.callMembers.contains(member.key) { throw .tools }
        if Self.reasoningMembers.contains(member.key) { throw .reasoning }
      }
      guard let content = message["content"] ?? message["value"], content.kind == .array else {
        return text
      }
      let blocks = content.children
      for block in blocks where block.string == nil {
        switch block["type"]?.string {
        case "text": continue
        case "tool_use", "tool_result": throw .tools
        case "thinking": throw .reasoning
        default: throw .media
        }
      }
      guard blocks.count <= 1 else { throw .blocks }
      return text
    }
  }
}

extension [Turn] {
  /// The text of the only turn, which is the assistant's.
  var onlyAnswer: String {
    get throws(Inexpressible) {
      guard count == 1 else { throw .severalAnswers }
      guard self[0].role == .assistant else { throw .role }
      guard !self[0].isSpelledCall else { throw .tools }
      return try self[0].plainText
    }
  }

  /// The text of the only turn, which is the user's.
  var onlyRequest: String {
    get throws(Inexpressible) {
      guard !isEmpty else { throw .noContext }
      guard !contains(where: { $0.role == .system }) else { throw .systemPrompt }
      guard !contains(where: { $0.role == .tool || $0.isSpelledCall }) else { throw .tools }
      guard count == 1 else { throw .severalTurns }
      guard self[0].role == .user else { throw .role }
      return try self[0].plainText
    }
  }
}
