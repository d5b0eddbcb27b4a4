/// A row whose fields the person has named.
///
/// Prompt and sides may each be a text, one message or a list of messages; without a prompt field
/// the shared beginning of the sides is the context.
struct MappedFields: RowFormat {
  let prompt: FieldPath?
  let chosen: FieldPath
  let rejected: FieldPath

  let name = "mapped"
  var summary: String {
    let prompt = prompt.map { "prompt from \($0), " } ?? ""
    return "\(prompt)chosen from \(chosen), rejected from \(rejected)"
  }

  func recognises(_ root: JSONView) -> Bool {
    if case .success = row(from: root) { true } else { false }
  }

  func row(from root: JSONView) -> Result<PreferenceRow, RowProblem.Reason> {
    Result { () throws(RowProblem.Reason) in try read(root) }
  }

  func edits(preferring better: Int, to worse: Int, in root: JSONView) -> [LabelEdit]? {
    guard better == 1 else { return [] }
    guard let chosen = root[path: chosen], let rejected = root[path: rejected] else { return nil }
    return SideColumns(of: root).swapEdits(exchanging: chosen.span, rejected.span)
  }

  private func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    guard root.kind == .object else { throw .notAnObject }
    let chosenField = try root.value(at: self.chosen)
    let rejectedField = try root.value(at: self.rejected)
    guard !chosenField.span.overlaps(rejectedField.span) else { throw .noSides }
    if prompt == nil, let chosen = chosenField.utf8, let rejected = rejectedField.utf8 {
      return try implicitRow(chosen, rejected, root)
    }
    let chosen = try chosenField.turns(field: self.chosen.description, speaker: .assistant)
    let rejected = try rejectedField.turns(
      field: self.rejected.description, speaker: .assistant)
    guard let path = prompt else {
      let shared = Conversations.sharedTurnCount(chosen, rejected)
      return PreferenceRow(
        context: Array(chosen.prefix(shared)), chosen: Array(chosen.dropFirst(shared)),
        rejected: Array(rejected.dropFirst(shared)), columnsOf: root)
    }
    let context = try root.value(at: path).turns(
      field: path.description, speaker: .user)
    return PreferenceRow(context: context, chosen: chosen, rejected: rejected, columnsOf: root)
  }

  private func implicitRow(
    _ chosen: ArraySlice<UInt8>, _ rejected: ArraySlice<UInt8>, _ root: JSONView
  ) throws(RowProblem.Reason) -> PreferenceRow {
    if Transcript.isTranscript(chosen), Transcript.isTranscript(rejected) {
      let parts = Transcript.split(chosen, rejected)
      return PreferenceRow(
        context: parts.context, chosen: parts.first, rejected: parts.second, columnsOf: root)
    }
    let cut = SharedPrefix.cut(chosen, rejected)
    let context = String(decoding: chosen.prefix(cut), as: UTF8.self)
    return PreferenceRow(
      context: context.isEmpty ? [] : [Turn(.user, context)],
      chosen: [Turn(.assistant, String(decoding: chosen.dropFirst(cut), as: UTF8.self))],
      rejected: [Turn(.assistant, String(decoding: rejected.dropFirst(cut), as: UTF8.self))],
      columnsOf: root)
  }
}

extension JSONView {
  /// The value at the end of `path`, on which no object may hold a step's key twice.
  fileprivate func value(at path: FieldPath) throws(RowProblem.Reason) -> JSONView {
    guard let value = self[path: path] else { throw .missingField(path.description) }
    guard isUnique(path) else { throw .duplicateField(path.description) }
    return value
  }
}
