import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate",
    abstract: "Measure how well wrong labels are found.",
    discussion: """
      Either flips are planted, or a truth file says which labels are wrong: one
      JSON object a row with line (or row, from 0) and noisy (or flipped). The
      review is neither read nor changed, and nothing is kept.

      --noise length flips labels to the longer side, the likelier the more the
      lengths differ; annotator and source flip labels of one annotator or group
      that the file names, drawn by the seed. Without it any label may be flipped,
      which is the easiest noise: expect less on real mistakes. In a row that ranks
      more than two responses, a flip exchanges the ranks of two; figures are per
      row, by the most suspicious of its pairs. Only symmetric flips strike such
      rows.

      OVER DEFAULT is the AUROC less that of leave_one_out, which orders the queue,
      and its interval is paired. With --seeds the figures are means over the seeds,
      and an interval is that of the mean; SECONDS is what a signal took besides the
      margins, or the scan up to the margins.

      EXAMPLES
        demur evaluate train.jsonl --flip-rate 0.2 --seed 7
        demur evaluate train.jsonl --flip-rate 0.2 --seeds 0-9 --signals none
        demur evaluate train.jsonl --noise length --signals all
        demur evaluate train.jsonl --truth train.truth.jsonl --json
      """)

  @OptionGroup var options: FileOptions
  @OptionGroup var scanOptions: ScanOptions
  @Option(
    help: ArgumentHelp(
      "Flip this share of the labels first; of one annotator's or source's with --noise.",
      valueName: "rate"))
  var flipRate: Double?
  @Option(
    help: ArgumentHelp(
      "Which labels to flip: symmetric, length, annotator or source; at a rate of .2, or .5 of the "
        + "labels of one annotator or source, unless --flip-rate says otherwise.",
      valueName: "kind"))
  var noise: NoiseKind?
  @Option(help: "Which labels are wrong.", completion: .file()) var truth: String?
  @Option(
    help: ArgumentHelp(
      "Run once for each of these seeds instead of --seed: 0-9, or 1,4,7.", valueName: "seeds"))
  var seeds: SeedList?
  @Flag(help: "Print one JSON object.") var json = false

  func validate() throws {
    guard (flipRate == nil && noise == nil) != (truth == nil) else {
      throw ValidationError("give either --flip-rate or --noise, or --truth")
    }
    if let flipRate, !(flipRate > 0 && flipRate < 1) {
      throw ValidationError("--flip-rate takes a number between 0 and 1, got \(flipRate)")
    }
  }

  func run() throws {
    let opened = try options.openIndexed(with: scanOptions.rewards)
    let truth = try truth.map { try TruthFile.read($0, rowCount: opened.dataset.rowCount) }
    let seeds = seeds?.values ?? [scanOptions.seed]
    let influenceTarget = try scanOptions.influenceTarget(in: opened, options)
    var evaluation = Evaluation(noise: truth == nil ? noise ?? .symmetric : nil)
    var line = ProgressLine()
    for (place, seed) in seeds.enumerated() {
      // Seeds that were begun count only where they are whole: a mean is of equal things.
      if place > 0, scanOptions.deadline?.value.isOver == true { break }
      var settings = scanOptions.settings(showingSignals: true)
      settings.seed = seed
      settings.influenceTarget = influenceTarget
      do {
        let run = try EvaluationRun(
          opened, rankings: opened.scannedPairs, truth: truth, noise: evaluation.noise,
          rate: flipRate,
          settings: settings, jobs: scanOptions.jobs, deadline: scanOptions.deadline?.value
        ) { stage, share in
          let of = seeds.count > 1 ? "seed \(seed), \(place + 1) of \(seeds.count): " : ""
          line.show(of + stage, share: (Double(place) + share) / Double(seeds.count))
        }
        if place > 0, !run.shortfall.isEmpty { break }
        evaluation.runs.append(run)
        evaluation.seeds.append(seed)
      } catch let failure as Failure where place > 0 && failure.status == .engine {
        break
      }
    }
    line.clear()
    if let sentence = evaluation.runs.first?.shortfall.sentence { StandardError.line(sentence) }
    if evaluation.seeds.count < seeds.count {
      let left = seeds.dropFirst(evaluation.seeds.count).map(String.init)
      StandardError.line("the deadline is over: without seed \(left.joined(separator: ", "))")
    }
    var output = StandardOutput()
    if json {
      try output.line(evaluation.json.prettyText)
    } else {
      for text in evaluation.lines { try output.line(text) }
    }
    try output.flush()
  }
}

/// Seeds as a person lists them: `0-9`, or `1,4,7`.
struct SeedList: ExpressibleByArgument {
  let values: [UInt64]

  init?(argument: String) {
    var values: [UInt64] = []
    for part in argument.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
        first <= last, last - first < 10_000
      else { return nil }
      values += first...last
    }
    guard Set(values).count == values.count else { return nil }
    self.values = values
  }
}
