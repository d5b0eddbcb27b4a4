import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the cleaned data set.",
    discussion: """
      Rows nobody changed are copied byte for byte; in a swapped row only its
      label-bearing values change places. Ties, both-bad and dropped rows are left
      out, skipped ones stay as they were. Beside OUT stand OUT.review.jsonl and
      OUT.manifest.json.

      With --format every row becomes a row of that form. Roles, system prompts,
      tools, blocks and pictures go with it where the form can hold them; a row that
      it cannot hold is left out and counted with the reason. Every object written
      is read again and must say what the row says. Columns beside the pair stay
      behind unless --add asks for them. Forms:

      \(Self.forms)

      OUT is compressed as its name says (.gz, .zst, .xz). A conversion is written
      as JSON lines, or as the ending of OUT says: .json, .parquet, .csv, .tsv
      (these three by DuckDB). A folder becomes a new folder of files with the same
      names; where OUT is the name of a data file, all rows go into that one. A
      Parquet file stays one where OUT ends in .parquet, and becomes JSON lines
      elsewhere.

      --rows, --max-length, --without, --top with --quota, and --split narrow what
      is written, in this order; each row left out is counted with the rule that did
      it. With --split no prompt is in both parts. --resample then repeats rows by
      their weight, of a split those for training.

      EXAMPLES
        demur export train.jsonl -o clean.jsonl
        demur export train.jsonl -o clean.jsonl.gz --ties keep
        demur export train.jsonl -o clean.jsonl --dry-run
        demur export train.csv -o clean.jsonl --format trl --add margin,provenance
        demur export train.jsonl -o clean.jsonl --max-length 8000 --split 0.1
        demur export train.jsonl -o clean.jsonl --without eval.jsonl
        demur export train.jsonl -o best.jsonl --top 5000 --quota source=10% --card
      """)

  @OptionGroup var options: FileOptions
  @Option(
    name: .shortAndLong, help: ArgumentHelp("Where to write.", valueName: "out"),
    completion: .file())
  var output: String
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Which rows: all, reviewed (those kept, swapped, or a tie that is kept), or those that a query "
        + "finds.", valueName: "all|reviewed|query"))
  var rows = "all"
  @Option(
    help: "What becomes of ties: drop, keep, or (with --format) both: one row in each order.")
  var ties: CleaningPlan.Ties = .drop
  @Option(
    help: ArgumentHelp(
      "The form of the rows: same (as they are), or one of those above.", valueName: "form"),
    completion: .list([ExportForm.sameName] + TargetFormats.all.map(\.name)))
  var format = ExportForm.sameName
  @Option(
    help: ArgumentHelp(
      "Columns to add to every row, with commas between: "
        + AddedColumn.allCases.map(\.name).joined(separator: ", ")
        + ". Null where nothing is known.", valueName: "columns"))
  var add: AddedColumns = AddedColumns([])
  @OptionGroup(title: "Parts of the data set") var subset: SubsetOptions
  @Flag(
    help: ArgumentHelp(
      "Write a data-set card, README.md beside OUT: what was reviewed, by whom, their agreement, the "
        + "measured noise and the settings. One that a person wrote is never replaced."))
  var card = false
  @Flag(help: "Say what would be written, and write nothing.") var dryRun = false

  /// The forms with a word on each, a line a form.
  private static var forms: String {
    let width = TargetFormats.all.map(\.name.count).max() ?? 0
    return TargetFormats.all.map { form in
      "  " + form.name + String(repeating: " ", count: width + 2 - form.name.count) + form.summary
    }.joined(separator: "\n")
  }

  func validate() throws {
    let known = [ExportForm.sameName] + TargetFormats.all.map(\.name)
    guard known.contains(format) else {
      throw ValidationError(
        "--format \(format) is none of the forms: \(known.joined(separator: ", "))")
    }
    guard format != ExportForm.sameName || ties != .both else {
      throw ValidationError(
        "--ties both writes a row in each order, which takes a --format: rows that stay as they "
          + "are have one order")
    }
  }

  func run() throws {
    let dataset = try options.open()
    let (review, ledger) = try OpenedReview.reading(options, of: dataset)
    guard asksForRows || !ledger.decidedRows.isEmpty else {
      let all = SubsetOptions.Part(path: output)
      return try write([all], of: dataset, ledger, nil) { _ in
        Cleaning(copying: dataset, annotator: options.annotator, ties: ties)
      }
    }
    let opening = try OpenedReview(indexing: dataset, review, ledger, options: options)
    let figures = try figures(in: opening)
    let form = ExportForm(
      target: TargetFormats.all.first { $0.name == format }, additions: add.columns,
      remainingNoise: figures?.undecidedNoise, tools: options.readSettings)
    let rows = ExportedRows(rows)
    func cleaning(_ selection: RowSelection?) -> Cleaning {
      Cleaning(
        of: opening.opened, ledger: opening.ledger, annotator: options.annotator,
        scope: rows.scope, selection: selection, ties: ties, form: form)
    }
    let found = try rows.selection(in: opening, options)
    let parts = try subset.parts(
      of: found, in: opening, under: cleaning(found).plan, options: options, output: output)
    try write(parts, of: dataset, ledger, figures, cleaning)
  }

  /// Whether something but a decision needs to know what stands in the rows.
  private var asksForRows: Bool {
    format != ExportForm.sameName || !add.columns.isEmpty || ExportedRows(rows) != .all
      || subset.narrows
  }

  /// Writes each of `parts` and the card, or with `--dry-run` says what would be written.
  private func write(
    _ parts: [SubsetOptions.Part], of dataset: Dataset, _ ledger: ReviewLedger,
    _ figures: ReviewFigures?, _ cleaning: (RowSelection?) -> Cleaning
  ) throws {
    let isFolder = format == ExportForm.sameName && dataset.becomesFolder(at: output)
    if card, !isFolder { try checkCard() }
    var written: [ExportCard.File] = []
    for part in parts {
      for line in part.lines { StandardError.line(line) }
      guard let report = try export(cleaning(part.selection), to: part.path) else { continue }
      written.append(
        ExportCard.File(report: report, split: part.part?.rawValue, bounds: part.lines))
    }
    if dryRun { StandardError.line("dry run: nothing was written") }
    if card, !written.isEmpty { try writeCard(of: written, dataset, ledger, figures, isFolder) }
  }

  /// What the decisions come to; nil without one: then there is none to read a scan for.
  private func figures(in opening: OpenedReview) throws -> ReviewFigures? {
    guard !opening.ledger.decidedRows.isEmpty else { return nil }
    return try JudgedReview(opening, options, try ScanOptions.parse([])).figures
  }

  /// Fails before anything is written where the card could not be.
  private func checkCard() throws(Failure) {
    let card = CardFile(for: output, isFolder: false)
    do throws(ExportError) {
      guard try card.isReplaceable() else { throw .foreignCard }
    } catch {
      throw Failure(error, path: card.path)
    }
  }

  private func writeCard(
    of files: [ExportCard.File], _ dataset: Dataset, _ ledger: ReviewLedger,
    _ figures: ReviewFigures?, _ isFolder: Bool
  ) throws {
    let file = CardFile(for: files[0].report.path, isFolder: isFolder)
    do {
      let known = options.file == "-" ? nil : try Companions.card(for: options.file)
      let card = ExportCard(
        dataset: dataset, inputDigest: try dataset.contentDigest(),
        licenses: known?.licenses ?? [], ledger: ledger, figures: figures,
        rows: rows, ties: ties, isFolder: isFolder, files: files)
      try file.write(card.text, protecting: dataset.fingerprints)
    } catch let error as ExportError {
      throw Failure(error, path: file.path)
    } catch let error as DatasetReadError {
      throw Failure(error, file: options.file)
    }
    StandardError.line("wrote the card \(file.path)")
  }

  /// Writes one file, or with `--dry-run` says what would be written; then there is no report.
  private func export(_ cleaning: Cleaning, to path: String) throws -> CleaningReport? {
    var line = ProgressLine()
    defer { line.clear() }
    do {
      guard !dryRun else {
        var conversion: ConversionSummary?
        if cleaning.form.target != nil {
          conversion = try cleaning.conversionSummary { share in
            line.show("counting", share: share)
            return true
          }
          line.clear()
        }
        let lines =
          cleaning.plan.lines(writing: conversion) + cleaning.form.lines(of: conversion)
        for line in lines { StandardError.line(line) }
        return nil
      }
      let report = try cleaning.write(to: path, version: Version.current) { share in
        line.show("exporting", share: share)
        return true
      }
      line.clear()
      for line in report.lines { StandardError.line(line) }
      return report
    } catch let error as ExportError {
      throw Failure(error, path: path)
    } catch let error as DatasetReadError {
      throw Failure(error, file: options.file)
    }
  }
}

