/// HH-RLHF: `chosen` and `rejected` are whole transcripts that begin alike (Bai et al. 2022,
/// arXiv:2204.05862; files of github.com/anthropics/hh-rlhf).
struct HHTranscripts: NamedSidesFormat {
  let name = "hh-transcript"
  let summary = "HH-RLHF: two whole transcripts that begin alike"

  func recognises(_ root: JSONView) -> Bool {
    guard root.hasImplicitPrompt, let chosen = root["chosen"]?.utf8,
      let rejected = root["rejected"]?.utf8
    else { return false }
    return Transcript.isTranscript(chosen) && Transcript.isTranscript(rejected)
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let parts = Transcript.split(try root.text("chosen"), try root.text("rejected"))
    guard !parts.first.isEmpty || !parts.second.isEmpty else { throw .noSides }
    return PreferenceRow(
      context: parts.context, chosen: parts.first, rejected: parts.second, columnsOf: root)
  }
}
