import ArgumentParser
import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ls",
    abstract: "Print the queue, most suspicious first.",
    discussion: """
      EXAMPLES
        demur ls train.jsonl -n 20
        demur ls train.jsonl -q 'susp>.8 words(a)>2*words(b) sort:-ratio'
        demur ls train.jsonl -q 'prompt~/refund|money/i -status:done' --ids
        demur ls train.jsonl -q 'near:row:12 status:open'
        demur ls train.jsonl -q 'ambiguous:epistemic sort:-uncertainty'
        demur ls train.jsonl --ids -n 100
        demur ls train.jsonl --json | jq 'select(.decision == null)'
        demur ls train.jsonl --flat | score.py > RM.jsonl
        demur scan train.jsonl --scores RM.jsonl --key id
      """)

  enum Style: String, EnumerableFlag {
    case table, json, tsv, ids

    static func help(for value: Style) -> ArgumentHelp? {
      switch value {
      case .table: "Columns for reading (the default)."
      case .json: "One JSON object a row."
      case .tsv: "Columns with tabs between them."
      case .ids: "The rows' names only."
      }
    }
  }

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Flag var style: Style = .table
  @Flag(
    help: ArgumentHelp(
      "One JSON object a pair for a script that scores, in file order and without a scan: id, row, "
        + "and prompt, chosen and rejected as messages. A ranking has a line for each pair that it "
        + "orders (36 at most), with the positions of the two sides as pair."))
  var flat = false
  @Flag(help: "With --flat: one object a side, with its hash as side, and the side as response.")
  var sides = false
  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp(
      "Only the rows that this finds, in its order where it has one; exit status 1 where it finds "
        + "none.", valueName: "query"))
  var query: String?
  @Option(name: .customShort("n"), help: ArgumentHelp("At most this many rows.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if sides, !flat { throw ValidationError("--sides goes with --flat") }
    if flat, style != .table {
      throw ValidationError("--flat and --\(style.rawValue) exclude each other")
    }
    if let limit, limit < 0 { throw ValidationError("-n takes a number from 0 on, got \(limit)") }
  }

  func run() throws {
    let query = try query.map { text throws(Failure) in try Query(argument: text) }
    if flat { return try printFlat(query) }
    let opening = try OpenedReview(reading: options, with: scanOptions.rewards)
    let result = try scanOptions.scan(
      opening.opened, options: options, showing: query?.signals ?? [])
    let unscored = result.ranks.indices.filter { result.ranks[$0] == nil }
    var listed = result.queue() + unscored
    if let query {
      let answer = try opening.answer(
        query, scan: result, near: opening.near(query, with: scanOptions, options: options),
        jobs: scanOptions.jobs)
      let found = Set(answer.positions)
      listed = answer.isOrdered ? answer.positions : listed.filter { found.contains($0) }
    }
    let rows = listed.prefix(limit ?? .max)
    var output = StandardOutput()
    switch style {
    case .table: try output.line("RANK   SUSP  BAND  DECISION       ROW  PROMPT")
    case .tsv: try output.line("rank\tsuspicion\tdecision\trow\tid\tprompt")
    case .json, .ids: break
    }
    for row in rows { try output.line(line(row, opening, result)) }
    try output.flush()
    if rows.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
  }

  private func line(_ row: Int, _ opening: OpenedReview, _ result: ScanResult) -> String {
    let opened = opening.opened
    let decision = opening.outcome(at: row)?.rawValue
    let rank = result.ranks[row]
    let suspicion = result.suspicion[row]
    switch style {
    case .ids: return Table.line(opened.name(of: row))
    case .json:
      let value: JSONValue = [
        "row": .integer(row), "id": .string(opened.name(of: row)),
        "rank": JSONValue(rank) { .integer($0) },
        "suspicion": JSONValue(suspicion) { .number($0) },
        "flagged": .bool(result.isFlagged(at: row)),
        "decision": JSONValue(decision) { .string($0) },
        "prompt": .string(opened.requestLine(of: row)),
      ]
      return value.text
    case .tsv:
      return [
        rank.map(String.init) ?? "", suspicion.map { "\($0)" } ?? "", decision ?? "", "\(row)",
        Table.line(opened.name(of: row)), Table.line(opened.requestLine(of: row)),
      ].joined(separator: "\t")
    case .table:
      return [
        Table.cell(rank.map(Numbers.grouped) ?? "-", 6),
        Table.cell(suspicion.map(Numbers.suspicion) ?? "-", 4),
        Table.cell(result.band(at: row)?.mark ?? "", 4),
        Table.cell(decision ?? "", 9), Table.cell("\(row)", 7, alignedRight: true),
        Table.cell(opened.requestLine(of: row), 40),
      ].joined(separator: "  ")
    }
  }
}
