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
  @OptionGroup(title: "The best rows") var best: BestOptions
  @Option(
    help: ArgumentHelp(
      "Write two files, OUT.train and OUT.validation before OUT's ending, with about this share of the "
        + "prompts in the second.", valueName: "share"))
  var split: Double?
  @Option(
    help: ArgumentHelp(
      "Decides which prompts --split puts where and what --resample repeats; the same seed gives the "
        + "same bytes. 0 if not given."))
  var seed: UInt64?
  @OptionGroup(title: "Repeated rows") var repeating: ResampleOptions

  func validate() throws {
    if let maxLength, maxLength < 1 {
      throw ValidationError("--max-length \(maxLength) leaves no row: it is a number from 1")
    }
    if let split, !(split > 0 && split < 1) {
      throw ValidationError("--split \(split) is no share between 0 and 1")
    }
    if seed != nil, split == nil, !repeating.resample {
      throw ValidationError("--seed decides what --split and --resample do, and neither is given")
    }
  }

  /// Whether they narrow what is written at all.
  var narrows: Bool {
    maxLength != nil || without != nil || split != nil || best.isAsked || repeating.resample
  }

  /// A file to write.
  struct Part {
    var path: String
    /// The only rows that go into it; nil for no bound.
    var selection: RowSelection?
    /// Which part of a split it is.
    var part: PromptSplit.Part?

    /// What the rules have left out of it, line by line.
    var lines: [String] { selection?.lines ?? [] }
  }

  /// The files to write, none of them empty.
  ///
  /// - Parameters:
  ///   - found: The rows that a query found; nil for all.
  ///   - opening: The data set and its review.
  ///   - plan: What the decisions do to `found`.
  ///   - options: Where the data set is.
  ///   - output: Where its rows go.
  /// - Returns: One file, or those of a split.
  /// - Throws: A `Failure` where a file would be empty.
  func parts(
    of found: RowSelection?, in opening: OpenedReview, under plan: CleaningPlan,
    options: FileOptions, output: String
  ) throws -> [Part] {
    guard narrows else { return [Part(path: output, selection: found)] }
    let dataset = opening.opened.dataset
    var selection = found ?? RowSelection(rows: Set(0..<dataset.rowCount))
    if let maxLength { selection.bound(lengthTo: maxLength, in: dataset) }
    if let without { try leaveOut(without, of: dataset, options, in: &selection) }
    if best.isAsked {
      try best.narrow(&selection, in: opening.opened, under: plan, options: options)
    }
    guard !selection.rows.isEmpty else {
      for line in selection.lines { StandardError.line(line) }
      throw Failure(.no, what: "no row remains, so there is nothing to write")
    }
    let weights =
      repeating.resample
      ? try repeating.weights(in: opening.opened, under: opening.ledger, options: options) : nil
    guard let split else {
      if let weights { selection.resample(by: weights, seed: seed ?? 0, under: plan) }
      return [Part(path: output, selection: selection)]
    }
    let promptSplit = PromptSplit(validationShare: split, seed: seed ?? 0)
    return try PromptSplit.Part.allCases.map { part in
      var selection = selection
      selection.bound(to: part, of: promptSplit, in: dataset)
      guard !selection.rows.isEmpty else {
        throw Failure(
          .no, what: "no prompt falls to the \(part.rawValue) part, so nothing is written",
          remedy: "choose another --split or --seed")
      }
      // What is measured on the validation part is measured on rows as they are.
      if let weights, part == .train {
        selection.resample(by: weights, seed: seed ?? 0, under: plan)
      }
      return Part(path: part.path(beside: output), selection: selection, part: part)
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
  var lines: [String] {
    bounds.flatMap { bound in
      let count = Numbers.count(bound.leftOutCount, "row")
      return switch bound.rule {
      case .length(let limit): ["left out as longer than \(Numbers.grouped(limit)): \(count)"]
      case .apart(let name, _): ["left out as standing in \(Table.line(name)): \(count)"]
      case .part(let part, _): ["\(part.rawValue) part: \(count) left to the other"]
      case .best(let best):
        ["left out as not among the best by \(best.name): \(count)"] + best.lines
      case .resampled(let weight, _):
        ["left out by their weight (\(Table.line(weight))): \(count)", ResampleOptions.sentence]
      }
    }
  }
}

extension RowBound.Best {
  /// `fifa, the best 500, at least 100 of each source`.
  fileprivate var name: String {
    let top = limit.map { ", the best \(Numbers.grouped($0))" } ?? ""
    guard let quota else { return signal.rawValue + top }
    let amount =
      switch quota.amount {
      case .rows(let rows): Numbers.grouped(rows)
      case .share(let share): "\(Numbers.fixed(share * 100, decimals: 1))%"
      }
    return "\(signal.rawValue)\(top), at least \(amount) of each \(Table.line(quota.field))"
  }

  /// What could not be had.
  fileprivate var lines: [String] {
    let shown = 5
    var lines = shortages.prefix(shown).map { group in
      let value = group.group.map(Table.line) ?? "(no value)"
      return "only \(Numbers.count(group.found, "row")) of \(group.wanted) with \(value)"
    }
    if shortages.count > shown {
      lines.append("and \(shortages.count - shown) more values are short: see the manifest")
    }
    if unscoredCount > 0 {
      lines.append("\(Numbers.count(unscoredCount, "row")) without \(signal.rawValue) among them")
    }
    return lines
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
