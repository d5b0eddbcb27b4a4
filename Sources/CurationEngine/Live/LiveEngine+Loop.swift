import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// What the confirmed pairs say now, by place; nil before the first scan, and without decisions.
  func loopScores() -> (IndexedDataset, ScanArtefacts, LoopEvidence, LoopScores)? {
    let (opened, file, review, ledger, seed) = state.withLock {
      ($0.opened, $0.fileArtefacts, $0.review, $0.ledger, $0.seed)
    }
    guard let opened, let file, let review, !ledger.decidedRows.isEmpty else { return nil }
    let known = opened.loopEvidence(
      under: ledger, by: review.annotator, seed: seed, scan: file.result)
    return (opened, file, known, file.loopScores(known, jobs: jobs))
  }

  /// Works out the signals of the loop, and keeps them for what is ranked from now on.
  func takeLoop() {
    guard let (_, _, _, scores) = loopScores() else { return }
    state.withLock { state in
      state.loop = scores.signals
      state.scan = state.scan?.withLoop(scores.signals)
    }
  }

  /// Reports how far the loop is, for the dashboard.
  func surveyLoop() {
    guard let (opened, file, known, scores) = loopScores() else { return }
    let figures = scores.figures(with: file.learningCurve(known.confirmed))
    report(.loopSurveyed(figures.byRow(opened.scannedPairs)))
  }
}
