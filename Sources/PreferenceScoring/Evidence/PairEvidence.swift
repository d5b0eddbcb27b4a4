public import PreferenceData

/// Everything that a scan can say about why one pair is suspected, or is not.
///
/// All of it speaks of the label that the file has, whatever was decided since.
public struct PairEvidence: Hashable, Sendable {
  /// What the row shows without any model.
  public var findings: [RowFinding]
  /// What adds up to the leave-one-out margin; nil where the row has no score.
  public var explanation: Explanation?
  /// What each signal says, as `SignalFamily.precedes` orders them.
  public var standings: [SignalStanding]
  /// The other pairs that bear on it; nil until the scan can be asked for them.
  public var related: RelatedPairs?
  /// The pair through the epochs of peer review; nil until peer review has ended.
  public var trajectory: PeerTrajectory?
  /// The pair through the epochs of heads that have not seen it; nil where the scan was not asked.
  public var heldOut: HeldOutTrajectory?
  /// How much the signals of the scan say the same; nil until they have been compared.
  public var correlations: SignalCorrelations?

  public init(
    findings: [RowFinding] = [], explanation: Explanation?, standings: [SignalStanding],
    related: RelatedPairs? = nil, trajectory: PeerTrajectory? = nil,
    heldOut: HeldOutTrajectory? = nil, correlations: SignalCorrelations? = nil
  ) {
    self.findings = findings
    self.explanation = explanation
    self.standings = standings
    self.related = related
    self.trajectory = trajectory
    self.heldOut = heldOut
    self.correlations = correlations
  }

  /// What the pair has by the signal `id`.
  public func standing(of id: SignalID) -> SignalStanding? { standings.first { $0.id == id } }
}

extension ScanResult {
  /// The evidence about row `index`, whose content is `row`: the `limit` strongest contributions, and
  /// as many supporting and opposing pairs, where there are `artefacts` to ask.
  ///
  /// - Complexity: O(rows x (signals + columns) + bytes + columns^2).
  public func evidence(
    of row: PreferenceRow, at index: Int, limit: Int, asking artefacts: ScanArtefacts? = nil
  ) -> PairEvidence {
    let isScored = ranks.indices.contains(index) && ranks[index] != nil
    var related = artefacts?.related(to: index, limit: limit)
    if let changes = artefacts?.changes { related?.speakOfFile(asking: index, changes) }
    return PairEvidence(
      findings: findings.indices.contains(index) ? findings[index].list : [],
      explanation: explanation(of: row, at: index, limit: limit, asking: artefacts),
      standings: standings(at: index).map { $0.speakingOfFile(changes.swaps(index)) },
      related: related, trajectory: isScored ? trajectories?.trajectory(of: index) : nil,
      heldOut: isScored ? heldOut?.trajectory(of: index) : nil)
  }
}

extension SignalStanding {
  /// The margins of a row whose label a decision exchanged are those of the new label: they are
  /// turned back. Its rank stays: it is the present one.
  fileprivate func speakingOfFile(_ isSwapped: Bool) -> SignalStanding {
    guard isSwapped, [.margin, .leaveOneOut, .annotator].contains(id) else { return self }
    var turned = self
    turned.value = -value
    return turned
  }
}

extension RelatedPairs {
  /// Turns what was said of labels as decisions changed them into what it says of the file's.
  fileprivate mutating func speakOfFile(asking index: Int, _ changes: LabelChanges) {
    let isSwapped = changes.swaps(index)
    if isSwapped {
      (supporting, opposing) = (opposing, supporting)
      for place in supporting.indices { supporting[place].influence.negate() }
      for place in opposing.indices { opposing[place].influence.negate() }
    }
    let all = (copies.map { ($0, true) } + conflicts.map { ($0, false) })
      .map { row, isAlike in (row: row, isAlike: isAlike == (changes.swaps(row) == isSwapped)) }
      .sorted { $0.row < $1.row }
    copies = all.filter(\.isAlike).map(\.row)
    conflicts = all.filter { !$0.isAlike }.map(\.row)
  }
}
