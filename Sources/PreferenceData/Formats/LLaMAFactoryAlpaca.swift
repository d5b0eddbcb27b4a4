/// LLaMA-Factory's alpaca layout for preference data: an instruction, what it is about, and earlier
/// rounds as pairs of text (LLaMA-Factory, data/README).
struct LLaMAFactoryAlpaca: NamedSidesFormat {
  let name = "llamafactory-alpaca"
  let summary = "LLaMA-Factory alpaca: instruction and input, chosen and rejected as text"

  func recognises(_ root: JSONView) -> Bool {
    let columns = root.contextColumns
    return columns.first == "instruction"
      && columns.allSatisfy { ["instruction", "input", "history"].contains($0) }
      && root["instruction"]?.kind == .string && root["chosen"]?.kind == .string
      && root["rejected"]?.kind == .string
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    var request = String(decoding: try root.text("instruction"), as: UTF8.self)
    if let input = root["input"], !input.isNull {
      let text = String(decoding: try root.text("input"), as: UTF8.self)
      if !text.isEmpty { request += "\n" + text }
    }
    return PreferenceRow(
      context: try earlierTurns(root) + [Turn(.user, request)],
      chosen: [Turn(.assistant, String(decoding: try root.text("chosen"), as: UTF8.self))],
      rejected: [Turn(.assistant, String(decoding: try root.text("rejected"), as: UTF8.self))],
      columnsOf: root)
  }

  private func earlierTurns(_ root: JSONView) throws(RowProblem.Reason) -> [Turn] {
    guard let history = root["history"], !history.isNull else { return [] }
    return try Self.turns(of: history, field: "history")
  }

  /// The turns of earlier rounds, each a list of what the user and the assistant said.
  static func turns(of history: JSONView, field: String) throws(RowProblem.Reason) -> [Turn] {
    let problem = RowProblem.Reason.wrongType(field: field, expected: "list of pairs of text")
    guard history.kind == .array else { throw problem }
    var turns: [Turn] = []
    for round in history.children {
      let texts = round.children.compactMap(\.string)
      guard texts.count == 2, round.children.count == 2 else { throw problem }
      turns += [Turn(.user, texts[0]), Turn(.assistant, texts[1])]
    }
    return turns
  }
}
