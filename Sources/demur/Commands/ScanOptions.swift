import ArgumentParser
import CurationEngine
import CurationInterface
import DatasetFiles
import Foundation
import PreferenceScoring
import ReviewStore

/// What decides a scan.
struct ScanOptions: ParsableArguments {
  @OptionGroup(title: "Rewards, groups and annotators") var rewards: RewardOptions

  @Option(help: ArgumentHelp("Decides everything random; the same seed gives the same bytes."))
  var seed: UInt64 = Settings.ofRun.wholeNumber(.seed) ?? 0

  @Option(help: ArgumentHelp("How many threads to use; the result does not depend on it."))
  var jobs: Int = Settings.ofRun.jobs

  @Option(help: ArgumentHelp("The share of the queue that is flagged.", valueName: "share"))
  var flagShare: Double = Settings.ofRun.flagShare

  @Option(
    help: ArgumentHelp(
      "Which signals to work out besides the margins: 'all', 'none', or some of "
        + SignalID.selectable.map(\.rawValue).joined(separator: ", ")
        + "; if not given, the first three where the command shows signals, else none.",
      valueName: "a,b"),
    transform: Self.signals)
  var signals: Set<SignalID>?

  @Option(
    help: ArgumentHelp(
      "End after about this time, from the start of the command, with what is most useful; what is "
        + "left out is said.", valueName: "seconds"))
  var deadline: Deadline?

  @Option(
    help: ArgumentHelp(
      "On whose loss to measure influence: all, gold (the rows with a decision that keeps or swaps), "
        + "shorter (the chosen side is the shorter one), group=NAME (a source or an annotator), or a "
        + "file that names a row a line; works out influence too.",
      valueName: "target"))
  var influenceOn: String?

  /// The signals that `text` names.
  private static func signals(_ text: String) throws -> Set<SignalID> {
    if text == "all" { return Set(SignalID.selectable) }
    if text == "none" { return [] }
    let ids = text.split(separator: ",").map { SignalID(rawValue: String($0)) }
    // A scan always has the margins: asking for them is no mistake.
    let known = Set(SignalID.selectable + SignalID.loop + [.margin, .leaveOneOut])
    if let unknown = ids.first(where: { !known.contains($0) }) {
      throw ValidationError("there is no signal called \(unknown.rawValue)")
    }
    return Set(ids).intersection(SignalID.selectable + SignalID.loop)
  }

  func validate() throws {
    guard jobs > 0 else { throw ValidationError("--jobs takes a number from 1 on, got \(jobs)") }
    guard flagShare > 0, flagShare < 1 else {
      throw ValidationError("--flag-share takes a number between 0 and 1, got \(flagShare)")
    }
  }

  /// The settings of a scan for a command that shows signals, or for one that shows only the queue
  /// and need not wait for them.
  func settings(showingSignals: Bool) -> ScanSettings {
    settings(showing: showingSignals ? SignalID.standard : [])
  }

  /// The settings of a scan for a command that shows these signals, unless it is told others.
  func settings(showing unasked: [SignalID]) -> ScanSettings {
    // Those of the loop come from decisions, not from the scan.
    let asked = (signals ?? Settings.ofRun.signals ?? Set(unasked)).subtracting(SignalID.loop)
    return ScanSettings(
      seed: seed, flagShare: flagShare,
      signals: influenceOn == nil ? asked : asked.union([.influence]))
  }

  /// The scan of `opened`, from the cache or run now with a line of progress on standard error.
  func scan(
    _ opened: IndexedDataset, options: FileOptions, showingSignals: Bool = false
  ) throws -> ScanResult {
    try scan(opened, options: options, showing: showingSignals ? SignalID.standard : [])
  }

