/// TRL's preference format without a prompt column: both texts begin with the same prompt (TRL,
/// dataset formats: "standard, implicit prompt").
struct TRLStandardImplicit: NamedSidesFormat {
  let name = "trl-standard-implicit"
  let summary = "TRL: chosen and rejected as text, the prompt inside both"

  func recognises(_ root: JSONView) -> Bool {
    guard root.hasImplicitPrompt, let chosen = root["chosen"]?.utf8,
      let rejected = root["rejected"]?.utf8
    else { return false }
    return !(Transcript.isTranscript(chosen) && Transcript.isTranscript(rejected))
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let chosen = try root.text("chosen")
    let rejected = try root.text("rejected")
    let cut = SharedPrefix.cut(chosen, rejected)
    let context = String(decoding: chosen.prefix(cut), as: UTF8.self)
    return PreferenceRow(
      context: context.isEmpty ? [] : [Turn(.user, context)],
      chosen: [Turn(.assistant, String(decoding: chosen.dropFirst(cut), as: UTF8.self))],
      rejected: [Turn(.assistant, String(decoding: rejected.dropFirst(cut), as: UTF8.self))],
      columnsOf: root)
  }
}
