import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the cleaned data set.",
    discussion: """
      Rows nobody changed are copied byte for byte; in a swapped row only its label-bearing values
      change places. Ties, both-bad and dropped rows are left out, skipped ones stay as they were.
      Beside OUT stand OUT.review.jsonl and OUT.manifest.json.

      OUT is compressed as its name says (.gz, .zst, .xz). A folder becomes a new folder of files
      with the same names; where OUT is the name of a data file, all rows go into that one. A
      Parquet file stays one where OUT ends in .parquet, and becomes JSON lines elsewhere.

      EXAMPLES
        demur export train.jsonl -o clean.jsonl
        demur export train.jsonl -o clean.jsonl.gz --ties keep
        demur export train.jsonl -o clean.jsonl --dry-run
      """)

  @OptionGroup var options: FileOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write.", valueName: "out"),
    completion: .file())
  var output: String
  @Option(
    help: ArgumentHelp(
      "Which rows: all, reviewed (those kept, swapped, or a tie that is kept), or those that a query "
        + "finds.", valueName: "all|reviewed|query"))
  var rows = "all"
  @Option(help: "What becomes of ties: drop or keep.") var ties: CleaningPlan.Ties = .drop
  @Flag(help: "Say what would be written, and write nothing.") var dryRun = false

  func run() throws {
    let opening = try OpenedReview(reading: options)
    let rows = ExportedRows(rows)
    let cleaning = Cleaning(
      of: opening.opened, ledger: opening.ledger, annotator: options.annotator,
      scope: rows.scope, selection: try rows.selection(in: opening, options), ties: ties)
    guard !dryRun else {
      for line in cleaning.plan.lines { StandardError.line(line) }
      return StandardError.line("dry run: nothing was written")
    }
    var line = ProgressLine()
    defer { line.clear() }
    do {
      let report = try cleaning.write(to: output, version: Version.current) { share in
        line.show("exporting", share: share)
        return true
      }
      line.clear()
      for line in report.lines { StandardError.line(line) }
    } catch let error as ExportError {
      throw Failure(error, path: output)
    } catch let error as DatasetReadError {
      throw Failure(error, file: options.file)
    }
  }
}

extension CleaningPlan {
  /// What an export of this plan comes to, line by line.
  var lines: [String] {
    let counted = Outcome.allCases.compactMap { outcome in
      outcomeCounts[outcome].map { "\(outcome.rawValue) \(Numbers.grouped($0))" }
    }
    var lines = [
      "\(Numbers.grouped(rowCount)) in, \(Numbers.grouped(writtenCount)) out: "
        + "\(Numbers.grouped(untouchedCount)) untouched, \(Numbers.grouped(swappedCount)) swapped, "
        + "\(Numbers.grouped(leftOutCount)) left out",
      "decisions: \(counted.isEmpty ? "none" : counted.joined(separator: ", ")), "
        + "undecided \(Numbers.grouped(undecidedCount))",
    ]
    if conflictCount > 0 {
      lines.append(
        "annotators disagree on \(Numbers.count(conflictCount, "row")): left as they were "
          + "(name one annotator with --annotator)")
    }
    if unsayableCount > 0 {
      lines.append(
        "\(Numbers.count(unsayableCount, "decision")) cannot be said in this format: those rows "
          + "are left as they were")
    }
    if lostCount > 0 {
      lines.append("\(Numbers.count(lostCount, "decision")) have lost their row")
    }
    return lines
  }
}

extension CleaningReport {
  var lines: [String] {
    plan.lines + [
      "wrote \(path) (\(Numbers.count(summary.file.byteCount, "byte"))), \(reviewPath) and "
        + manifestPath
    ]
  }
}
