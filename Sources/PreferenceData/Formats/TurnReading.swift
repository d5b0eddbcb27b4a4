extension JSONView {
  /// Whether this is a message: an object that names its speaker.
  var isMessage: Bool {
    (self["role"] ?? self["from"])?.kind == .string
  }

  /// Whether this is a list that begins with a message, which is how trainers tell conversations
  /// from plain text (TRL, `is_conversational`).
  var isConversation: Bool {
    kind == .array && JSONView(document: document, index: index + 1).isFirstElement(of: self)
  }

  private func isFirstElement(of list: JSONView) -> Bool {
    list.document.nodes[list.index].next > index && isMessage
  }

  /// The turns of a list of messages.
  func turns(field: String) throws(RowProblem.Reason) -> [Turn] {
    guard kind == .array else { throw .wrongType(field: field, expected: "list of messages") }
    let messages = children
    guard !messages.isEmpty else { throw .emptyConversation(field: field) }
    var turns: [Turn] = []
    for message in messages {
      turns.append(try message.turn(field: field))
    }
    return turns
  }

  /// The turns of a text, a message or a list of messages. A text is what `speaker` said.
  func turns(field: String, speaker: Role) throws(RowProblem.Reason) -> [Turn] {
    switch kind {
    case .string:
      guard let text = utf8 else { return [] }
      return speaker == .user && Transcript.isTranscript(text)
        ? Transcript.turns(in: text) : [Turn(speaker, String(decoding: text, as: UTF8.self))]
    case .object: return [try turn(field: field)]
    case .array: return try turns(field: field)
    case .null, .true, .false, .number:
      throw .wrongType(field: field, expected: "text or messages")
    }
  }

  /// The turn that one message holds.
  func turn(field: String) throws(RowProblem.Reason) -> Turn {
    guard let role = (self["role"] ?? self["from"])?.string else {
      throw .wrongType(field: field, expected: "message with a role")
    }
    return Turn(Role(named: role), messageText, message: isPlainMessage(role) ? nil : self)
  }

  /// Whether this message is a role and a text, and nothing else is meant by its role.
  private func isPlainMessage(_ role: String) -> Bool {
    guard !Role.tellingWords.contains(role) else { return false }
    var members = 0
    var member = index + 1
    while member < document.nodes[index].next {
      guard document.nodes[member].kind == .string else { return false }
      members += 1
      member = document.nodes[member].next
    }
    return members == 2
  }
}
