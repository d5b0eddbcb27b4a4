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

  /// The turn that one message holds.
  func turn(field: String) throws(RowProblem.Reason) -> Turn {
    guard let role = (self["role"] ?? self["from"])?.string else {
      throw .wrongType(field: field, expected: "message with a role")
    }
    var parts: [String] = []
    if let content = self["content"] ?? self["value"] { parts += content.contentTexts }
    for call in self["tool_calls"]?.children ?? [] {
      let function = call["function"] ?? call
      let arguments = function["arguments"]
      // Most files hold the arguments as a JSON text, some as an object: then its strings are read.
      let spelled = arguments?.scalarText ?? arguments?.leafTexts.joined(separator: " ") ?? ""
      parts.append("\(function["name"]?.string ?? "")(\(spelled))")
    }
    return Turn(Role(named: role), parts.joined(separator: "\n"))
  }

  /// The texts of a message's content: a string, or a list of blocks of which some are text. Other
  /// blocks are named by their type.
  private var contentTexts: [String] {
    if let string { return [string] }
    return children.compactMap { block in
      if let text = block.string { return text }
      if let text = (block["text"] ?? block["value"])?.string { return text }
      return (block["type"]?.string).map { "[\($0)]" }
    }
  }

  /// Keys and scalars inside a container, in document order.
  private var leafTexts: [String] {
    children.flatMap { child -> [String] in
      let key = child.key
      return (key.isEmpty ? [] : [key + ":"]) + (child.scalarText.map { [$0] } ?? child.leafTexts)
    }
  }
}
