import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what a file is, what its labels look like, and which rows cannot be read.",
    discussion: """
      A first look at labels, sides, copies, contradictions, votes, models, lengths,
      scripts and encoding, in one pass. --against counts what of an evaluation file
      stands in the data set: the same prompts, the same pairs, and runs of 13 words
      in common.

      Exit status: 0 clean, 1 with problems, 3 nothing readable.

      EXAMPLES
        demur check train.jsonl
        demur check train.jsonl --json | jq .problems
        demur check train.jsonl --against eval.jsonl
      """)

  @OptionGroup var options: FileOptions
  @Option(
    help: ArgumentHelp(
      "A file that should not stand in the data set: an evaluation file.", valueName: "file"),
    completion: .file())
  var against: String?
  @Flag(help: "Print one JSON object with all of it.") var json = false

  func run() throws {
    let dataset = try options.open()
    let (look, index) = try survey(dataset)
    let card = try card()
    var output = StandardOutput()
    if json {
      try output.line(
        FirstLookReport(dataset, look, index, card: card, against: against).json.prettyText)
    } else {
      for line in lines(dataset, look, index, card) { try output.line(line) }
    }
    try output.flush()
    if !index.problems.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
  }

  private func survey(_ dataset: Dataset) throws -> (look: FirstLook, index: RowIndex) {
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    let evaluation = try against.map {
      EvaluationTexts(of: try options.openTexts($0), jobs: jobs)
    }
    var survey = FirstLookSurvey(source: dataset, against: evaluation, jobs: jobs)
    var line = ProgressLine()
    defer { line.clear() }
    while true {
      survey.advance()
      if let look = survey.look { return (look, survey.index) }
      line.show("looking", share: survey.share)
    }
  }

  /// What the card of the data set says, where one lies beside it.
  private func card() throws -> DatasetCard? {
    guard options.file != "-" else { return nil }
    do throws(DatasetReadError) {
      return try Companions.card(for: options.file)
    } catch {
      throw Failure(error, file: options.file)
    }
  }

  private func lines(
    _ dataset: Dataset, _ look: FirstLook, _ index: RowIndex, _ card: DatasetCard?
  ) -> [String] {
    func line(_ title: String, _ text: String) -> String {
      Table.cell(title, 11) + Table.line(text)
    }
    let story = FirstLookStory(
      look, index: index, container: dataset.containerSummary, format: dataset.formatSummary)
    var lines = [line("file", dataset.name)]
    lines += story.lines.map { line($0.title, $0.text) }
    if let card, !card.licenses.isEmpty {
      lines.append(line("license", card.licenses.joined(separator: ", ") + " (README.md)"))
    }
    if let card, !card.splits.isEmpty {
      let splits = card.splits.map { split in
        [split.configuration, split.name].compactMap(\.self).joined(separator: "/")
          + " in \(split.path)"
      }
      lines.append(line("splits", splits.joined(separator: ", ") + " (README.md)"))
    }
    if index.problems.count <= ProblemGroup.listed {
      lines += index.problems.map { line("problem", $0.text) }
    } else {
      lines.append(line("problem", "more than \(ProblemGroup.listed): each of them is in --json"))
    }
    return lines
  }
}
