import CurationEngine
import PreferenceData
import PreferenceScoring
import ReviewStore

/// A review and what its confirmed pairs say.
struct ReviewLoop {
  let known: LoopEvidence
  let artefacts: ScanArtefacts
  let scores: LoopScores

  /// Nil where the rows give no head.
  init?(
    _ opened: IndexedDataset, _ options: FileOptions, result: ScanResult, runner: ScanRunner,
    jobs: Int
  ) throws {
    var line = ProgressLine()
    defer { line.clear() }
    let artefacts = runner.artefacts(until: CancellationFlag()) { progress, _ in
      line.show(progress.stage.rawValue, share: progress.share)
    }
    guard let artefacts else { return nil }
    let request = try options.reviewRequest(for: opened.dataset)
    do {
      let review = try Review.read(request)
      known = opened.loopEvidence(
        under: try review.journal.ledger(), by: review.annotator,
        seed: try review.journal.seed() ?? 0, scan: result)
    } catch {
      throw Failure(
        describing: error, file: options.file, folder: request.places.candidates[0].path)
    }
    self.artefacts = artefacts
    scores = artefacts.loopScores(known, jobs: jobs)
  }
}

extension ScanOptions {
  /// `result` with what the decisions up to now say besides it.
  func withLoop(
    _ result: ScanResult, _ runner: ScanRunner, of opened: IndexedDataset, _ options: FileOptions
  ) throws -> ScanResult {
    let loop = try ReviewLoop(opened, options, result: result, runner: runner, jobs: jobs)
    return loop.map { result.withLoop($0.scores.signals) } ?? result
  }

  /// How far the loop is, with the learning curve, by the kept scan; nil where none is kept.
  func loopFigures(of opened: IndexedDataset, _ options: FileOptions) throws -> LoopFigures? {
    guard try keptScan(of: opened, options: options) != nil else { return nil }
    let runner = try runner(of: opened, options, [])
    guard
      let loop = try ReviewLoop(
        opened, options, result: run(runner), runner: runner, jobs: jobs)
    else { return nil }
    let curve = loop.artefacts.learningCurve(loop.known.confirmed)
    return loop.scores.figures(with: curve).byRow(opened.scannedPairs)
  }
}
