import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print how far the review is and what it would change.",
    discussion: """
      EXAMPLES
        demur stats train.jsonl
        demur stats train.jsonl --json | jq .decisions
      """)

  @OptionGroup var options: FileOptions
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let opening = try OpenedReview(reading: options)
    let plan = CleaningPlan(
      index: opening.opened.index, ledger: opening.ledger, annotator: options.annotator,
      scope: .all, ties: .drop
    ) { opening.opened.dataset.row(at: $0) }
    var output = StandardOutput()
    if json {
      try output.line(report(opening, plan).prettyText)
    } else {
      for line in lines(opening, plan) { try output.line(line) }
    }
    try output.flush()
  }

  private func report(_ opening: OpenedReview, _ plan: CleaningPlan) -> JSONValue {
    let (index, ledger) = (opening.opened.index, opening.ledger)
    return [
      "rows": .integer(index.rowCount), "pairs": .integer(index.pairCount),
      "problems": .integer(index.problems.count),
      "decisions": .object(
        Outcome.allCases.map { .init($0.rawValue, .integer(plan.outcomeCounts[$0] ?? 0)) }),
      "undecided": .integer(plan.undecidedCount), "conflicts": .integer(plan.conflictCount),
      "lost": .integer(plan.lostCount), "steps": .integer(Int(ledger.lastSequence)),
      "annotators": .array(
        ledger.annotators.map { name in
          [
            "name": .string(name.text), "undo": .integer(ledger.undoCount(of: name)),
            "redo": .integer(ledger.redoCount(of: name)),
          ]
        }),
      "noise": ["measured": false, "reason": "no random audit has been made"],
    ]
  }

  private func lines(_ opening: OpenedReview, _ plan: CleaningPlan) -> [String] {
    let (index, ledger) = (opening.opened.index, opening.ledger)
    let decided = index.rowCount - plan.undecidedCount
    var lines = [
      "\(Numbers.count(index.rowCount, "row")), \(Numbers.count(index.pairCount, "pair")), "
        + Numbers.count(index.problems.count, "problem"),
      "decided    \(Numbers.grouped(decided)), undecided \(Numbers.grouped(plan.undecidedCount))",
    ]
    for outcome in Outcome.allCases {
      if let count = plan.outcomeCounts[outcome] {
        lines.append("\(Table.cell(outcome.rawValue, 9))  \(Numbers.grouped(count))")
      }
    }
    if plan.conflictCount > 0 {
      lines.append("conflicts  \(Numbers.count(plan.conflictCount, "row")): annotators disagree")
    }
    if plan.lostCount > 0 {
      lines.append("lost       \(Numbers.count(plan.lostCount, "decision")): their row has gone")
    }
    for name in ledger.annotators {
      lines.append(
        "annotator  \(Table.line(name.text)): \(Numbers.count(ledger.undoCount(of: name), "step"))"
          + " to undo, \(Numbers.grouped(ledger.redoCount(of: name))) to redo")
    }
    lines.append("noise      not measured: only a random audit can measure it")
    return lines
  }
}
