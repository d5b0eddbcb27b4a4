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
    let prompt = try root.text("prompt")
    var chosen = try root.text("chosen")
    var rejected = try root.text("rejected")
    // Some files repeat the prompt at the beginning of both sides.
    if !prompt.isEmpty, chosen.starts(with: prompt), rejected.starts(with: prompt) {
      chosen = chosen.dropFirst(prompt.count)
      rejected = rejected.dropFirst(prompt.count)
    }
    return PreferenceRow(
      context: Transcript.isTranscript(prompt)
        ? Transcript.turns(in: prompt) : [Turn(.user, String(decoding: prompt, as: UTF8.self))],
      chosen: [Turn(.assistant, String(decoding: chosen, as: UTF8.self))],
      rejected: [Turn(.assistant, String(decoding: rejected, as: UTF8.self))], columnsOf: root)
  }
}
