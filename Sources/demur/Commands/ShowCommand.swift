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
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Argument(help: "The row.") var id: String
  @Flag(help: "Say what the reward model saw in the pair.") var evidence = false
  @Flag(help: "Print one JSON object.") var json = false

  /// How many contributions are shown before the rest is summed up.
  private static let contributionLimit = 12

  func run() throws {
    let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
    let position = try opening.position(named: id)
    let row = try opening.pair(at: position)
    var why: (result: ScanResult, explanation: Explanation?)?
    if evidence {
      let result = try scanOptions.scan(opening.opened, options: options)
      why = (result, result.explanation(of: row, at: position, limit: Self.contributionLimit))
    }
    var output = StandardOutput()
    if json {
      try output.line(report(opening, position, row, why?.explanation).prettyText)
    } else {
      for line in text(opening, position, row) { try output.line(line) }
      if let why { for line in evidenceText(why, position) { try output.line(line) } }
    }
    try output.flush()
  }

  private func report(
    _ opening: OpenedReview, _ position: Int, _ row: PreferenceRow, _ explanation: Explanation?
  ) -> JSONValue {
    func turns(_ turns: [Turn]) -> JSONValue {
      .array(turns.map { ["role": .string($0.role.name), "text": .string($0.text)] })
    }
    var members: [JSONValue.Member] = [
      .init("row", .integer(position)), .init("id", .string(opening.opened.name(of: position))),
      .init("identity", JSONValue(opening.opened.index.ids[position]) { .string("\($0)") }),
      .init("context", turns(row.context)),
      .init("sides", .array(row.sides.map { ["turns": turns($0.turns)] })),
      .init("preferred", JSONValue(row.label.preferred) { .integer($0) }),
      .init("decision", JSONValue(opening.outcome(at: position)) { .string($0.rawValue) }),
    ]
    if evidence { members.append(.init("evidence", JSONValue(explanation) { $0.json })) }
    return .object(members)
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

  private func evidenceText(
    _ why: (result: ScanResult, explanation: Explanation?), _ position: Int
  ) -> [String] {
    var lines = ["", "== evidence"] + why.result.quality.lines
    guard let explanation = why.explanation else {
      let reason = why.result.unscoredReasons[position]?.text ?? "there is no head"
      return lines + ["not scored: \(reason)"]
    }
    lines.append(
      "leave-one-out margin \(Numbers.signed(explanation.margin)) "
        + "(above 0 speaks for the chosen side), rank \(Numbers.grouped(explanation.rank)) of "
        + Numbers.grouped(why.result.scoredCount))
    for contribution in explanation.contributions {
      lines.append(
        "  \(Numbers.signed(contribution.amount, decimals: 3))  "
          + Table.line(contribution.source.phrase))
    }
    lines.append(
      "  \(Numbers.signed(explanation.rest, decimals: 3))  "
        + "the other \(Numbers.count(explanation.restCount, "feature"))")
    if let agrees = explanation.lengthAgrees {
      lines.append(
        "length alone \(agrees ? "agrees with" : "contradicts") the label "
          + "(\(Numbers.signed(explanation.lengthAmount, decimals: 3)))")
    }
    return lines
  }
}

extension Explanation {
  fileprivate var json: JSONValue {
    [
      "leave_one_out_margin": .number(margin), "rank": .integer(rank),
      "contributions": .array(
        contributions.map {
          [
            "feature": .string($0.source.phrase), "amount": .number($0.amount),
            "chosen": .number($0.chosenValue), "rejected": .number($0.rejectedValue),
          ]
        }),
      "rest": .number(rest), "rest_count": .integer(restCount), "length": .number(lengthAmount),
    ]
  }
}
