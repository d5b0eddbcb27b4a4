import DatasetFiles
public import PreferenceData
import PreferenceScoring
import Synchronization

extension LiveEngine {
  /// What was asked for last, until all of it is known.
  struct EvidenceRequest {
    var position: Int
    /// The pair of a ranking that is meant; nil for its most suspicious one, and for any other row.
    var pair: RankedPair?
    var limit: Int
  }

  /// Says why the row at `position` stands where it stands, with the `limit` strongest reasons of each
  /// kind.
  ///
  /// It says so again when more is known: the first time of a scan, how much the signals say the same
  /// takes a look at all pairs; and the pairs that bear on it wait for the artefacts.
  public func explain(position: Int, pair: RankedPair? = nil, limit: Int) {
    let request = EvidenceRequest(position: position, pair: pair, limit: limit)
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
    func say(_ evidence: PairEvidence?) {
      report(.explained(position: position, pair: request.pair, evidence))
    }
    guard let opened, let scan,
      var evidence = opened.evidence(
        of: request.pair, at: position, in: scan, limit: request.limit, asking: artefacts)
    else { return say(nil) }
    // Decisions move single margins, which does not change what the signals have in common.
    if let (changes, correlations) = correlations, changes == scan.signalChanges,
      correlations.ids == SignalCorrelations.ids(of: scan)
    {
      evidence.correlations = correlations
      return say(evidence)
    }
    say(evidence)
    let compared = SignalCorrelations(scan)
    state.withLock { $0.correlations = (scan.signalChanges, compared) }
    evidence.correlations = compared
    say(evidence)
  }
}
