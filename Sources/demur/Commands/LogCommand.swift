import ArgumentParser
import CurationEngine
import Foundation
import PreferenceData
import ReviewStore

struct LogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log",
    abstract: "Print every step of the review, oldest first.",
    discussion: """
      With --jsonl one JSON object a decision, as 'demur apply' reads them;
      decisions taken back are marked and not applied.

      EXAMPLES
        demur log train.jsonl
        demur log train.jsonl --jsonl > decisions.jsonl
      """)

  @OptionGroup var options: FileOptions
  @Flag(help: "One JSON object a decision.") var jsonl = false

  func run() throws {
    let opening = try OpenedReview(reading: options)
    let events: [ReviewEvent]
    do {
      events = try opening.review.journal.events()
    } catch {
      throw Failure(error, path: opening.review.folder.path)
    }
    var output = StandardOutput()
    if jsonl {
      let decisions = events.flatMap { records(of: $0, opening) }
      let bytes = DecisionLog.bytes(of: decisions)
      for line in bytes.split(separator: UInt8(ascii: "\n")) {
        try output.line(String(decoding: line, as: UTF8.self))
      }
    } else {
      for event in events { for text in lines(of: event, opening) { try output.line(text) } }
    }
    try output.flush()
  }

  private func records(of event: ReviewEvent, _ opening: OpenedReview) -> [DecisionRecord] {
    guard case .decided(let decisions) = event.content else { return [] }
    return decisions.map { decided in
      let standing = opening.ledger.isDone(event.sequence, by: event.annotator)
      return opening.opened.record(of: decided, in: event, isUndone: !standing)
    }
  }

  private func lines(of event: ReviewEvent, _ opening: OpenedReview) -> [String] {
    let time = ISO8601.text(millisecondsSince1970: event.millisecondsSince1970)
    let head =
      "\(Table.cell("\(event.sequence)", 5, alignedRight: true))  \(time)  "
      + Table.cell(event.annotator.text, 12)
    switch event.content {
    case .undone(let step): return ["\(head)  undo of \(step)"]
    case .redone(let step): return ["\(head)  redo of \(step)"]
    case .decided(let decisions):
      return decisions.map { decided in
        let record = opening.opened.record(of: decided, in: event, isUndone: false)
        let row = record.row.map { "row \($0)" } ?? "a row that has gone"
        let strength = record.strength.map { " (\($0))" } ?? ""
        let reason = record.reason.map { "  reason: \(Table.line($0))" } ?? ""
        let criteria = record.ratings.map { rating in
          "  \(Table.line(rating.criterion)): \(rating.outcome?.rawValue ?? "prefers a side")"
        }.joined()
        let tags = record.tags.map { "  #\(Table.line($0))" }.joined()
        let note = record.note.isEmpty ? "" : "  \(Table.line(record.note))"
        return "\(head)  \(record.outcome?.rawValue ?? "prefers a side")\(strength)  \(row)"
          + "\(reason)\(criteria)\(tags)\(note)"
      }
    }
  }
}
