import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring
import TerminalSurface

struct StatsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print how far the review is, what it would change, and how good the data set is.",
    discussion: """
      The same as the dashboard on the screen ('gd'). What a scan says is there
      where an earlier run has kept one.

      EXAMPLES
        demur stats train.jsonl
        demur stats train.jsonl --json | jq .decisions
        demur stats train.jsonl -q 'source:web susp>.8'   rows that a query finds
        demur stats train.jsonl --conflicts    rows on which annotators differ
        demur stats votes.jsonl --annotators   how reliable each annotator is
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Flag(help: "Print one JSON object.") var json = false
  @Flag(help: "List the rows on which annotators differ, and what each of them decided.")
  var conflicts = false
  @Flag(
    help: ArgumentHelp(
      "List the annotators that the file names, least reliable first: how far they agree with the "
        + "others, and what models of annotators and a scan make of their votes."))
  var annotators = false

  @Option(
    name: .shortAndLong, parsing: .unconditional,
    help: ArgumentHelp(
      "Count the rows that this finds, and their decisions; exit status 1 where it finds none.",
      valueName: "query"))
  var query: String?

  func validate() throws {
    if query != nil, conflicts || annotators {
      throw ValidationError("-q excludes --conflicts and --annotators")
    }
    if conflicts, annotators {
      throw ValidationError("--conflicts and --annotators exclude each other")
    }
    if conflicts, json { throw ValidationError("--conflicts and --json exclude each other") }
    guard scanOptions.deadline == nil else {
      throw ValidationError("--deadline is for commands that scan, such as demur scan")
    }
  }

  func run() throws {
    if annotators { return try printAnnotators() }
    if let query { return try printStats(ofRowsFoundBy: query) }
    let data = try JudgedReview(options, scanOptions)
    if conflicts { return try printConflicts(data) }
    let opening = data.opening
    let plan = CleaningPlan(
      index: opening.opened.index, ledger: opening.ledger, annotator: options.annotator,
      scope: .all, ties: .drop
    ) { opening.opened.dataset.row(at: $0) }
    let facts = try facts(data)
    let story = DashboardStory(facts, glyphs: .ascii)
    var output = StandardOutput()
    if json {
      try output.line(report(data, plan, facts).prettyText)
    } else {
      for line in lines(opening, plan, data.reasons) { try output.line(line) }
      for panel in story.summary + story.details {
        try output.line()
        try output.line(panel.title)
        for line in panel.lines { try output.line("  \(Table.line(line.text))") }
      }
      let noise = comparison(data).lines(data.scan?.noise)
      if !noise.isEmpty { for line in [""] + noise { try output.line(line) } }
    }
    try output.flush()
  }

  private func printAnnotators() throws {
    let opened = try options.openIndexed(with: scanOptions.rewards)
    guard !AnnotatorTable(opened.scanSource, scan: nil).records.isEmpty else {
      throw Failure.noAnnotators
    }
    let scan = try scanOptions.scanOfPairs(opened, options: options, showing: [])
    let report = AnnotatorReport(table: AnnotatorTable(opened.scanSource, scan: scan))
    var output = StandardOutput()
    for line in json ? [report.json.prettyText] : report.lines { try output.line(line) }
    try output.flush()
  }

  private func facts(_ data: JudgedReview) throws -> DashboardFacts {
    let opened = data.opening.opened
    var survey = BiasSurvey(
      source: opened.scanSource, pairs: opened.scannedPairs, jobs: scanOptions.jobs)
    var line = ProgressLine()
    while !survey.advance() { line.show("comparing", share: survey.share) }
    line.clear()
    return try DashboardFacts(
      index: data.opening.opened.index, scan: data.scan, figures: data.figures,
      biases: survey.table,
      loop: data.reviewed.isEmpty
        ? nil : scanOptions.loopFigures(of: data.opening.opened, options),
      served: data.scan.map { data.served(by: $0) })
  }

  private func comparison(_ data: JudgedReview) -> NoiseComparison {
    NoiseComparison(
      data.scan, audit: data.figures.correctedNoise ?? data.figures.audit.look?.noise)
  }

  private func printConflicts(_ data: JudgedReview) throws {
    let opened = data.opening.opened
    let rows = Dictionary(grouping: data.reviewed, by: \.position)
    var output = StandardOutput()
    for position in data.figures.conflicts {
      let said = (rows[position] ?? []).map {
        "\(Table.line($0.annotator.text)): \($0.outcome.rawValue)"
      }
      try output.line(
        "\(Table.line(opened.name(of: position)))\t\(position)\t\(said.joined(separator: ", "))")
    }
    try output.flush()
    if data.figures.conflicts.isEmpty { throw ExitCode(ExitStatus.no.rawValue) }
  }

  private func report(_ data: JudgedReview, _ plan: CleaningPlan, _ facts: DashboardFacts)
    -> JSONValue
  {
    let opening = data.opening
    let figures = data.figures
    let (index, ledger) = (opening.opened.index, opening.ledger)
    return [
      "rows": .integer(index.rowCount), "pairs": .integer(index.pairCount),
      "problems": .integer(index.problems.count),
      "decisions": .object(
        Outcome.allCases.map { .init($0.rawValue, .integer(plan.outcomeCounts[$0] ?? 0)) }),
      "undecided": .integer(plan.undecidedCount), "conflicts": .integer(plan.conflictCount),
      "reasons": .object(data.reasons.map { .init($0.name, .integer($0.count)) }),
      "lost": .integer(plan.lostCount), "steps": .integer(Int(ledger.lastSequence)),
      "annotators": .array(
        ledger.annotators.map { name in
          [
            "name": .string(name.text), "undo": .integer(ledger.undoCount(of: name)),
            "redo": .integer(ledger.redoCount(of: name)),
          ]
        }),
      "noise": figures.noiseJSON, "noise_estimates": comparison(data).json(data.scan?.noise),
      "agreement": figures.agreementJSON,
      "flagged_decided": figures.flagged.json,
      "next_100_by_rank": JSONValue(figures.expectedByRank(inNext: 100)) { $0.json },
      "loop": data.loopJSON(facts),
      "next_100_at_random": JSONValue(figures.expectedAtRandom(inNext: 100)) { $0.json },
    ]
  }

  private func lines(
    _ opening: OpenedReview, _ plan: CleaningPlan, _ reasons: [(name: String, count: Int)]
  ) -> [String] {
    let (index, ledger) = (opening.opened.index, opening.ledger)
    let decided = index.rowCount - plan.undecidedCount
    var lines = [
      "\(Numbers.count(index.rowCount, "row")), \(Numbers.count(index.pairCount, "pair")), "
        + Numbers.count(index.problems.count, "problem"),
      "decided    \(Numbers.grouped(decided)), undecided \(Numbers.grouped(plan.undecidedCount))",
    ]
    for outcome in Outcome.allCases {
      if let count = plan.outcomeCounts[outcome] {
        lines.append("\(Table.cell(outcome.rawValue, 9))  \(Numbers.grouped(count))")
      }
    }
    if !reasons.isEmpty {
      let said = reasons.map { "\(Table.line($0.name)) \(Numbers.grouped($0.count))" }
      lines.append("swapped because of  \(said.joined(separator: ", "))")
    }
    if plan.conflictCount > 0 {
      lines.append("conflicts  \(Numbers.count(plan.conflictCount, "row")): annotators disagree")
    }
    if plan.lostCount > 0 {
      lines.append("lost       \(Numbers.count(plan.lostCount, "decision")): their row has gone")
    }
    for name in ledger.annotators {
      lines.append(
        "annotator  \(Table.line(name.text)): \(Numbers.count(ledger.undoCount(of: name), "step"))"
          + " to undo, \(Numbers.grouped(ledger.redoCount(of: name))) to redo")
    }
    return lines
  }
}
