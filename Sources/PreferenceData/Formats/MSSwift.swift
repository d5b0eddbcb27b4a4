/// ms-swift: a conversation that ends with the chosen answer, and the rejected answer or the whole
/// rejected conversation beside it (ms-swift, "Custom dataset", DPO).
struct MSSwift: RowFormat {
  let name = "ms-swift"
  let summary = "ms-swift: messages with the chosen answer last, and a rejected one"

  /// Columns that stand for the chosen side as they are, and for the other with `rejected_` in front.
  private static let pairedNames = ["images", "videos", "audios", "tools", "objects"]

  /// Where the rejected side stands.
  private enum Rejected {
    case answer(JSONView)
    case turns(JSONView)
    case conversation(JSONView)
  }

  func recognises(_ root: JSONView) -> Bool {
    guard root.contextColumns == ["messages"], root["messages"]?.isConversation ?? false,
      root["chosen"] == nil
    else { return false }
    return rejected(in: root) != nil
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard better == 1 else { return [] }
    guard let messages = root["messages"], let rejected = rejected(in: root) else { return nil }
    let spans: (chosen: Range<Int>, rejected: Range<Int>)
    switch rejected {
    case .answer(let answer):
      guard let content = messages.children.last?.content else { return nil }
      spans = (content.span, answer.span)
    case .turns(let turns):
      guard let chosen = messages.answerMessages.joinedSpan, let other = turns.children.joinedSpan
      else { return nil }
      spans = (chosen, other)
    case .conversation(let other):
      spans = (messages.span, other.span)
    }
    return SideColumns(of: root).swapEdits(
      exchanging: spans.chosen, spans.rejected,
      and: pairedColumns(in: root).map { ($0.chosen.span, $0.rejected.span) })
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root["rejected_response"] != nil || root["rejected_messages"] != nil else {
      throw .missingField("rejected_response")
    }
    guard let rejected = rejected(in: root) else {
      throw .wrongType(field: "rejected_response", expected: "text or messages")
    }
    for name in ["rejected_response", "rejected_messages"] where root.count(of: name) > 1 {
      throw .duplicateField(name)
    }
    if root["rejected_response"].isPresent, root["rejected_messages"].isPresent {
      throw .duplicateField("rejected_response")
    }
    for name in Self.pairedNames where root["rejected_" + name].isPresent {
      guard root[name].isPresent else { throw .missingField(name) }
      _ = try root.field(name)
      _ = try root.field("rejected_" + name)
    }
    let messages = try root.field("messages")
    let turns = try messages.turns(field: "messages")
    switch rejected {
    case .answer(let answer):
      // Only a text can change places with a text, and nothing may be said beside it.
      guard let last = messages.children.last, turns.last?.role == .assistant,
        last.content?.string == last.messageText
      else { throw .wrongType(field: "messages", expected: "a text of the assistant last") }
      return PreferenceRow(
        context: turns.dropLast(), chosen: turns.suffix(1),
        rejected: try answer.turns(field: "rejected_response", speaker: .assistant),
        columnsOf: root)
    case .turns(let list):
      let count = messages.answerMessages.count
      let other = try list.turns(field: "rejected_response")
      guard count > 0 else {
        throw .wrongType(field: "messages", expected: "an answer behind the last user turn")
      }
      guard !other.contains(where: { $0.role == .user }) else {
        throw .wrongType(field: "rejected_response", expected: "messages without a user turn")
      }
      return PreferenceRow(
        context: turns.dropLast(count), chosen: turns.suffix(count), rejected: other,
        columnsOf: root)
    case .conversation(let list):
      let other = try list.turns(field: "rejected_messages")
      return Conversations.row(turns, other, columnsOf: root)
    }
  }

  /// The columns other than the conversation that each side has of its own.
  private func pairedColumns(in root: JSONView) -> [(chosen: JSONView, rejected: JSONView)] {
    Self.pairedNames.compactMap { name in
      guard let chosen = root[name], let rejected = root["rejected_" + name], !chosen.isNull,
        !rejected.isNull
      else { return nil }
      return (chosen, rejected)
    }
  }

  private func rejected(in root: JSONView) -> Rejected? {
    if let conversation = root["rejected_messages"], !conversation.isNull {
      return conversation.isConversation ? .conversation(conversation) : nil
    }
    guard let answer = root["rejected_response"] else { return nil }
    if answer.isConversation { return .turns(answer) }
    return answer.kind == .string ? .answer(answer) : nil
  }
}

extension JSONView? {
  fileprivate var isPresent: Bool { self.map { !$0.isNull } ?? false }
}

extension JSONView {
  fileprivate var content: JSONView? { self["content"] ?? self["value"] }

  /// The messages of this list behind the last one of the user.
  fileprivate var answerMessages: ArraySlice<JSONView> {
    let messages = children
    let last = messages.lastIndex { message in
      (message["role"] ?? message["from"])?.string.map { Role(named: $0) } == .user
    }
    return messages[(last.map { $0 + 1 } ?? 0)...]
  }
}

extension BidirectionalCollection<JSONView> {
  /// The bytes from the first of these neighbours to the end of the last; nil where there is none.
  fileprivate var joinedSpan: Range<Int>? {
    guard let first, let last else { return nil }
    return first.span.lowerBound..<last.span.upperBound
  }
}
