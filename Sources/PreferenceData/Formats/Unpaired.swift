/// One response and whether it is good, as KTO and BCO train on (TRL, dataset formats: "unpaired
/// preference"; LLaMA-Factory's `kto_tag`). Rows have one side, and nothing to compare it with.
struct Unpaired: RowFormat {
  let name = "unpaired"
  let summary = "KTO: one response and whether it is good"

  private static let labels = ["label", "kto_tag"]
  private static let responses = ["completion", "response", "output", "answer"]

  func recognises(_ root: JSONView) -> Bool {
    guard Self.labels.contains(where: { root[$0]?.bool != nil }), root["chosen"] == nil,
      root["rejected"] == nil
    else { return false }
    if case .success = row(from: root) { return true }
    return false
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  /// A single response is better than nothing else.
  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? { nil }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root.kind == .object else { throw .notAnObject }
    var label = PreferenceLabel.none
    if let name = Self.labels.first(where: { root[$0] != nil }), let value = root[name],
      !value.isNull
    {
      guard root.count(of: name) == 1 else { throw .duplicateField(name) }
      guard let isGood = value.bool else {
        throw .wrongType(field: name, expected: "true or false")
      }
      label = isGood ? .desirable : .undesirable
    }
    let responses = Self.responses.filter { root[$0].map { !$0.isNull } ?? false }
    guard responses.count <= 1 else { throw .duplicateField(responses[1]) }
    let context = ContextFields(
      among: root.children.filter { !$0.isNull }.map(\.key), except: responses)
    guard case .turns(var turns) = try context.content(in: root) else {
      throw .wrongType(field: context.fields[0].description, expected: "text or messages")
    }
    var side: [Turn]
    if let name = responses.first {
      side = try root.field(name).turns(field: name, speaker: .assistant)
      if side.count > turns.count, side.starts(with: turns) { side.removeFirst(turns.count) }
    } else {
      // The conversation ends with the response.
      let count = turns.reversed().prefix { $0.role != .user && $0.role != .system }.count
      guard count > 0 else { throw .noSides }
      side = Array(turns.suffix(count))
      turns.removeLast(count)
    }
    let system = RowColumns.systemTurns(in: root)
    return PreferenceRow(
      context: turns.starts(with: system) ? turns : system + turns, sides: [Side(turns: side)],
      label: label, fileID: RowColumns.identifier(in: root),
      annotator: RowColumns.annotator(in: root), group: RowColumns.group(in: root))
  }
}
