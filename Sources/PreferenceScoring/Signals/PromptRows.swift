extension SignalEvidence {
  /// The design rows that have a label, by prompt and within it rising, and where each prompt's rows
  /// stand. A label that a decision has left out is no witness.
  ///
  /// - Complexity: O(n log n).
  func rowsByPrompt() -> (rows: [Int], prompts: [Range<Int>]) {
    let labelled = keys.indices.filter { design.sign(of: $0) != 0 }
    let rows = labelled.sorted { (keys[$0].prompt, $0) < (keys[$1].prompt, $1) }
    var prompts: [Range<Int>] = []
    rows.forEachRun(by: { keys[$0].prompt }, { prompts.append($0.indices) })
    return (rows, prompts)
  }
}
