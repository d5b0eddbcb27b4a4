import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring

/// Which of the rows that may be written are, and into how many files.
struct SubsetOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Leave out rows whose longest side has, with its prompt, more characters than this.",
      valueName: "characters"))
  var maxLength: Int?
  @Option(
    help: ArgumentHelp(
      "Leave out rows whose prompt, or a run of 13 words of any of whose texts, stands in this file: "
        + "an evaluation file.", valueName: "file"),
    completion: .file())
  var without: String?
  @Option(
    help: ArgumentHelp(
      "Write two files, OUT.train and OUT.validation before OUT's ending, with about this share of the "
        + "prompts in the second.", valueName: "share"))
  var split: Double?
  @Option(
    help: ArgumentHelp(
      "Decides which prompts --split puts where; the same seed gives the same bytes."))
  var seed: UInt64 = 0

  func validate() throws {
    if let maxLength, maxLength < 1 {
      throw ValidationError("--max-length \(maxLength) leaves no row: it is a number from 1")
    }
    if let split, !(split > 0 && split < 1) {
      throw ValidationError("--split \(split) is no share between 0 and 1")
    }
  }

  /// A file to write.
  struct Part {
    var path: String
    /// The only rows that go into it; nil for no bound.
    var selection: RowSelection?

    /// What the rules have left out of it, line by line.
    var lines: [String] { selection?.lines ?? [] }
  }

  /// The files to write, none of them empty.
  func parts(
    of found: RowSelection?, in opened: IndexedDataset, options: FileOptions, output: String
  ) throws -> [Part] {
    guard maxLength != nil || without != nil || split != nil else {
      return [Part(path: output, selection: found)]
    }
    let dataset = opened.dataset
    var selection = found ?? RowSelection(rows: Set(0..<dataset.rowCount))
    if let maxLength { selection.bound(lengthTo: maxLength, in: dataset) }
    if let without { try leaveOut(without, of: dataset, options, in: &selection) }
    guard !selection.rows.isEmpty else {
      for line in selection.lines { StandardError.line(line) }
      throw Failure(.no, what: "no row remains, so there is nothing to write")
    }
    guard let split else { return [Part(path: output, selection: selection)] }
    let promptSplit = PromptSplit(validationShare: split, seed: seed)
    return try PromptSplit.Part.allCases.map { part in
      var selection = selection
      selection.bound(to: part, of: promptSplit, in: dataset)
      guard !selection.rows.isEmpty else {
        throw Failure(
          .no, what: "no prompt falls to the \(part.rawValue) part, so nothing is written",
          remedy: "choose another --split or --seed")
      }
      return Part(path: part.path(beside: output), selection: selection)
    }
  }

  private func leaveOut(
    _ path: String, of dataset: Dataset, _ options: FileOptions,
    in selection: inout RowSelection
  ) throws {
    let jobs = ProcessInfo.processInfo.activeProcessorCount
    let evaluation = try options.openTexts(path)
    var survey = FirstLookSurvey(
      source: dataset, against: EvaluationTexts(of: evaluation, jobs: jobs), jobs: jobs)
    var line = ProgressLine()
    defer { line.clear() }
    while !survey.advance() { line.show("comparing with the evaluation file", share: survey.share) }
    guard let overlap = survey.look?.overlap else {
      preconditionFailure("a finished look at a file to compare with has an overlap")
    }
    do throws(DatasetReadError) {
      selection.bound(
        apartFrom: overlap, ofFile: evaluation.name, sha256: try evaluation.contentDigest())
    } catch {
      throw Failure(error, file: path)
    }
  }
}

extension RowSelection {
  /// What each rule has left out, line by line.
  fileprivate var lines: [String] {
    bounds.map { bound in
      let count = Numbers.count(bound.leftOutCount, "row")
      return switch bound.rule {
      case .length(let limit): "left out as longer than \(Numbers.grouped(limit)): \(count)"
      case .apart(let name, _): "left out as standing in \(Table.line(name)): \(count)"
      case .part(let part, _): "\(part.rawValue) part: \(count) left to the other"
      }
    }
  }
}

extension PromptSplit.Part {
  /// Where this part goes if all of it went to `output`: `clean.jsonl.gz` has `clean.train.jsonl.gz`
  /// beside it, a folder `clean` the folder `clean.train`.
  func path(beside output: String) -> String {
    var stem = output[...]
    while stem.count > 1, stem.hasSuffix("/") { stem.removeLast() }
    let whole = stem
    for endings in [Self.compressions, Self.containers] {
      if let dot = stem.lastIndex(of: "."), dot != stem.startIndex,
        stem[stem.index(before: dot)] != "/",
        endings.contains(stem[stem.index(after: dot)...].lowercased())
      {
        stem = stem[..<dot]
      }
    }
    return "\(stem).\(rawValue)\(whole[stem.endIndex...])"
  }

  private static let compressions: Set = ["gz", "zst", "xz"]
  private static let containers: Set = ["jsonl", "ndjson", "json", "csv", "tsv", "parquet"]
}
