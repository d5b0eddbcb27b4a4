import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import PreferenceData
import PreferenceScoring

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure how well wrong labels are found.",
    discussion: """
      Either flips are planted, or a truth file says which labels are wrong: one JSON object a row
      with line (or row, from 0) and noisy (or flipped). The review is neither read nor changed.
      Planted flips are the easiest noise: expect less on real mistakes.

      EXAMPLES
        demur evaluate train.jsonl --flip-rate 0.2 --seed 7
        demur evaluate train.jsonl --truth train.truth.jsonl --json
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Option(help: ArgumentHelp("Flip this share of the labels first.", valueName: "rate"))
  var flipRate: Double?
  @Option(help: "Which labels are wrong.", completion: .file()) var truth: String?
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (flipRate == nil) != (truth == nil) else {
      throw ValidationError("give either --flip-rate or --truth")
    }
    if let flipRate, !(flipRate > 0 && flipRate < 1) {
      throw ValidationError("--flip-rate takes a number between 0 and 1, got \(flipRate)")
    }
  }

  /// What was measured of one signal.
  private struct Measured {
    let id: SignalID
    let quality: DetectionQuality
  }

  func run() throws {
    let opened = try options.openIndexed()
    var source: any PairSource = opened.dataset
    let isWrong: [Bool]
    if let flipRate {
      let planting = NoisePlanting(
        rowCount: opened.dataset.rowCount, rate: flipRate, seed: scanOptions.seed)
      isWrong = planting.isFlipped
      source = planting.planted(in: source)
    } else {
      isWrong = try readTruth(truth ?? "", rowCount: opened.dataset.rowCount)
    }
    let start = ContinuousClock().now
    var settings = scanOptions.settings(showingSignals: true)
    settings.influenceTarget = try scanOptions.influenceTarget(in: opened, options)
    let result = scan(source, settings)
    let seconds = (ContinuousClock().now - start) / .seconds(1)
    let measured = result.signals.keys.sorted().compactMap { id in
      result.detectionQuality(of: id, isWrong: isWrong, seed: scanOptions.seed)
        .map { Measured(id: id, quality: $0) }
    }
    guard !measured.isEmpty else {
      throw Failure(
        .badData, what: "nothing can be measured",
        why: result.quality.hindrance ?? "the scored rows are not both right and wrong ones",
        remedy: "use more rows, or another truth file")
    }
    var output = StandardOutput()
    if json {
      try output.line(report(measured, result, seconds: seconds).prettyText)
    } else {
      for line in lines(measured, result, seconds: seconds) { try output.line(line) }
    }
    try output.flush()
  }

  private func scan(_ source: any PairSource, _ settings: ScanSettings) -> ScanResult {
    var scan = NoiseScan(source: source, settings: settings, jobs: scanOptions.jobs)
    var line = ProgressLine()
    defer { line.clear() }
    while true {
      let progress = scan.advance()
      if let result = scan.result { return result }
      line.show(progress.stage.rawValue, share: progress.share)
    }
  }

  private func readTruth(_ path: String, rowCount: Int) throws -> [Bool] {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw Failure(
        .file, what: "the truth file \(path) cannot be read", why: error.localizedDescription)
    }
    var isWrong = [Bool](repeating: false, count: rowCount)
    for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      guard let entry = try? JSONDecoder().decode(TruthLine.self, from: Data(line)),
        let row = entry.line ?? entry.row, isWrong.indices.contains(row),
        let noisy = entry.noisy ?? entry.flipped
      else {
        throw Failure(
          .badData, what: "the truth file \(path) does not fit",
          why: "line \(number + 1) has no line (or row) of this data set, or no noisy (or flipped)",
          remedy: "one JSON object a row, such as {\"line\":0,\"noisy\":false}")
      }
      isWrong[row] = noisy
    }
    return isWrong
  }

  private struct TruthLine: Decodable {
    var line: Int?
    var row: Int?
    var noisy: Bool?
    var flipped: Bool?
  }

  private func report(
    _ measured: [Measured], _ result: ScanResult, seconds: Double
  ) -> JSONValue {
    [
      "rows": .integer(result.rowCount), "scored": .integer(result.scoredCount),
      "wrong": .integer(measured.first?.quality.wrongCount ?? 0),
      "kind": flipRate == nil ? "truth" : "planted flips",
      "seconds": .number(seconds),
      "signals": .object(
        measured.map { .init($0.id.rawValue, json(of: $0.quality, seconds: seconds)) }),
    ]
  }

  private func json(of quality: DetectionQuality, seconds: Double) -> JSONValue {
    [
      "auroc": .number(quality.auroc.value),
      "auroc_interval": [.number(quality.auroc.lower), .number(quality.auroc.upper)],
      "average_precision": .number(quality.averagePrecision),
      "precision_at_true_count": .number(quality.precisionAtTrueCount),
      "found_in_first_15_percent": .number(quality.foundInFirst15Percent),
      "spearman_with_margin": .number(quality.spearmanWithMargin), "seconds": .number(seconds),
    ]
  }

  private func lines(
    _ measured: [Measured], _ result: ScanResult, seconds: Double
  ) -> [String] {
    let wrong = measured.first?.quality.wrongCount ?? 0
    let rows = measured.first?.quality.rowCount ?? 0
    var lines = [
      "\(Numbers.grouped(wrong)) \(flipRate == nil ? "wrong labels" : "planted flips") in "
        + "\(Numbers.count(rows, "scored row")), \(Numbers.fixed(seconds)) s"
    ]
    lines += result.quality.lines
    lines.append("")
    lines.append(
      "SIGNAL                AUROC (95 %)          AVG PREC  P@TRUE  IN FIRST 15 %  SPEARMAN")
    for entry in measured {
      let quality = entry.quality
      lines.append(
        [
          Table.cell(entry.id.rawValue, 20), Table.cell(quality.auroc.text, 20),
          Table.cell(Numbers.fixed(quality.averagePrecision, decimals: 3), 8),
          Table.cell(Numbers.fixed(quality.precisionAtTrueCount, decimals: 3), 6),
          Table.cell(Numbers.percent(quality.foundInFirst15Percent), 13),
          Numbers.signed(quality.spearmanWithMargin, decimals: 3),
        ].joined(separator: "  "))
    }
    return lines
  }
}
