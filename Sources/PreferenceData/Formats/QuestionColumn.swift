/// A question in a column of its own and two answers, all three as text: the shape on which trainers
/// agree, under other names than TRL's.
struct QuestionColumn: NamedSidesFormat {
  let name: String
  let summary: String
  let question: String
  let chosen: String
  let rejected: String

  /// Axolotl's `argilla` (prompt strategies of its DPO trainer): an instruction and two responses.
  static let axolotlArgilla = QuestionColumn(
    name: "axolotl-argilla",
    summary: "Axolotl argilla: instruction, chosen_response and rejected_response as text",
    question: "instruction", chosen: "chosen_response", rejected: "rejected_response")

  /// Axolotl's `icr`, also the layout of distilabel's intel-orca-dpo-pairs.
  static let axolotlICR = QuestionColumn(
    name: "axolotl-icr", summary: "Axolotl icr, distilabel: input, chosen and rejected as text",
    question: "input", chosen: "chosen", rejected: "rejected")

  /// Axolotl's `intel`, the layout of Intel's orca_dpo_pairs.
  static let axolotlIntel = QuestionColumn(
    name: "axolotl-intel", summary: "Axolotl intel: question, chosen and rejected as text",
    question: "question", chosen: "chosen", rejected: "rejected")

  /// NeMo-Aligner's rows for reward models and DPO, with a reward for each response.
  static let nemoAligner = QuestionColumn(
    name: "nemo-aligner",
    summary: "NeMo-Aligner: prompt, chosen_response and rejected_response as text",
    question: "prompt", chosen: "chosen_response", rejected: "rejected_response")

  func sideNames(in root: JSONView) -> (chosen: String, rejected: String) { (chosen, rejected) }

  func recognises(_ root: JSONView) -> Bool {
    guard root.contextColumns == [question], root[question]?.kind == .string,
      root[chosen]?.kind == .string, root[rejected]?.kind == .string
    else { return false }
    return chosen == "chosen" || root["chosen"] == nil
  }

  func read(_ root: JSONView) throws(RowProblem.Reason) -> PreferenceRow {
    try PreferenceRow(
      prompt: root.text(question), chosen: root.text(chosen), rejected: root.text(rejected),
      columnsOf: root)
  }
}
