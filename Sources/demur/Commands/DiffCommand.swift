import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData

struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say what became of the rows of OLD in NEW, and which decisions lost their row.",
    discussion: """
      Rows are the same when the prompt and the two responses are, whatever their
      order. OLD's review is read, and nothing is changed. --fields and the like are
      for both data sets; where one alone needs them, keep them with it first (demur
      check FILE --fields ... --save-mapping).

      Exit status: 0, or with --exit-code 1 where anything differs.

      EXAMPLES
        demur diff train.jsonl train.clean.jsonl
        demur diff v1.jsonl v2.jsonl.gz --by task
        demur diff v1.jsonl v2.jsonl.gz --json | jq '.flipped[].new'
      """)

  @OptionGroup var options: FileOptions
  @Argument(help: "The data set to compare it with.", completion: .file()) var new: String
  @Option(
    help: ArgumentHelp(
      "Count by the value of this field, instead of the source, domain, task, category or subset "
        + "that the rows name.", valueName: "field"), completion: .custom(CompletionWords.fields))
  var by: FieldPath?
  @Flag(help: "Print one JSON object that names every row.") var json = false
  @Flag(help: "Exit with 1 where anything differs.") var exitCode = false

  func run() throws {
    let old = try OpenedReview(reading: options)
    var newOptions = options
    newOptions.file = new
    let opened = try newOptions.openIndexed()
    let oldRows = try compared(old.opened, "comparing \(options.file)")
    let newRows = try compared(opened, "comparing \(new)")
    let found = DatasetDifference(from: oldRows, to: newRows)
    let report = DifferenceReport(
      difference: found, old: old.opened, new: opened, oldRows: oldRows, newRows: newRows,
      decisions: old.ledger.decidedRows.map { ($0, old.ledger.standing(on: $0).count) })
    var output = StandardOutput()
    if json {
      try output.line(report.json.prettyText)
    } else {
      for line in report.lines { try output.line(line) }
    }
    try output.flush()
    if exitCode, !found.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
  }

  private func compared(_ opened: IndexedDataset, _ stage: String) throws -> [ComparedRow] {
    var line = ProgressLine()
    defer { line.clear() }
    let dataset = opened.dataset
    return try (0..<dataset.rowCount).map { position in
      if position.isMultiple(of: 1024) {
        line.show(stage, share: Double(position) / Double(dataset.rowCount))
      }
      do throws(DatasetReadError) {
        let bytes = try dataset.rowBytes(position)
        var row = ComparedRow(dataset.row(at: position), record: StableHash(bytes: bytes.span))
        if let by, case .success(let document) = dataset.document(position) {
          row.content?.group = ScoreKey.field(by).text(in: document.root)
        }
        return row
      } catch {
        throw Failure(error, file: dataset.name)
      }
    }
  }
}
