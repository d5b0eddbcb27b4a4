import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

struct BiasCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bias",
    abstract: "Print what wins besides being better: length, lists, refusals, models and more.",
    discussion: """
      For each feature of a response: in how many pairs the sides differ in it, how
      often the side with more of it is chosen, and its odds for a typical
      difference when both sides are equally long. A mark says what is there beyond
      chance: * clear (at least 55% or at most 45% wins, and survives the correction
      for the number of tests), + survives the correction only. The table says what
      the labels go with, not why.

      EXAMPLES
        demur bias train.jsonl
        demur bias train.jsonl --counter length -n 20   the shorter side is chosen
        demur bias train.jsonl --json | jq '.effects[] | select(.clear)'
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Flag(help: "Print one JSON object.") var json = false
  @Option(
    help: ArgumentHelp(
      "List the rows that go against this effect: a name as the table has it, most suspicious first "
        + "where an earlier scan is kept.", valueName: "effect"))
  var counter: String?
  @Option(
    name: .customShort("n"),
    help: ArgumentHelp("At most this many rows of --counter.", valueName: "n"))
  var limit: Int?

  func validate() throws {
    if let limit, limit < 0 { throw ValidationError("-n takes a number from 0 on, got \(limit)") }
    guard limit == nil || counter != nil else { throw ValidationError("-n goes with --counter") }
    guard scanOptions.deadline == nil else {
      throw ValidationError("--deadline is for commands that scan, such as demur scan")
    }
  }

  func run() throws {
    let opened = try options.openIndexed(with: scanOptions.rewards)
    let table = survey(opened)
    guard !table.rows.isEmpty else {
      throw Failure(
        .badData, what: "there is nothing to compare",
        why:
          "\(Numbers.count(table.pairCount, "pair")) with a preference, none of whose sides differ",
        remedy: "see what 'demur check' says of the rows")
    }
    let asked = try counter.map { try counterExamples(of: $0, in: table, opened) }
    var output = StandardOutput()
    if json {
      try output.line(report(table, asked).prettyText)
    } else if let asked {
      for line in lines(asked, table, opened) { try output.line(line) }
    } else {
      for line in lines(table) { try output.line(line) }
    }
    try output.flush()
  }

  private func survey(_ opened: IndexedDataset) -> BiasTable {
    var survey = BiasSurvey(
      source: opened.scanSource, pairs: opened.scannedPairs, jobs: scanOptions.jobs)
    var line = ProgressLine()
    defer { line.clear() }
    while true {
      survey.advance()
      if let table = survey.table { return table }
      line.show("comparing", share: survey.share)
    }
  }

  /// The rows that go against one effect, in the order in which they are listed.
  private struct CounterExamples {
    let index: Int
    let rows: [(row: Int, id: String, rank: Int?, suspicion: Double?)]
    let isRanked: Bool
  }

  private func counterExamples(
    of name: String, in table: BiasTable, _ opened: IndexedDataset
  ) throws -> CounterExamples {
    guard let index = table.rows.firstIndex(where: { $0.subject.name == name }) else {
      throw Failure(
        .usage, what: "no effect is called \(Table.line(name)) in this data set",
        why: "there are "
          + table.rows.map { Table.line($0.subject.name) }.joined(separator: ", "),
        remedy: "name one of them")
    }
    let scan = try scanOptions.keptScan(of: opened, options: options)
    var rows = table.counterExamples(ofRowAt: index)
    if let scan {
      rows.sort { (scan.ranks[$0] ?? .max, $0) < (scan.ranks[$1] ?? .max, $1) }
    }
    let shown = rows.prefix(limit ?? .max).map { row in
      (row, opened.name(of: row), scan?.ranks[row], scan?.suspicion[row])
    }
    return CounterExamples(index: index, rows: shown, isRanked: scan != nil)
  }

  private func lines(_ table: BiasTable) -> [String] {
    var lines = [
      "\(Numbers.count(table.pairCount, "pair")); \(table.testSummary)"
    ]
    if table.rankingCount > 0 {
      lines.append(
        "of \(Numbers.count(table.rankingCount, "ranking")), whose pairs count one by one but do not "
          + "vary freely: the intervals are too narrow")
    }
    for section in BiasSubject.Section.allCases {
      let rows = table.rows.filter { $0.subject.section == section }
      if rows.isEmpty { continue }
      let odds = section == .features || section == .authors ? "ODDS" : "VS REST"
      lines += [
        "",
        [
          "  " + Table.cell(section.title, 28), Table.cell("PAIRS", 9, alignedRight: true), "WINS",
          " 95%  ", Table.cell(odds, 7, alignedRight: true), "95%",
        ].joined(separator: "  "),
      ]
      lines += rows.map(line)
    }
    lines += [
      "", "WINS   how often that side is chosen, where the sides differ",
      "ODDS   for a typical difference at equal length (of length: without that); 1 = no effect",
    ]
    if table.rows.contains(where: { [.groups, .annotators, .dates].contains($0.subject.section) }) {
      lines.append("VS REST  the odds of the longer side here, divided by those in the other rows")
    }
    return lines + ["*  clear   +  beyond chance, but small or another at equal length"]
  }

  private func line(_ row: BiasRow) -> String {
    let mark = row.isClear ? "* " : row.isSignificant ? "+ " : "  "
    let wins = row.winRate
    let odds = row.effect?.oddsRatio
    return [
      mark + Table.cell(row.subject.phrase, 28),
      Table.cell(Numbers.grouped(row.pairCount), 9, alignedRight: true),
      Table.cell(Numbers.nearestPercent(wins.value), 4, alignedRight: true),
      Table.cell(Numbers.percentRange(wins), 6),
      Table.cell(odds.map { Numbers.fixed($0.value) } ?? "-", 7, alignedRight: true),
      odds.map { "\(Numbers.fixed($0.lower))-\(Numbers.fixed($0.upper))" } ?? "",
    ].joined(separator: "  ")
  }

  private func lines(
    _ asked: CounterExamples, _ table: BiasTable, _ opened: IndexedDataset
  ) -> [String] {
    let row = table.rows[asked.index]
    let order =
      asked.isRanked ? "most suspicious first" : "in the order of the file (no scan is kept)"
    let count = table.counterExamples(ofRowAt: asked.index).count
    var lines = [
      "\(Table.line(row.subject.name)): \(Numbers.count(count, "pair")) of "
        + "\(Numbers.grouped(row.pairCount)) go against it, \(order)",
      "", "RANK    SUSP      ROW  PROMPT",
    ]
    for entry in asked.rows {
      lines.append(
        [
          Table.cell(entry.rank.map(Numbers.grouped) ?? "-", 6),
          Table.cell(entry.suspicion.map(Numbers.suspicion) ?? "-", 4),
          Table.cell("\(entry.row)", 7, alignedRight: true),
          Table.cell(opened.requestLine(of: entry.row), 54),
        ].joined(separator: "  "))
    }
    return lines
  }

  private func report(_ table: BiasTable, _ asked: CounterExamples?) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("pairs", .integer(table.pairCount)), .init("tested", .integer(table.testedCount)),
      .init("significant", .integer(table.significantCount)),
      .init("effects", .array(table.rows.map(\.json))),
    ]
    if let asked {
      members.append(
        .init(
          "counter",
          [
            "effect": .string(table.rows[asked.index].subject.name),
            "count": .integer(table.counterExamples(ofRowAt: asked.index).count),
            "rows": .array(
              asked.rows.map { entry in
                [
                  "row": .integer(entry.row), "id": .string(entry.id),
                  "rank": JSONValue(entry.rank) { .integer($0) },
                  "suspicion": JSONValue(entry.suspicion) { .number($0) },
                ]
              }),
          ]))
    }
    return .object(members)
  }
}

extension BiasRow {
  fileprivate var json: JSONValue {
    func interval(_ estimate: Estimate) -> JSONValue {
      .array([.number(estimate.lower), .number(estimate.upper)])
    }
    return [
      "name": .string(subject.name), "pairs": .integer(pairCount), "wins": .integer(winCount),
      "win_rate": .number(winRate.value), "win_rate_interval": interval(winRate),
      "odds_ratio": JSONValue(effect) { .number($0.oddsRatio.value) },
      "odds_ratio_interval": JSONValue(effect) { interval($0.oddsRatio) },
      "p": JSONValue(effect) { .number($0.pValue) },
      "p_holm": JSONValue(adjustedPValue) { .number($0) },
      "significant": .bool(isSignificant), "size": .string(effectSize.rawValue),
      "clear": .bool(isClear),
    ]
  }
}
