/// A joint preference over an instruction and its response: the sides answer different questions
/// (Bansal et al. 2024, arXiv:2404.00530; files of the DOVE project). The pair has no context, and each
/// side begins with its own question.
struct JointPreference: NamedSidesFormat {
  let name = "dove-joint"
  let summary = "DOVE: instruction and response of each side, i_ and r_"

  func sideNames(in root: JSONView) -> (chosen: String, rejected: String) {
    ("r_chosen", names(in: root).answer)
  }

  func recognises(_ root: JSONView) -> Bool {
    let rejected = names(in: root)
    return root.hasImplicitPrompt && root["chosen"] == nil
      && ["i_chosen", "r_chosen", rejected.question, rejected.answer].allSatisfy {
        root[$0]?.kind == .string
      }
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    let rejected = names(in: root)
    return PreferenceRow(
      context: [], chosen: try turns(root, "i_chosen", "r_chosen"),
      rejected: try turns(root, rejected.question, rejected.answer), columnsOf: root)
  }

  private func turns(
    _ root: JSONView, _ question: String, _ answer: String
  ) throws(RowProblem.Reason) -> [Turn] {
    [
      Turn(.user, String(decoding: try root.text(question), as: UTF8.self)),
      Turn(.assistant, String(decoding: try root.text(answer), as: UTF8.self)),
    ]
  }

  private func names(in root: JSONView) -> (question: String, answer: String) {
    root["r_rejected"] == nil ? ("i_reject", "r_reject") : ("i_rejected", "r_rejected")
  }
}
