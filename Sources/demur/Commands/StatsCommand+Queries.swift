import ArgumentParser
import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring

extension StatsCommand {
  /// How far the review of the rows is that `text` finds. Nothing is estimated: the audit's rows are
  /// random in the whole file, not among these.
  func printStats(ofRowsFoundBy text: String) throws {
    let asked = try Query(argument: text)
    let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
    let found = try opening.answer(asked, with: scanOptions, options: options).positions
    let isFound = Set(found)
    let decided = opening.opened.reviewedRows(under: opening.ledger, seed: try opening.seed())
      .filter { $0.annotator == opening.review.annotator && isFound.contains($0.position) }
    let outcomes = Outcome.allCases.compactMap { outcome -> (outcome: Outcome, count: Int)? in
      let count = decided.count { $0.outcome == outcome }
      return count == 0 ? nil : (outcome, count)
    }
    let given = decided.compactMap(\.standing.decision.reason)
    let reasons = Set(given).sorted().map { name in
      (name: name, count: given.count { $0 == name })
    }
    let undecided = found.count - decided.count
    let rowCount = opening.opened.index.rowCount
    var output = StandardOutput()
    if json {
      let report: JSONValue = [
        "query": .string(text), "rows": .integer(rowCount), "found": .integer(found.count),
        "decisions": .object(outcomes.map { .init($0.outcome.rawValue, .integer($0.count)) }),
        "undecided": .integer(undecided),
        "reasons": .object(reasons.map { .init($0.name, .integer($0.count)) }),
      ]
      try output.line(report.prettyText)
    } else {
      try output.line(
        "found      \(Numbers.grouped(found.count)) of \(Numbers.count(rowCount, "row"))")
      try output.line(
        "decided    \(Numbers.grouped(decided.count)), undecided \(Numbers.grouped(undecided))")
      for (outcome, count) in outcomes {
        try output.line("\(Table.cell(outcome.rawValue, 9))  \(Numbers.grouped(count))")
      }
      for (name, count) in reasons {
        try output.line("reason     \(Table.line(name)) \(Numbers.grouped(count))")
      }
    }
    try output.flush()
    if found.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
  }
}
