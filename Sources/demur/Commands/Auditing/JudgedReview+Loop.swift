import CurationInterface
import PreferenceData
import PreferenceScoring

extension JudgedReview {
  /// What all decisions of this annotator together say of the file.
  func served(by scan: ScanResult) -> Result<ServedNoise, ServedNoise.Reason> {
    let own = reviewed.filter { $0.annotator == figures.annotator }
    return Result { () throws(ServedNoise.Reason) in
      try ServedNoise(own, sample: sample, ranks: scan.ranks)
    }
  }

  /// What the confirmed pairs have taught; null where there are none, or no kept scan.
  func loopJSON(_ facts: DashboardFacts) -> JSONValue {
    guard let loop = facts.loop, let scan else { return .null }
    let line = FlagLine(scan, figures)
    let audited = figures.audit.look?.margins(in: scan) ?? []
    func finds(_ rows: [Int]) -> JSONValue {
      let margins = rows.compactMap { scan.signals[.leaveOneOut]?[$0] }
      return JSONValue(ExpectedFinds(margins: margins, audited: audited, seed: scan.settings.seed))
      {
        ["rows": .integer($0.rowCount), "wrong": $0.count.json]
      }
    }
    return [
      "confirmed": .integer(loop.confirmedCount), "wrong": .integer(loop.errorCount),
      "drawn": .integer(loop.drawnCount),
      "two_heads": JSONValue(loop.consistency) { kinds in
        [
          "agree": .integer(kinds[.bothAgree] ?? 0), "differ": .integer(kinds[.differ] ?? 0),
          "oppose": .integer(kinds[.bothOppose] ?? 0),
        ]
      },
      "gold_accuracy": JSONValue(loop.curve) { curve in
        .array(
          curve.points.map { ["pairs": .integer($0.pairCount), "accuracy": $0.accuracy.json] })
      },
      "gain_of_twice_as_many": JSONValue(loop.curve) { $0.gainOfDoubling.json },
      "flag_line": JSONValue(line) { line in
        [
          "beta": .number(line.beta), "flagged": .integer(line.flaggedCount),
          "share": line.share.json, "precision": line.precision.json,
          "recall": line.recall.json, "audited": .integer(line.auditedCount),
        ]
      },
      "next_by_value": finds(loop.nextByValue), "next_by_suspicion": finds(loop.nextBySuspicion),
      "noise_by_all_decisions": served(by: scan).json,
    ]
  }
}

extension Result<ServedNoise, ServedNoise.Reason> {
  fileprivate var json: JSONValue {
    guard case .success(let served) = self else { return .null }
    return [
      "noise": served.noise.json, "queue_rows": .integer(served.headCount),
      "queue_wrong": .integer(served.headWrongCount), "drawn_rows": .integer(served.drawnCount),
      "clipped": .integer(served.clippedCount),
    ]
  }
}
