import ArgumentParser
import CurationEngine
import PreferenceData

struct LabelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "label",
    abstract: "Decide about one row.",
    discussion: """
      EXAMPLES
        demur label train.jsonl row:17 swap --note "B answers the question"
        demur label train.jsonl 9f2c41 keep --strength 2
      """)

  @OptionGroup var options: FileOptions
  @Argument(help: "The row: its id, the beginning of its identity, or row:N from 0.") var id: String
  @Argument(help: "keep, swap, tie, both-bad, drop or skip.") var decision: Outcome
  @Option(help: "How much better: 1 better, 2 much better, 3 beyond doubt.") var strength: Int?
  @Option(help: "A remark that stays with the decision.") var note = ""
  @Option(name: .customLong("tag"), help: "A tag; may be given several times.") var tags: [String] =
    []

  func validate() throws {
    if let strength, !(1...3).contains(strength) {
      throw ValidationError("--strength takes 1, 2 or 3, got \(strength)")
    }
  }

  func run() throws {
    let opening = try OpenedReview(editing: options)
    let position = try opening.position(named: id)
    let row = try opening.pair(at: position)
    guard let rowID = opening.opened.index.ids[position],
      let verdict = Verdict(
        decision, sides: row.sides.map(\.id), preferred: row.label.preferred),
      // Where both sides are the same text, to swap them would be to keep them.
      verdict.outcome(sides: row.sides.map(\.id), preferred: row.label.preferred) == decision
    else {
      throw Failure(
        .badData, what: "row \(position) has no preference to \(decision.rawValue)",
        remedy: "decide tie, both-bad, drop or skip")
    }
    let uniqueTags = tags.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let event = try opening.append(
      .decided([
        RowDecision(
          row: rowID,
          decision: Decision(verdict, strength: strength, note: note, tags: uniqueTags),
          serving: Serving(route: .script, labelSeen: true))
      ]))
    StandardError.line("saved: row \(position) \(decision.rawValue) (step \(event.sequence))")
  }
}
