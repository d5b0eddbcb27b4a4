import ArgumentParser
import CurationEngine
import DatasetFiles
import Foundation
import PreferenceScoring

/// Times every stage of a scan on generated data and prints a table.
///
/// Medians over repeats, per 10,000 pairs. No time is a promise: machines and their other work differ.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks", abstract: "Time each stage of reading and scanning.")

  @Option(help: "How many pairs to generate.") var pairs = 10_000
  @Option(help: "How often to measure each stage.") var repeats = 5
  @Option(help: "How many threads to use.") var jobs = 1
  @Flag(help: "Let responses recur, as where every pair of a few responses is judged.")
  var recurring = false

  @Option(help: "Write the generated pairs to this file and time nothing.", completion: .file())
  var write: String?
  @Option(help: "Time queries on this data set instead.", completion: .file()) var file: String?
  @Option(name: .customLong("query"), help: "A query to time; may be given several times.")
  var queries: [String] = []

  func validate() throws {
    guard pairs > 0, repeats > 0, jobs > 0 else {
      throw ValidationError("--pairs, --repeats and --jobs take numbers from 1 on")
    }
  }

  func run() throws {
    if let file { return try measureQueries(file) }
    var generated = GeneratedPairs(seed: 1, isRecurring: recurring)
    if let write { return try generated.lines(pairs).write(to: URL(fileURLWithPath: write)) }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("demur-benchmarks-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    // A temporary folder that cannot be removed is the system's to clear.
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("pairs.jsonl")
    let bytes = generated.lines(pairs)
    try bytes.write(to: file)

    var times = StageTimes()
    for round in 0..<repeats {
      FileHandle.standardError.write(Data("\rround \(round + 1) of \(repeats)".utf8))
      try measure(file.path, into: &times)
    }
    FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    let size = Double(bytes.count) / 1e6
    print(
      "\(pairs) pairs, \(size.formatted(.number.precision(.fractionLength(1)))) MB, "
        + "\(jobs) thread\(jobs == 1 ? "" : "s"), medians of \(repeats); seconds per 10,000 pairs")
    for line in times.table(per: Double(pairs) / 10_000) { print(line) }
  }

  private func measure(_ path: String, into times: inout StageTimes) throws {
    var watch = Stopwatch()
    let dataset = try Dataset.open(.file(path))
    times.add(watch.lap(), to: "open the file")
    for position in 0..<dataset.rowCount { _ = dataset.row(at: position) }
    times.add(watch.lap(), to: "read every row")
    guard let indexed = IndexedDataset(dataset) else { return }
    times.add(watch.lap(), to: "identify every row")

    var scan = NoiseScan(
      source: indexed.dataset,
      settings: ScanSettings(signals: Set(SignalID.selectable)), jobs: jobs)
    var stage = ScanStage.reading
    var lap = Stopwatch.Lap.zero
    while scan.result == nil {
      watch.restart()
      let progress = scan.advance()
      lap += watch.lap()
      // A stage ends with the step that begins the next one, a signal with its last step.
      if progress.stage != stage {
        if stage != .comparing { times.add(lap, to: Self.name(of: stage)) }
        // The last signal may have had nothing to say.
        if progress.stage == .finished, !progress.completed.isEmpty {
          times.add(lap, to: Self.name(of: progress.completed))
        }
        stage = progress.stage
        lap = .zero
      } else if stage == .comparing, !progress.completed.isEmpty {
        times.add(lap, to: Self.name(of: progress.completed))
        lap = .zero
      }
    }
    guard let artefacts = scan.artefacts, let result = scan.result else { return }
    let rows = Array(result.queue().prefix(20))
    watch.restart()
    for row in rows { _ = artefacts.related(to: row, limit: 10) }
    times.add(watch.lap() / Double(max(rows.count, 1)), to: "related pairs of one pair")
    _ = result.encoded()
    times.add(watch.lap(), to: "encode the result")
  }

  private static func name(of stage: ScanStage) -> String {
    switch stage {
    case .reading: "scan: rows and features"
    case .weighing: "scan: design"
    case .choosing: "scan: choosing ridge and weights"
    case .fitting: "scan: fitting the head"
    case .judging: "scan: judging every pair"
    case .comparing, .finished: "scan: signals"
    }
  }

  private static func name(of signals: [SignalID]) -> String {
    "signal: " + (signals.first { SignalID.selectable.contains($0) } ?? signals[0]).rawValue
  }
}
