import ArgumentParser
import CurationEngine
import CurationInterface
import PreferenceData

struct UndoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo",
    abstract: "Take back the last steps of an annotator, or bring them back.",
    discussion: """
      EXAMPLES
        demur undo train.jsonl
        demur undo train.jsonl 3
        demur undo train.jsonl 3 --redo
      """)

  @OptionGroup var options: FileOptions
  @Argument(help: "How many steps.") var count = 1
  @Flag(help: "Bring steps back instead.") var redo = false

  func validate() throws {
    guard count > 0 else { throw ValidationError("undo takes a number from 1 on, got \(count)") }
  }

  func run() throws {
    let opening = try OpenedReview(editing: options)
    let annotator = opening.review.annotator
    var ledger = opening.ledger
    for step in 0..<count {
      let next = redo ? ledger.nextRedo(of: annotator) : ledger.nextUndo(of: annotator)
      guard let next else {
        throw Failure(
          .no, what: "there is nothing more to \(redo ? "bring back" : "take back")",
          why: "\(annotator) has \(Numbers.count(step, "step")) of that kind",
          remedy: "see demur log")
      }
      let event = try opening.append(redo ? .redone(next.sequence) : .undone(next.sequence))
      ledger.append(event)
      StandardError.line("\(redo ? "brought back" : "took back") step \(next.sequence)")
    }
  }
}
