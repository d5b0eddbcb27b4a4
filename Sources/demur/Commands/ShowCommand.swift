import ArgumentParser
import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Print one pair, and with --evidence why it is where it is in the queue.",
    discussion: """
      A row is named by its id, by the beginning of its identity, or as row:N counted from 0.

      EXAMPLES
        demur show train.jsonl row:17
        demur show train.jsonl 9f2c41 --evidence
        demur show train.jsonl row:17 --evidence --json | jq .evidence.related
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Argument(help: "The row.") var id: String
  @Flag(
    help: """
      Say what every signal says of the pair, what drives it, which other pairs bear on it, and how \
      it went through peer review.
      """)
  var evidence = false
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
    let position = try opening.position(named: id)
    let row = try opening.pair(at: position)
    let why = try evidence ? report(opening.opened, position, row) : nil
    var output = StandardOutput()
    if json {
      var members = members(opening, position, row)
      if let why { members.append(.init("evidence", why.json)) }
      try output.line(JSONValue.object(members).prettyText)
    } else {
      for line in text(opening, position, row) + (why?.lines ?? []) { try output.line(line) }
    }
    try output.flush()
  }

  /// How many reasons of each kind are given: contributions, supporting and opposing pairs.
  private static let reasonLimit = 12

  private func report(
    _ opened: IndexedDataset, _ position: Int, _ row: PreferenceRow
  ) throws -> EvidenceReport {
    let (result, artefacts) = try scanOptions.scanForQuestions(
      opened, options: options, showing: SignalID.evidence)
    var evidence = result.evidence(
      of: row, at: position, limit: Self.reasonLimit, asking: artefacts)
    evidence.correlations = SignalCorrelations(result)
    return EvidenceReport(
      evidence: evidence, position: position, result: result, opened: opened)
  }

  private func members(
    _ opening: OpenedReview, _ position: Int, _ row: PreferenceRow
  ) -> [JSONValue.Member] {
    func turns(_ turns: [Turn]) -> JSONValue {
      .array(turns.map { ["role": .string($0.role.name), "text": .string($0.text)] })
    }
    return [
      .init("row", .integer(position)), .init("id", .string(opening.opened.name(of: position))),
      .init("identity", JSONValue(opening.opened.index.ids[position]) { .string("\($0)") }),
      .init("context", turns(row.context)),
      .init("sides", .array(row.sides.map { ["turns": turns($0.turns)] })),
      .init("preferred", JSONValue(row.label.preferred) { .integer($0) }),
      .init("decision", JSONValue(opening.outcome(at: position)) { .string($0.rawValue) }),
    ]
  }

  private func text(
    _ opening: OpenedReview, _ position: Int, _ row: PreferenceRow
  ) -> [String] {
    let decision = opening.outcome(at: position).map { "decided: \($0.rawValue)" } ?? "undecided"
    let name = Table.line(opening.opened.name(of: position))
    var lines = ["row \(position)  \(name)  \(decision)"]
    for turn in row.context {
      lines.append("")
      lines.append("-- \(Table.line(turn.role.name))")
      lines += Table.lines(turn.text)
    }
    for (place, side) in row.sides.enumerated() {
      let label =
        row.label.preferred.map { $0 == place ? "chosen" : "rejected" } ?? "response \(place + 1)"
      lines.append("")
      lines.append("== \(label)")
      lines += Table.lines(side.text)
    }
    return lines
  }
}
