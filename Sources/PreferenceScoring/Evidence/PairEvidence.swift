public import PreferenceData

/// Everything that a scan can say about why one pair is suspected, or is not.
public struct PairEvidence: Hashable, Sendable {
  /// What adds up to the leave-one-out margin; nil where the row has no score.
  public var explanation: Explanation?
  /// What each signal says, as `SignalFamily.precedes` orders them.
  public var standings: [SignalStanding]
  /// The other pairs that bear on it; nil until the scan can be asked for them.
  public var related: RelatedPairs?
  /// The pair through the epochs of peer review; nil until peer review has ended.
  public var trajectory: PeerTrajectory?
  /// How much the signals of the scan say the same; nil until they have been compared.
  public var correlations: SignalCorrelations?

  public init(
    explanation: Explanation?, standings: [SignalStanding], related: RelatedPairs? = nil,
    trajectory: PeerTrajectory? = nil, correlations: SignalCorrelations? = nil
  ) {
    self.explanation = explanation
    self.standings = standings
    self.related = related
    self.trajectory = trajectory
    self.correlations = correlations
  }

  /// What the pair has by the signal `id`.
  public func standing(of id: SignalID) -> SignalStanding? { standings.first { $0.id == id } }
}

extension ScanResult {
  /// The evidence about row `index`, whose content is `row`, with the `limit` strongest contributions.
  ///
  /// - Complexity: O(rows x signals + bytes + columns^2).
  public func evidence(of row: PreferenceRow, at index: Int, limit: Int) -> PairEvidence {
    PairEvidence(
      explanation: explanation(of: row, at: index, limit: limit), standings: standings(at: index))
  }
}