extension CleaningPlan {
  /// What an export of this plan comes to, line by line.
  var lines: [String] { lines(writing: nil) }

  /// The same; `conversion` says what the rows that are not left out come to in another form.
  func lines(writing conversion: ConversionSummary?) -> [String] {
    let counted = Outcome.allCases.compactMap { outcome in
      outcomeCounts[outcome].map { "\(outcome.rawValue) \(Numbers.grouped($0))" }
    }
    let counts = [
      (conversion?.untouched ?? untouchedCount, "untouched"),
      (conversion?.relabelled ?? swappedCount, "swapped"),
      (conversion?.inBothOrders, "in both orders"),
      (repeatsRows ? repeatCount : nil, "repeated"), (leftOutCount, "left out"),
      (conversion?.inexpressibleCount, "not of this form"),
    ].compactMap { count, what in count.map { "\(Numbers.grouped($0)) \(what)" } }
    var lines = [
      "\(Numbers.grouped(rowCount)) in, \(Numbers.grouped(conversion?.written ?? writtenCount)) "
        + "out: \(counts.joined(separator: ", "))",
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
    var lines = plan.lines(writing: conversion) + form.lines(of: conversion)
    lines.append(
      "wrote \(path) (\(Numbers.count(summary.file.byteCount, "byte"))), \(reviewPath) and "
        + manifestPath)
    if let registrationPath {
      lines.append("its entry for the trainer's dataset_info.json: \(registrationPath)")
    }
    return lines
  }
}

/// `margin,votes`: columns in the order in which they are named.
struct AddedColumns: ExpressibleByArgument {
  var columns: [AddedColumn]

  init(_ columns: [AddedColumn]) { self.columns = columns }

  init?(argument: String) {
    columns = []
    for name in argument.split(separator: ",") {
      guard let column = AddedColumn(rawValue: String(name)), !columns.contains(column) else {
        return nil
      }
      columns.append(column)
    }
  }

  var defaultValueDescription: String { columns.map(\.name).joined(separator: ",") }
}
