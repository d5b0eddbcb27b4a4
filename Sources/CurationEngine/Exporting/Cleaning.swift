public import DatasetFiles
import Foundation
public import PreferenceData
import ReviewStore

/// The cleaned data set that follows from a review, ready to be written.
public struct Cleaning: Sendable {
  let dataset: Dataset
  /// Its rows one by one; nil where no decision has to find its row.
  let opened: IndexedDataset?
  public let ledger: ReviewLedger
  public let annotator: AnnotatorName?
  public let plan: CleaningPlan
  let scope: CleaningPlan.Scope
  let selection: RowSelection?
  let ties: CleaningPlan.Ties
  public let form: ExportForm

  /// - Parameters:
  ///   - opened: The data set.
  ///   - ledger: The review.
  ///   - annotator: Whose decisions count; nil for all annotators, who must then agree.
  ///   - scope: Which rows are written.
  ///   - selection: The only rows that are written; nil for no such bound.
  ///   - ties: What becomes of ties; in both orders only in a conversion.
  ///   - form: In which form the rows are written.
  public init(
    of opened: IndexedDataset, ledger: ReviewLedger, annotator: AnnotatorName?,
    scope: CleaningPlan.Scope, selection: RowSelection? = nil, ties: CleaningPlan.Ties,
    form: ExportForm = .same
  ) {
    precondition(
      form.target != nil || ties != .both, "rows that stay as they are have one order")
    dataset = opened.dataset
    self.opened = opened
    self.ledger = ledger
    self.annotator = annotator
    self.scope = scope
    self.selection = selection
    self.ties = ties
    self.form = form
    plan = CleaningPlan(
      index: opened.index, ledger: ledger, annotator: annotator, scope: scope,
      selection: selection, ties: ties,
      row: { opened.dataset.row(at: $0) },
      canPrefer: { side, position in
        guard form.target != nil else { return opened.dataset.canPrefer(side, in: position) }
        guard case .success(let row) = opened.dataset.row(at: position) else { return false }
        return row.label.preferring(side, of: row.sides.count) != nil
      },
      canRank: { ranking, position in
        form.target != nil || opened.dataset.canRank(ranking.sources, in: position)
      })
  }

  /// A data set without decisions, all of it as it is: no row is read for what stands in it, so this
  /// costs little more than a copy of the file. How many rows are problems is then not known.
  ///
  /// - Parameters:
  ///   - dataset: The data set.
  ///   - annotator: Whose decisions were asked for, for the manifest.
  ///   - ties: What would become of ties, for the manifest.
  public init(copying dataset: Dataset, annotator: AnnotatorName?, ties: CleaningPlan.Ties) {
    self.dataset = dataset
    opened = nil
    ledger = ReviewLedger()
    self.annotator = annotator
    scope = .all
    selection = nil
    self.ties = ties
    form = .same
    plan = CleaningPlan(undecidedRowCount: dataset.rowCount)
  }

  /// Writes the cleaned rows to `path`, then the review to `path.review.jsonl` and the manifest to
  /// `path.manifest.json`. Each file is there whole or not at all.
  ///
  /// - Parameters:
  ///   - path: Where the cleaned data set goes; `.gz` compresses it. Never the data set itself. A
  ///     conversion is one file of JSON, also of a folder.
  ///   - version: The program's version, for the manifest.
  ///   - observe: Told the share that is done; false ends the work.
  /// - Returns: What was written.
  /// - Throws: `ExportError` or `DatasetReadError`; a file that was there before still stands.
  public func write(
    to path: String, version: String, observe: (Double) -> Bool = { _ in true }
  ) throws -> CleaningReport {
    // Its companions stand beside a folder, not in it.
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    // What is copied byte for byte has the sum of what was written, and is read but once.
    let isCopy = changesNothing && dataset.isCopied(to: path)
    let digest = isCopy ? nil : try dataset.contentDigest()
    let registrationPath = path + ".dataset_info.json"
    let summary: ExportSummary
    var conversion: ConversionSummary?
    if form.target == nil {
      summary = try copy(to: path, observe: observe)
    } else {
      let (converted, file) = try convert(to: path, observe: observe)
      conversion = converted
      summary = ExportSummary(
        asIs: converted.untouched, swapped: converted.relabelled, omitted: plan.leftOutCount,
        file: file)
      if let entry = converted.registration {
        let registration = try AtomicFile(
          path: registrationPath, protecting: dataset.fingerprints)
        try registration.write(entry.prettyText + "\n")
        _ = try registration.commit()
      }
    }
    let reviewPath = path + ".review.jsonl"
    let review = try AtomicFile(path: reviewPath, protecting: dataset.fingerprints)
    let records = DecisionLog.bytes(of: standingRecords)
    try review.write(records.span)
    _ = try review.commit()
    let report = CleaningReport(
      path: path, reviewPath: reviewPath, manifestPath: path + ".manifest.json", plan: plan,
      form: form, summary: summary, conversion: conversion,
      registrationPath: conversion?.registration == nil ? nil : registrationPath)
    let manifest = try AtomicFile(
      path: report.manifestPath, protecting: dataset.fingerprints)
    let content = self.manifest(
      of: report, inputDigest: digest ?? summary.file.sha256, version: version)
    try manifest.write(content.prettyText + "\n")
    _ = try manifest.commit()
    return report
  }