  /// The same with these signals, unless it is told others.
  func scan(
    _ opened: IndexedDataset, options: FileOptions, showing unasked: [SignalID]
  ) throws -> ScanResult {
    let runner = try runner(of: opened, options, unasked)
    let result = try run(runner)
    guard !(signals ?? Set(unasked)).isDisjoint(with: SignalID.loop) else {
      return result.byRow(opened.scannedPairs)
    }
    return try withLoop(result, runner, of: opened, options).byRow(opened.scannedPairs)
  }

  /// The same with these signals, one place a pair (`IndexedDataset.scannedPairs`).
  func scanOfPairs(
    _ opened: IndexedDataset, options: FileOptions, showing unasked: [SignalID]
  ) throws -> ScanResult {
    try run(runner(of: opened, options, unasked))
  }

  /// The same with these signals, one place a pair (`IndexedDataset.scannedPairs`), and with what
  /// questions about single pairs are answered from.
  func scanForQuestions(
    _ opened: IndexedDataset, options: FileOptions, showing unasked: [SignalID]
  ) throws -> (ScanResult, ScanArtefacts?) {
    let runner = try runner(of: opened, options, unasked)
    let result = try run(runner)
    var line = ProgressLine()
    defer { line.clear() }
    let artefacts = runner.artefacts(until: CancellationFlag()) { progress, _ in
      line.show(progress.stage.rawValue, share: progress.share)
    }
    return (result, artefacts)
  }

  func runner(
    of opened: IndexedDataset, _ options: FileOptions, _ unasked: [SignalID]
  ) throws -> ScanRunner {
    var settings = settings(showing: unasked)
    settings.influenceTarget = try influenceTarget(in: opened, options)
    return ScanRunner(
      source: opened.scanSource, settings: settings, jobs: jobs,
      key: try scanKey(of: opened, options, settings),
      cache: try options.reviewRequest(for: opened.dataset).scoreCache, deadline: deadline?.value)
  }

  func run(_ runner: ScanRunner) throws -> ScanResult {
    var line = ProgressLine()
    let result = runner.run(until: CancellationFlag()) { progress, _ in
      line.show(progress.stage.rawValue, share: progress.share)
    }
    line.clear()
    guard let result else { throw Failure.deadlineOver }
    if let sentence = runner.shortfall.sentence { StandardError.line(sentence) }
    if influenceOn != nil, runner.shortfall.sentence == nil, result.scoredCount > 0,
      result.signals[.influence] == nil
    {
      StandardError.line("no scored pair is meant by --influence-on: nothing is said of influence")
    }
    if result.settings.signals.contains(.gpm), runner.shortfall.isEmpty,
      result.signals[.gpm] == nil
    {
      StandardError.line(
        "nothing is said of gpm: no labels of a prompt go round in a circle beyond what errors explain"
      )
    }
    return result
  }

  /// The scan of `opened` that an earlier run has kept, or nil where there is none. Makes nothing on
  /// disk.
  func keptScan(of opened: IndexedDataset, options: FileOptions) throws -> ScanResult? {
    guard let cache = try options.reviewRequest(for: opened.dataset).existingScoreCache else {
      return nil
    }
    for showingSignals in [true, false] {
      let settings = settings(showingSignals: showingSignals)
      let key = try scanKey(of: opened, options, settings)
      if let kept = cache.bytes(for: key.text), let result = ScanResult(encoded: kept) {
        return result.byRow(opened.scannedPairs)
      }
    }
    return nil
  }

  private func scanKey(
    of opened: IndexedDataset, _ options: FileOptions, _ settings: ScanSettings
  ) throws -> ScanKey {
    do {
      return try opened.dataset.scanKey(
        mapping: try options.knownFields().mapping, scores: opened.scoreIdentities,
        settings: settings)
    } catch let error as DatasetReadError {
      throw Failure(error, file: options.file)
    }
  }
}

/// A number of seconds from when it was read, which is when the command begins.
struct Deadline: ExpressibleByArgument {
  let value: ScanDeadline

  init?(argument: String) {
    guard let seconds = Double(argument), seconds > 0, seconds < 1e9 else { return nil }
    value = ScanDeadline(.seconds(seconds))
  }
}
