import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what a file is, and which of its rows cannot be read.",
    discussion: """
      Exit status: 0 clean, 1 with problems, 3 nothing readable.

      EXAMPLES
        demur check train.jsonl
        demur check train.jsonl --json | jq .problems
      """)

  @OptionGroup var options: FileOptions
  @Flag(help: "Print one JSON object with all problems.") var json = false

  /// How many problems are listed before they are summed up.
  private static let listed = 20

  func run() throws {
    let opened = try options.openIndexed()
    var output = StandardOutput()
    if json {
      try output.line(report(opened).prettyText)
    } else {
      for line in lines(opened) { try output.line(line) }
    }
    try output.flush()
    if !opened.index.problems.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
  }

  /// How many rows show each finding, of those that are no defects.
  private func findings(_ opened: IndexedDataset) -> [(finding: RowFinding, count: Int)] {
    let found = RowFindings.found(in: opened.dataset)
    return RowFinding.allCases.filter { $0 != .identicalSides && $0 != .emptySide }.map { finding in
      (finding, found.count { $0.contains(RowFindings(finding)) })
    }
  }

  private func report(_ opened: IndexedDataset) -> JSONValue {
    let (dataset, index) = (opened.dataset, opened.index)
    return [
      "container": .string(dataset.containerSummary),
      "files": .array(
        dataset.files.map { file in
          [
            "name": .string(file.name), "container": .string(file.container.description),
            "rows": .integer(file.rowCount),
          ]
        }),
      "format": .string(dataset.format.name),
      "fitting": .integer(dataset.detection.fitting),
      "sampled": .integer(dataset.detection.sampled),
      "rows": .integer(index.rowCount), "pairs": .integer(index.pairCount),
      "defects": .object(
        RowDefect.allCases.map { .init($0.name, .integer(index.defectCounts[$0] ?? 0)) }),
      "findings": .object(
        findings(opened).map { .init($0.finding.rawValue, .integer($0.count)) }),
      "copies": .integer(index.copyCount),
      "repeated_pairs": .integer(index.voteGroups.count),
      "contradictory_pairs": .integer(index.voteGroups.count { $0.isContradictory }),
      "problems": .array(
        index.problems.map { problem in
          [
            "row": .integer(problem.row), "file": JSONValue(problem.file) { .string($0) },
            "line": JSONValue(problem.line) { .integer($0) },
            "column": JSONValue(problem.column) { .integer($0) },
            "reason": .string(problem.text),
          ]
        }),
    ]
  }

  private func lines(_ opened: IndexedDataset) -> [String] {
    let (dataset, index) = (opened.dataset, opened.index)
    var lines = [
      "file       \(Table.line(dataset.name))", "container  \(dataset.containerSummary)",
      "format     \(Table.line(dataset.formatSummary))",
      "rows       \(Numbers.grouped(index.rowCount))",
      "pairs      \(Numbers.grouped(index.pairCount))",
      "problems   \(Numbers.grouped(index.problems.count))",
    ]
    for defect in RowDefect.allCases {
      if let count = index.defectCounts[defect] {
        lines.append("defect     \(Numbers.count(count, "row")): \(Phrases.defect(defect))")
      }
    }
    for (finding, count) in findings(opened) where count > 0 {
      lines.append("found      \(Numbers.count(count, "row")): \(finding.phrase)")
    }
    if index.copyCount > 0 {
      let groups = index.voteGroups
      lines.append(
        "copies     \(Numbers.count(index.copyCount, "row")) of a pair seen before; of the "
          + "\(Numbers.count(groups.count, "pair")) with several rows, "
          + "\(Numbers.grouped(groups.count { $0.isContradictory })) with labels for either side")
    }
    lines += index.problems.prefix(Self.listed).map { "problem    \(Table.line($0.text))" }
    let rest = index.problems.count - Self.listed
    if rest > 0 { lines.append("problem    and \(Numbers.grouped(rest)) more: see --json") }
    return lines
  }
}

extension RowDefect {
  /// The defect's name in reports for scripts.
  var name: String {
    switch self {
    case .identicalSides: "identical_sides"
    case .emptySide: "empty_side"
    case .unlabelled: "unlabelled"
    case .tied: "tied"
    }
  }
}