  /// Whether every row is written once, as it is.
  private var changesNothing: Bool {
    form.target == nil && form.additions.isEmpty && plan.fates.isEmpty && !plan.repeatsRows
  }

  /// Writes the rows as they are, relabelled where the review says so.
  private func copy(to path: String, observe: (Double) -> Bool) throws -> ExportSummary {
    var added: ((Int) -> [JSONValue.Member])?
    if !form.additions.isEmpty { added = { addedMembers(to: $0) } }
    var copies: ((Int) -> Int)?
    if plan.repeatsRows { copies = { plan.copyCount(of: $0) } }
    return try dataset.export(
      to: path, adding: added, copies: copies,
      observe: { observe(Double($0.rowsDone) / Double(max(1, $0.rowsTotal))) },
      disposition: { position in
        switch plan.fate(of: position) {
        case .untouched, .bothOrders: .asIs
        case .swapped: .swap
        case .preferring(let side): .prefer(side)
        case .ranked(let ranking): .rank(ranking.sources)
        case .leftOut: .omit
        }
      })
  }

  /// The decisions that stand, by row, as `apply` reads them.
  private var standingRecords: [DecisionRecord] {
    guard let opened else { return [] }
    let decided = ledger.decidedRows.map { (position: opened.index.position(of: $0), id: $0) }
    let ordered = decided.sorted {
      ($0.position ?? .max, $0.id) < ($1.position ?? .max, $1.id)
    }
    return ordered.flatMap { position, id in
      ledger.standing(on: id).map(\.annotator)
        .filter { annotator == nil || $0 == annotator }
        .flatMap { ledger.judgments(on: id, by: $0) }
        .map { opened.record(of: $0, row: id) }
    }
  }

  private func manifest(
    of report: CleaningReport, inputDigest: String, version: String
  ) -> JSONValue {
    [
      "program": "demur", "version": .string(version),
      "input": [
        "name": .string(dataset.name), "sha256": .string(inputDigest),
        "container": .string(dataset.container.description),
        "format": .string(dataset.format.name), "rows": .integer(dataset.rowCount),
        "problems": JSONValue(opened?.index.problems.count) { .integer($0) },
      ],
      "output": [
        "name": .string(URL(fileURLWithPath: report.path).lastPathComponent),
        "sha256": .string(report.summary.file.sha256),
        "bytes": .integer(report.summary.file.byteCount),
        "rows": .integer(report.conversion?.written ?? plan.writtenCount),
        "untouched": .integer(report.summary.asIs),
        "swapped": .integer(report.summary.swapped), "left_out": .integer(report.summary.omitted),
        "in_both_orders": .integer(report.conversion?.inBothOrders ?? 0),
        "repeated": .integer(plan.repeatCount),
        "format": .string(form.name),
        "columns_added": .array(form.additions.map { .string($0.name) }),
        "inexpressible": (report.conversion ?? ConversionSummary()).inexpressibleValue,
      ],
      "label_smoothing": LabelSmoothing(remainingNoise: form.remainingNoise).value,
      "decisions": .object(
        Outcome.allCases.map {
          .init($0.rawValue, .integer(plan.outcomeCounts[$0] ?? 0))
        } + [
          .init("undecided", .integer(plan.undecidedCount)),
          .init("conflict", .integer(plan.conflictCount)),
          .init("unsayable", .integer(plan.unsayableCount)),
          .init("lost", .integer(plan.lostCount)),
        ]),
      "settings": [
        "rows": .string(selection?.name ?? scope.rawValue), "ties": .string(ties.rawValue),
        "annotator": JSONValue(annotator) { .string($0.text) },
        "bounds": .array((selection?.bounds ?? []).map(\.value)),
      ],
    ]
  }
}

/// What an export wrote, and where.
public struct CleaningReport: Sendable {
  public let path: String
  public let reviewPath: String
  public let manifestPath: String
  public let plan: CleaningPlan
  public let form: ExportForm
  public let summary: ExportSummary
  /// What a conversion came to; nil where rows were written as they are.
  public let conversion: ConversionSummary?
  /// Where the entry for the trainer's list of data sets is, if it needs one.
  public let registrationPath: String?
}
