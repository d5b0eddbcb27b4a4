/// TRL's preference format with a prompt column, all three as text (TRL, dataset formats:
/// "standard, explicit prompt").
struct TRLStandardExplicit: NamedSidesFormat {
  let name = "trl-standard-explicit"
  let summary = "TRL: prompt, chosen and rejected as text"

  func recognises(_ root: JSONView) -> Bool {
    root["prompt"]?.kind == .string && root["chosen"]?.kind == .string
      && root["rejected"]?.kind == .string
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    try PreferenceRow(
      prompt: root.text("prompt"), chosen: root.text("chosen"), rejected: root.text("rejected"),
      columnsOf: root)
  }
}

extension PreferenceRow {
  /// The row of a prompt and two answers that are all text.
  init(
    prompt: ArraySlice<UInt8>, chosen: ArraySlice<UInt8>, rejected: ArraySlice<UInt8>,
    columnsOf root: JSONView
  ) {
    var (chosen, rejected) = (chosen, rejected)
    // Some files repeat the prompt at the beginning of both sides.
    if !prompt.isEmpty, chosen.starts(with: prompt), rejected.starts(with: prompt) {
      chosen = chosen.dropFirst(prompt.count)
      rejected = rejected.dropFirst(prompt.count)
    }
    self.init(
      context: Transcript.isTranscript(prompt)
        ? Transcript.turns(in: prompt) : [Turn(.user, String(decoding: prompt, as: UTF8.self))],
      chosen: [Turn(.assistant, String(decoding: chosen, as: UTF8.self))],
      rejected: [Turn(.assistant, String(decoding: rejected, as: UTF8.self))], columnsOf: root)
  }
}
