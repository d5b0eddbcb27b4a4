import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

struct ScanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Score every pair; print a summary and the ten most suspicious.",
    discussion: """
      EXAMPLES
        demur scan train.jsonl
        demur scan train.jsonl -o scores.jsonl   one JSON object a row, in file order
        zcat train.jsonl.gz | demur scan - -o -
        demur scan train.jsonl --reward-fields score_chosen,score_rejected
        demur ls train.jsonl --flat | score.py > RM.jsonl
        demur scan train.jsonl --scores RM.jsonl

      \(RewardOptions.scoreFileHelp)
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the scores of all rows as JSON lines; '-' is standard output.", valueName: "scores"),
    completion: .file())
  var output: String?

  func run() throws {
    let opened = try options.openIndexed(with: scanOptions.rewards)
    let result = try scanOptions.scan(
      opened, options: options, showingSignals: output != nil)
    if output == "-" {
      var standardOutput = StandardOutput()
      for row in 0..<result.rowCount { try standardOutput.line(line(row, opened, result).text) }
      return try standardOutput.flush()
    }
    if let output {
      do {
        let file = try AtomicFile(path: output, protecting: opened.dataset.fingerprints)
        for row in 0..<result.rowCount { try file.write(line(row, opened, result).text + "\n") }
        _ = try file.commit()
      } catch {
        throw Failure(describing: error, file: output, folder: "")
      }
      StandardError.line("wrote \(Numbers.count(result.rowCount, "row")) to \(output)")
      return
    }
    try printSummary(opened, result)
  }

  /// One row as the command line promises it to scripts.
  private func line(_ row: Int, _ opened: IndexedDataset, _ result: ScanResult) -> JSONValue {
    let signals = result.signals.keys.sorted().compactMap { id in
      result.signals[id]?[row].map { JSONValue.Member(id.rawValue, .number($0)) }
    }
    let pairs = result.pairScores?.scores(of: row) ?? []
    let scores = pairs.map { pair, suspicion -> JSONValue in
      [
        "better": .integer(pair.better), "worse": .integer(pair.worse),
        "suspicion": JSONValue(suspicion) { .number($0) },
      ]
    }
    let members: [JSONValue.Member] = [
      .init("row", .integer(row)), .init("id", .string(opened.name(of: row))),
      .init("suspicion", JSONValue(result.suspicion[row]) { .number($0) }),
      .init("rank", JSONValue(result.ranks[row]) { .integer($0) }),
      .init("signals", .object(signals)),
      .init("problem", JSONValue(result.unscoredReasons[row]) { .string($0.text) }),
      .init("findings", .array(result.findings[row].list.map { .string($0.rawValue) })),
    ]
    return .object(scores.isEmpty ? members : members + [.init("pairs", .array(scores))])
  }

  private func printSummary(_ opened: IndexedDataset, _ result: ScanResult) throws {
    var output = StandardOutput()
    let dataset = opened.dataset
    try output.line("\(dataset.name): \(dataset.summary)")
    try output.line(
      "\(Numbers.grouped(result.scoredCount)) of \(Numbers.count(result.rowCount, "row")) scored, "
        + "the \(Numbers.grouped(result.flaggedCount)) most suspicious flagged")
    for line in result.quality.lines + result.rewardLines { try output.line(line) }
    let noise = NoiseComparison(result, audit: nil).lines(result.noise)
    if !noise.isEmpty { for line in [""] + noise { try output.line(line) } }
    guard result.scoredCount > 0 else { return try output.flush() }
    try output.line()
    try output.line("RANK  SUSP  BAND      ROW  PROMPT")
    for row in result.queue().prefix(10) {
      guard let rank = result.ranks[row], let suspicion = result.suspicion[row] else { continue }
      let cells = [
        Table.cell("\(rank)", 4, alignedRight: true),
        Table.cell(Numbers.suspicion(suspicion), 5, alignedRight: true),
        Table.cell(result.band(at: row)?.mark ?? "", 4),
        Table.cell("\(row)", 8, alignedRight: true),
        Table.cell(opened.requestLine(of: row), 48),
      ]
      try output.line(cells.joined(separator: "  "))
    }
    try output.line()
    try output.line("suspicion orders the queue; it is not the probability that a label is wrong")
    try output.flush()
  }
}
