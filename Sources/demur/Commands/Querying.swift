import ArgumentParser
import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring
import ReviewStore
import TerminalSurface

// What commands without a screen do with a query.

extension Query {
  /// The query that a person gave on the command line; else the text with a mark under the place that is
  /// wrong, and a failure that says what is.
  init(argument text: String) throws(Failure) {
    do {
      try self.init(text)
    } catch {
      let before = String(decoding: Array(text.utf8).prefix(error.offset), as: UTF8.self)
      StandardError.line("  \(Table.line(text))")
      let indent = DisplayText(glyphs: .ascii).columns(of: before)
      StandardError.line("  " + String(repeating: " ", count: indent) + "^")
      throw Failure(
        .usage, what: "the query makes no sense at byte \(error.offset + 1)", why: error.phrase)
    }
  }
}

extension OpenedReview {
  /// The rows that `query` finds; `scan` is what is known of suspicion and signals.
  func answer(
    _ query: Query, scan: ScanResult?, near: [String: [Int]] = [:], jobs: Int
  ) throws(Failure) -> QueryAnswer {
    let seed: UInt64
    do {
      seed = try review.journal.seed() ?? 0
    } catch {
      throw Failure(error, path: review.folder.path)
    }
    var subject = QuerySubject(
      source: opened, index: opened.index, scan: scan, ledger: ledger,
      annotator: review.annotator, seed: seed)
    subject.near = near
    var run = QueryRun(query, of: subject, jobs: jobs)
    var line = ProgressLine()
    while !run.advance() { line.show("looking through texts", share: run.share) }
    line.clear()
    guard let answer = run.answer else { preconditionFailure("a query that ends has an answer") }
    if answer.givenUpCount > 0 {
      StandardError.line(
        "\(Numbers.count(answer.givenUpCount, "row")) left out: there the regular expression takes "
          + "too many steps")
    }
    return answer
  }

  /// The same with a scan where the query asks for one, from the cache or run now.
  func answer(
    _ query: Query, with scanOptions: ScanOptions, options: FileOptions
  ) throws -> QueryAnswer {
    let scan =
      query.needsScan ? try scanOptions.scan(opened, options: options, showing: query.signals) : nil
    return try answer(
      query, scan: scan, near: near(query, with: scanOptions, options: options),
      jobs: scanOptions.jobs)
  }

  /// The rows near those that `query` names.
  func near(
    _ query: Query, with scanOptions: ScanOptions, options: FileOptions
  ) throws -> [String: [Int]] {
    guard !query.anchors.isEmpty else { return [:] }
    for name in query.anchors { _ = try position(named: name) }
    let (_, artefacts) = try scanOptions.scanForQuestions(
      opened, options: options, showing: query.signals)
    return opened.near(query, asking: artefacts, jobs: scanOptions.jobs)
  }
}

/// Which rows an export writes.
enum ExportedRows: Equatable {
  case all, reviewed
  case found(String)

  init(_ text: String) {
    switch text {
    case "all": self = .all
    case "reviewed": self = .reviewed
    default: self = .found(text)
    }
  }

  var scope: CleaningPlan.Scope { self == .reviewed ? .reviewed : .all }

  /// The rows that a query chooses; nil where none does.
  func selection(in opening: OpenedReview, _ options: FileOptions) throws -> RowSelection? {
    guard case .found(let text) = self else { return nil }
    let query = try Query(argument: text)
    let scanOptions = try ScanOptions.parse([])
    let answer = try opening.answer(query, with: scanOptions, options: options)
    guard !answer.positions.isEmpty else {
      let meant = Suggestion.nearest(to: text, among: ["all", "reviewed"])
      throw Failure(
        .no, what: "no row is found by \(Table.line(text)), so there is nothing to write",
        remedy: meant.map { "did you mean '--rows \($0)'?" } ?? "")
    }
    return RowSelection(name: "\(query)", rows: Set(answer.positions))
  }
}
