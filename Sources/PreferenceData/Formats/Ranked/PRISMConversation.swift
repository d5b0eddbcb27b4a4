/// PRISM: a conversation in which several models answered the first request and a person rated every
/// answer (Kirk et al. 2024, arXiv:2404.16019; `conversations.jsonl`).
///
/// The row is the first request and its answers, ranked by their scores; the one the person went on
/// with is marked by `if_chosen`. What was said later stays in the file.
struct PRISMConversation: RowFormat {
  let name = "prism-conversation"
  let summary = "PRISM: conversation_history, answers to the first request by score"

  func recognises(_ root: JSONView) -> Bool {
    guard let history = root["conversation_history"], history.isConversation else { return false }
    return history.children.contains { $0["if_chosen"] != nil && $0["within_turn_id"] != nil }
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  /// The two answers exchange their scores, and the mark of the chosen one where either has it.
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard let history = root["conversation_history"] else { return nil }
    let answers = Self.parts(of: history.children).answers
    guard answers.indices.contains(better), answers.indices.contains(worse),
      let first = answers[better]["score"], let second = answers[worse]["score"],
      let preferred = first.numberOrSpelled, let other = second.numberOrSpelled, preferred != other
    else { return nil }
    guard preferred < other else { return [] }
    var edits: [LabelEdit] = [.exchange(first.span, second.span)]
    if let mark = answers[better]["if_chosen"], let opposite = answers[worse]["if_chosen"] {
      edits.append(.exchange(mark.span, opposite.span))
    }
    return edits
  }

  var holdsEqualRanks: Bool { true }

  /// The marks go with the scores where every score stays; of scores that come to be equal, they stay
  /// where they are.
  func edits(assigning sources: [Int], in root: JSONView) -> [LabelEdit]? {
    guard let history = root["conversation_history"] else { return nil }
    let answers = Self.parts(of: history.children).answers
    guard answers.count == sources.count,
      let scores = LabelEdit.copies(of: answers.map { $0["score"] }, by: sources)
    else { return nil }
    guard Set(sources).count == sources.count else { return scores }
    return scores + (LabelEdit.copies(of: answers.map { $0["if_chosen"] }, by: sources) ?? [])
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let history = try root.field("conversation_history")
    let (requests, answers) = Self.parts(of: history.children)
    guard answers.count > 1 else { throw .noSides }
    var context: [Turn] = []
    for request in requests { context.append(try request.turn(field: "conversation_history")) }
    var sides: [Side] = []
    for answer in answers {
      sides.append(
        Side(
          turns: [try answer.turn(field: "conversation_history")],
          author: answer["model_name"]?.string, rating: answer["score"]?.numberOrSpelled))
    }
    let scores = sides.compactMap(\.rating)
    return PreferenceRow(
      context: context, sides: sides,
      label: scores.count == sides.count ? PreferenceLabel(qualities: scores) : .none,
      fileID: root["conversation_id"]?.string,
      annotator: root["user_id"]?.string, group: root["conversation_type"]?.string)
  }

  /// The messages before the first answer, and the answers up to the next message of another role.
  private static func parts(
    of messages: [JSONView]
  ) -> (requests: [JSONView], answers: [JSONView]) {
    func isAnswer(_ message: JSONView) -> Bool {
      message["role"]?.string.map { Role(named: $0) } == .assistant
    }
    let requests = messages.prefix { !isAnswer($0) }
    let answers = messages.dropFirst(requests.count).prefix(while: isAnswer)
    return (Array(requests), Array(answers))
  }
}
