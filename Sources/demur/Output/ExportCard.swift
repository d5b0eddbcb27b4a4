import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring

/// The card of an exported data set: Markdown below the front matter that the Hugging Face Hub reads.
struct ExportCard {
  /// A file that was written, and what has narrowed it.
  struct File {
    var report: CleaningReport
    /// Nil where the data set is not split.
    var split: String?
    var bounds: [String]
  }

  let dataset: Dataset
  let inputDigest: String
  let licenses: [String]
  let ledger: ReviewLedger
  /// Nil where nobody has decided anything.
  let figures: ReviewFigures?
  let rows: String
  let ties: CleaningPlan.Ties
  let isFolder: Bool
  let files: [File]

  var text: String {
    let body = [
      ["# \(Self.inline(Self.name(of: files[0].report.path)))", "", origin], reviewed, agreement,
      noise, written, settings,
    ]
    return frontMatter + CardFile.mark + "\n\n"
      + body.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  // MARK: Front matter

  /// Strings are spelled as JSON, which is YAML.
  private var frontMatter: String {
    var lines = ["---"]
    func text(_ text: String) -> String { JSONValue.string(text).text }
    if licenses.count == 1 { lines.append("license: \(text(licenses[0]))") }
    if licenses.count > 1 { lines += ["license:"] + licenses.map { "- \(text($0))" } }
    lines += ["tags:", "- preference", "- demur", "size_categories:", "- \(sizeCategory)"]
    if !isFolder {
      lines += ["configs:", "- config_name: default", "  data_files:"]
      for file in files {
        lines += [
          "  - split: \(file.split ?? "train")",
          "    path: \(text(Self.name(of: file.report.path)))",
        ]
      }
    }
    return (lines + ["---"]).joined(separator: "\n") + "\n"
  }

  /// As the Hub's documentation of data-set cards has it.
  private var sizeCategory: String {
    let count = files.reduce(0) { $0 + Self.rowCount(of: $1.report) }
    let steps = [
      (1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
      (10_000_000, "1M<n<10M"),
    ]
    return steps.first { count < $0.0 }?.1 ?? "n>10M"
  }

  // MARK: Sections

  private var origin: String {
    "Cleaned from \(Self.inline(dataset.name)) (\(Self.inline(dataset.formatSummary)), "
      + "\(Numbers.count(dataset.rowCount, "row")), sha256 `\(inputDigest)`) with demur "
      + "\(Version.current)."
  }

  private var reviewed: [String] {
    let plan = files[0].report.plan
    var lines = ["## What was reviewed", ""]
    let counts = ledger.annotators.map { annotator in
      (
        name: annotator.text,
        count: ledger.decidedRows.count { ledger.standing(on: $0, by: annotator) != nil }
      )
    }.filter { $0.count > 0 }
    guard !counts.isEmpty else {
      return lines + ["Nothing: every label is as it was in the file."]
    }
    let decided = plan.rowCount - plan.undecidedCount
    lines.append(
      "\(Numbers.grouped(decided)) of \(Numbers.count(plan.rowCount, "row")) have a decision; the others "
        + "keep the label of the file. Who decided: "
        + counts.map { "\(Self.inline($0.name)) (\(Numbers.count($0.count, "row")))" }
        .joined(separator: ", ") + ".")
    lines += ["", "| decision | rows |", "|---|---:|"]
    lines += Outcome.allCases.compactMap { outcome in
      plan.outcomeCounts[outcome].map { "| \(outcome.rawValue) | \(Numbers.grouped($0)) |" }
    }
    if plan.conflictCount > 0 {
      lines.append("| annotators differ: left as it was | \(Numbers.grouped(plan.conflictCount)) |")
    }
    return lines
  }

  private var agreement: [String] {
    var lines = ["## Agreement", ""]
    if let figures {
      let own = Self.inline(figures.annotator.text)
      if figures.withSelf.rowCount > 0 {
        lines.append("- \(own), the same row twice: \(figures.withSelf.phrase)")
      }
      lines += figures.peers.filter { $0.agreement.rowCount > 0 }.map {
        "- \(own) and \(Self.inline($0.annotator.text)): \($0.agreement.phrase)"
      }
      if let alpha = figures.alpha {
        lines.append("- all annotators: Krippendorff's alpha \(Numbers.fixed(alpha))")
      }
    }
    return lines.count > 2 ? lines : lines + ["Not measured: no row was judged twice."]
  }

  private var noise: [String] {
    let title = ["## Wrong labels", ""]
    guard let figures, let look = figures.audit.look else {
      return title + [
        "Not measured: there is no audit of random rows. What a model suspects is no measure of it."
      ]
    }
    var lines = [
      "Before cleaning: \(look.noise.percentText) of the labels, by "
        + "\(Numbers.count(look.rowCount, "random row")) that \(Self.inline(figures.annotator.text)) "
        + "judged blind (95 % interval)."
    ]
    if let unit = figures.audit.unitPhrase { lines.append("Of rankings, \(unit).") }
    if let error = figures.reviewerError, let corrected = figures.correctedNoise {
      lines.append(
        "Corrected for the reviewer's own error (\(error.rate.percentText)): "
          + "\(corrected.percentText).")
    }
    if let left = figures.undecidedNoise {
      lines.append(
        "Among the rows that nobody decided: about \(Numbers.fixed(left * 100, decimals: 1)) %; as "
          + "`label_smoothing` of cDPO and rDPO see the manifest.")
    }
    return title + [lines.joined(separator: "\n")]
  }

  private var written: [String] {
    ["## Files", "", "| file | split | rows | sha256 |", "|---|---|---:|---|"]
      + files.map { file in
        "| \(Self.inline(Self.name(of: file.report.path))) | \(file.split ?? "all") | "
          + "\(Numbers.grouped(Self.rowCount(of: file.report))) | `\(file.report.summary.file.sha256)` |"
      }
  }

  private var settings: [String] {
    let form = files[0].report.form
    var lines = [
      "## Settings", "", "- form of the rows: `\(form.name)`", "- rows: \(Self.inline(rows))",
      "- ties: \(ties.rawValue)",
    ]
    if !form.additions.isEmpty {
      lines.append("- columns added: \(form.additions.map(\.name).joined(separator: ", "))")
    }
    for file in files {
      let part = file.split.map { "\($0): " } ?? ""
      lines += file.bounds.map { "- \(part)\(Self.inline($0))" }
    }
    return lines + [
      "",
      "All of it, for programs, in the `.manifest.json` beside each file; the decisions in the "
        + "`.review.jsonl`, which `demur apply` reads.",
    ]
  }

  private static func rowCount(of report: CleaningReport) -> Int {
    report.conversion?.written ?? report.plan.writtenCount
  }

  private static func name(of path: String) -> String {
    URL(fileURLWithPath: path).lastPathComponent
  }

  /// Foreign text in a line of Markdown: on one line, without control characters, its marks escaped.
  private static func inline(_ text: String) -> String {
    Table.line(text).reduce(into: "") { line, character in
      if "\\`*_{}[]<>#|~&".contains(character) { line.append("\\") }
      line.append(character)
    }
  }
}
