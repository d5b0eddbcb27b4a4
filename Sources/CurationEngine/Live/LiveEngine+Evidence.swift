import DatasetFiles
import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// What was asked for last, until all of it is known.
  struct EvidenceRequest {
    var position: Int
    var limit: Int
  }

  /// Says why the row at `position` stands where it stands, with the `limit` strongest reasons of each
  /// kind.
  ///
  /// It says so again when more is known: the first time of a scan, how much the signals say the same
  /// takes a look at all pairs; and the pairs that bear on it wait for the artefacts.
  public func explain(position: Int, limit: Int) {
    let request = EvidenceRequest(position: position, limit: limit)
    state.withLock { $0.evidenceRequest = request }
    submit(request)
  }

  /// Says once more what was asked for last, now that the scan can be asked for related pairs.
  func explainAgain() {
    if let request = state.withLock({ $0.evidenceRequest }) { submit(request) }
  }

  private func submit(_ request: EvidenceRequest) {
    evidenceThread.submit { [self] in answer(request) }
  }

  private func answer(_ request: EvidenceRequest) {
    let position = request.position
    let (opened, scan, artefacts, correlations) = state.withLock {
      ($0.opened, $0.scan, $0.artefacts, $0.correlations)
    }
    guard let opened, let scan, case .success(let row) = opened.row(at: position) else {
      return report(.explained(position: position, nil))
    }
    var evidence = scan.evidence(
      of: row, at: position, limit: request.limit, asking: artefacts)
    // Decisions move single margins, which does not change what the signals have in common.
    if let correlations, correlations.ids == SignalCorrelations.ids(of: scan) {
      evidence.correlations = correlations
      return report(.explained(position: position, evidence))
    }
    report(.explained(position: position, evidence))
    let compared = SignalCorrelations(scan)
    state.withLock { $0.correlations = compared }
    evidence.correlations = compared
    report(.explained(position: position, evidence))
  }
}
