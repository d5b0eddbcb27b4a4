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
      A row is named by its id, by the beginning of its identity, or as row:N
      counted from 0.

      EXAMPLES
        demur show train.jsonl row:17
        demur show train.jsonl 9f2c41 --evidence
        demur show train.jsonl row:17 --evidence --json | jq .evidence.related
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Argument(help: "The row.", completion: .custom(CompletionWords.rows)) var id: String
  @Flag(
    help: """
      Say what every signal says of the pair, what drives it, which other pairs bear on it, and how \
      it went through peer review.
      """)
  var evidence = false
  @Option(
    help: ArgumentHelp(
      "With --evidence: which two responses of a ranking are meant, by their positions from 0; else "
        + "its most suspicious pair.", valueName: "i,j"))
  var pair: PositionPair?
  @Flag(help: "Print one JSON object.") var json = false

  func run() throws {
    let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
    let position = try opening.position(named: id)
    let row = try opening.pair(at: position)
    if let pair, row.sides.count > 2, max(pair.first, pair.second) >= row.sides.count {
      throw Failure(
        .usage, what: "row \(position) has \(row.sides.count) responses",
        why: "--pair counts them from 0", remedy: "give two positions that are there")
    }
    let why = try evidence ? report(opening.opened, position) : nil
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
    _ opened: IndexedDataset, _ position: Int
  ) throws -> EvidenceReport {
    let (result, artefacts) = try scanOptions.scanForQuestions(
      opened, options: options, showing: SignalID.evidence)
    let byRow = result.byRow(opened.scannedPairs)
    let meant =
      pair.map { RankedPair(better: $0.first, worse: $0.second) }
      ?? byRow.pairScores?.mostSuspicious(of: position)
    guard
      var evidence = opened.evidence(
        of: meant, at: position, in: result, limit: Self.reasonLimit, asking: artefacts)
    else { throw Failure(.badData, what: "row \(position) cannot be read") }
    evidence.correlations = SignalCorrelations(result)
    return EvidenceReport(
      evidence: evidence, position: position, pair: meant, result: byRow,
      pairCount: result.scoredCount, opened: opened)
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
      .init(
        "sides",
        .array(
          row.sides.map {
            ["turns": turns($0.turns), "system": JSONValue($0.systemPrompt) { .string($0) }]
          })),
      .init("preferred", JSONValue(row.label.preferred) { .integer($0) }),
      .init("ranks", JSONValue(ranks(row)) { .array($0.map { .integer($0) }) }),
      .init("decision", JSONValue(opening.outcome(at: position)) { .string($0.rawValue) }),
    ]
  }

  /// The places of the responses of a ranking, 1 the best.
  private func ranks(_ row: PreferenceRow) -> [Int]? {
    guard case .ranks(let places) = row.label else { return nil }
    return places.map { $0 + 1 }
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
        ranks(row).map { "response \(place), rank \($0[place])" }
        ?? row.label.preferred.map { $0 == place ? "chosen" : "rejected" }
        ?? "response \(place + 1)"
      lines.append("")
      lines.append("== \(label)")
      if let told = side.systemPrompt { lines += ["-- system"] + Table.lines(told) + ["--"] }
      lines += Table.lines(side.text)
    }
    return lines
  }
}
