import ArgumentParser
import CurationEngine
import CurationInterface
import Foundation
import PreferenceData
import ReviewStore

struct ApplyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Take in many decisions, all or none.",
    discussion: """
      DECISIONS holds one JSON object a line, as 'demur log --jsonl' writes them: id
      or row, decision, and where wanted strength, note, tags, reason, annotator,
      at. Which two responses of a ranking are meant, better and worse say by their
      positions, as 'demur scan -o' gives them. Each annotator's decisions are one
      step, which 'demur undo' takes back.

      EXAMPLES
        demur apply train.jsonl decisions.jsonl
        demur log mine.jsonl --jsonl | demur apply theirs.jsonl -
      """)

  @OptionGroup var options: FileOptions
  @Argument(help: "The decisions; '-' reads standard input.", completion: .file())
  var decisions: String

  func run() throws {
    let records = try readRecords()
    let opening = try OpenedReview(editing: options)
    var annotators: [AnnotatorName] = []
    var steps: [AnnotatorName: [RowDecision]] = [:]
    var times: [AnnotatorName: Int64] = [:]
    for (line, record) in records where !record.isUndone {
      let annotator = record.annotator ?? opening.review.annotator
      if steps[annotator] == nil { annotators.append(annotator) }
      steps[annotator, default: []].append(try decided(record, line: line, opening))
      if let time = record.millisecondsSince1970 {
        times[annotator] = max(times[annotator] ?? .min, time)
      }
    }
    try checkRankings(annotators.map { ($0, steps[$0] ?? []) }, opening)
    let now = WallClock.millisecondsSince1970
    let events = try opening.append(
      annotators.map { .decided(steps[$0] ?? []) }, annotators: annotators,
      at: annotators.map { times[$0] ?? now })
    let count = steps.values.reduce(0) { $0 + $1.count }
    StandardError.line(
      "saved: \(Numbers.count(count, "decision")) in \(Numbers.count(events.count, "step"))")
  }

  /// Refuses decisions about pairs of a ranking that cannot all stand.
  private func checkRankings(
    _ steps: [(annotator: AnnotatorName, decisions: [RowDecision])], _ opening: OpenedReview
  ) throws {
    for (annotator, decisions) in steps {
      var rows: [RowID] = []
      var byRow: [RowID: [Decision]] = [:]
      for decision in decisions where decision.decision.pair != nil {
        if byRow[decision.row] == nil { rows.append(decision.row) }
        byRow[decision.row, default: []].append(decision.decision)
      }
      for id in rows {
        guard let position = opening.opened.index.position(of: id) else { continue }
        try opening.check(
          byRow[id] ?? [], on: id, at: position, try opening.pair(at: position), by: annotator)
      }
    }
  }

  private func readRecords() throws -> [(line: Int, record: DecisionRecord)] {
    let bytes: [UInt8]
    do {
      let data =
        decisions == "-"
        ? try FileHandle.standardInput.readToEnd()
        : try Data(contentsOf: URL(fileURLWithPath: decisions))
      bytes = Array(data ?? Data())
    } catch {
      throw Failure(
        .file, what: "\(decisions) cannot be read", why: error.localizedDescription,
        remedy: "check the path; nothing was applied")
    }
    do {
      return try DecisionLog.records(in: bytes)
    } catch {
      throw Failure(
        .badData, what: "nothing was applied",
        why: "line \(error.line) of \(decisions) \(error.problem.text)",
        remedy: "mend the line, then apply again")
    }
  }

  private func decided(
    _ record: DecisionRecord, line: Int, _ opening: OpenedReview
  ) throws -> RowDecision {
    func refusal(_ why: String) -> Failure {
      Failure(
        .badData, what: "nothing was applied", why: "line \(line) of \(decisions) \(why)",
        remedy: "mend the line, then apply again")
    }
    let position: Int
    switch (record.id, record.row) {
    case (let id?, _):
      guard case .found(let found) = opening.opened.position(named: id) else {
        throw refusal("names no single row of this data set")
      }
      position = found
    case (nil, let row?):
      guard opening.opened.index.ids.indices.contains(row) else {
        throw refusal("names row \(row), which is not there")
      }
      position = row
    case (nil, nil): throw refusal("names no row")
    }
    let row = try opening.pair(at: position)
    let sides = row.sides.map(\.id)
    guard let rowID = opening.opened.index.ids[position],
      let decision = record.decision(sides: sides, label: row.label),
      // Where both sides are the same text, to swap them would be to keep them.
      record.prefers != nil
        || decision.outcome(sides: sides, label: row.label) == record.outcome
    else { throw refusal("does not fit the sides of row \(position)") }
    return RowDecision(
      row: rowID, decision: decision,
      serving: record.serving ?? Serving(route: .script, labelSeen: true))
  }
}

extension DecisionLogError.Problem {
  fileprivate var text: String {
    switch self {
    case .malformed: "is no JSON"
    case .notAnObject: "is no JSON object"
    case .missing(let field): "has no field \(field)"
    case .wrongType(let field): "has a value of the wrong type in \(field)"
    case .invalid(let field): "has a value that means nothing in \(field)"
    }
  }
}
