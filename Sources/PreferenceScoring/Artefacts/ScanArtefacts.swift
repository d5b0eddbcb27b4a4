/// What a finished scan keeps in memory, so that questions about its pairs are answered at once:
/// which pairs bear on a pair, and what the ranking becomes under a person's decisions.
///
/// - Complexity: about 4 bytes a column and 100 a row.
public struct ScanArtefacts: Sendable {
  /// The ranking, with all signals that are worked out so far.
  public internal(set) var result: ScanResult
  let pairs: ScannedPairs
  let head: BradleyTerryHead
  let setting: HeadSetting
  /// By design row, under `head` and as `changes` label the pairs.
  let judged: JudgedPairs
  /// The pairs as `changes` label them.
  let design: DesignMatrix

  /// - Parameters:
  ///   - pairs: The pairs as the file labels them.
  ///   - judging: What the head says of each of them, all judged.
  ///   - setting: What the head was fitted with.
  ///   - quality: What was measured out of fold.
  ///   - changes: With what other labels the head was fitted.
  init(
    _ pairs: ScannedPairs, _ judging: PairJudging, setting: HeadSetting, quality: HeadQuality,
    changes: LabelChanges = LabelChanges()
  ) {
    self.pairs = pairs
    self.setting = setting
    head = judging.head
    judged = judging.judged
    design = pairs.design.relabelled(pairs.signs(of: changes))
    result = ScanResult(
      judged, head: head, of: pairs, setting: setting, quality: quality, changes: changes
    ).adding(pairs.rewardSignals, rewards: pairs.rewardCheck.qualities)
  }

  /// With what other labels than those of the file the head was fitted.
  public var changes: LabelChanges { result.changes }

  /// The same with the signals of `other`, artefacts of the same rows.
  public func withSignals(of other: ScanArtefacts) -> ScanArtefacts {
    withSignals(of: other.result)
  }

  var penalties: [Double] { setting.penalties(of: pairs.space.blocks) }

  /// What the signals are worked out from, as `changes` label the pairs.
  var evidence: SignalEvidence {
    let signs = pairs.signs(of: changes)
    func named(_ rows: NamedRows) -> [Int?] {
      rows.isEmpty ? [] : pairs.fileRows.map { rows.number(at: $0) }
    }
    return SignalEvidence(
      design: design, groups: pairs.groups, keys: pairs.keys(under: signs),
      prompts: pairs.attributes.prompts,
      promptQualities: pairs.attributes.promptQualities, head: head,
      penalties: penalties, blocks: pairs.space.blocks.map(\.columns), margins: judged.margins,
      leftOutMargins: judged.leftOutMargins, rewardMargins: pairs.rewardMargins(under: signs),
      seed: pairs.settings.seed,
      annotators: named(pairs.annotators), sources: named(pairs.sources), votes: pairs.votes,
      columns: pairs.columns(under: signs), annotatorNames: pairs.annotators.names,
      sourceNames: pairs.sources.names, chosenPlaces: pairs.chosenPlaces(under: signs))
  }
}
