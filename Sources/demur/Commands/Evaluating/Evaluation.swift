import CurationInterface
import PreferenceData
import PreferenceScoring

/// What `demur evaluate` found, for a person and for a script.
struct Evaluation {
  /// What was planted; nil where a truth file said what is wrong.
  let noise: NoiseKind?
  /// One a run.
  var seeds: [UInt64] = []
  var runs: [EvaluationRun] = []

  /// What was measured of one signal.
  private struct Signal {
    let id: SignalID
    let summary: DetectionSummary
    let seconds: Double
    /// One a run in which an annotator or a source was struck.
    let struckRanks: [GroupRank]

    /// `1.2 of 5`: the mean place of the one that was struck.
    var struckText: String {
      guard let groups = struckRanks.first?.groupCount else { return "" }
      let mean = struckRanks.reduce(0) { $0 + $1.rank } / Double(struckRanks.count)
      return "\(Numbers.fixed(mean, decimals: 1)) of \(groups)"
    }
  }

  private var signals: [Signal] {
    let ids = Set(runs.flatMap { $0.measured.map(\.id) })
    return ids.sorted().map { id in
      let seconds = runs.compactMap { $0.seconds[id] }
      return Signal(
        id: id,
        summary: DetectionSummary(
          of: runs.compactMap { run in run.measured.first { $0.id == id }?.quality }),
        seconds: seconds.reduce(0, +) / Double(max(seconds.count, 1)),
        struckRanks: runs.compactMap { $0.struckRanks[id] })
    }
  }

  private var figures: [DetectionQuality] {
    signals.first { $0.id == .leaveOneOut }?.summary.runs ?? []
  }

  private var hasStruck: Bool { runs.contains { $0.struck != nil } }

  private var scanSeconds: Double {
    runs.reduce(0) { $0 + $1.scanSeconds } / Double(max(runs.count, 1))
  }

  /// One object, as the command line promises it to scripts.
  var json: JSONValue {
    [
      "rows": .integer(runs.first?.rowCount ?? 0),
      "scored": .integer(figures.first?.rowCount ?? 0),
      "wrong": .integer(figures.first?.wrongCount ?? 0),
      "kind": .string(noise == nil ? "truth" : "planted flips"),
      "noise": JSONValue(noise) { .string($0.rawValue) },
      "struck": .array(runs.compactMap(\.struck).map { .string($0) }),
      "seeds": .array(seeds.map { .integer(Int(clamping: $0)) }),
      "seconds": .number(scanSeconds),
      "signals": .object(signals.map { .init($0.id.rawValue, json(of: $0)) }),
    ]
  }

  private func json(of signal: Signal) -> JSONValue {
    let summary = signal.summary
    return [
      "auroc": .number(summary.auroc.value),
      "auroc_interval": [.number(summary.auroc.lower), .number(summary.auroc.upper)],
      "auroc_over_default": .number(summary.aurocOverDefault.value),
      "auroc_over_default_interval": [
        .number(summary.aurocOverDefault.lower), .number(summary.aurocOverDefault.upper),
      ],
      "auroc_by_seed": .array(summary.runs.map { .number($0.auroc.value) }),
      "average_precision": .number(summary.averagePrecision),
      "precision_at_true_count": .number(summary.precisionAtTrueCount),
      "found_in_first_15_percent": .number(summary.foundInFirst15Percent),
      "spearman_with_margin": .number(summary.spearmanWithMargin),
      "seconds": .number(signal.seconds),
      "struck_ranks": .array(signal.struckRanks.map { .number($0.rank) }),
    ]
  }

  /// The same as a table, best signal first.
  var lines: [String] {
    var lines = [heading]
    if runs.count == 1 { lines += runs[0].head.lines }
    lines.append("")
    lines.append(
      "SIGNAL                AUROC (95 %)        OVER DEFAULT (95 %)     AVG PREC  P@TRUE  "
        + "FIRST 15 %  SPEARMAN  SECONDS" + (hasStruck ? "  STRUCK ONE" : ""))
    let ranked = signals.sorted {
      ($1.summary.auroc.value, $0.id) < ($0.summary.auroc.value, $1.id)
    }
    for signal in ranked {
      let summary = signal.summary
      let isDefault = signal.id == .leaveOneOut
      lines.append(
        [
          Table.cell(signal.id.rawValue, 20), Table.cell(summary.auroc.text, 18),
          Table.cell(isDefault ? "the default" : summary.aurocOverDefault.signedText, 22),
          Table.cell(Numbers.fixed(summary.averagePrecision, decimals: 3), 8),
          Table.cell(Numbers.fixed(summary.precisionAtTrueCount, decimals: 3), 6),
          Table.cell(Numbers.percent(summary.foundInFirst15Percent), 10),
          Table.cell(Numbers.signed(summary.spearmanWithMargin, decimals: 3), 8),
          hasStruck ? Table.cell(Numbers.fixed(signal.seconds), 7) : Numbers.fixed(signal.seconds),
        ].joined(separator: "  ") + (hasStruck ? "  \(signal.struckText)" : ""))
    }
    return lines
  }

  private var heading: String {
    let what =
      switch noise {
      case nil: "wrong labels"
      case .symmetric?: "planted flips"
      case .length?: "planted flips to the longer side"
      case .annotator?, .source?: "planted flips of one \(noise?.rawValue ?? "")"
      }
    let struck = runs.compactMap(\.struck)
    let whose =
      struck.isEmpty ? "" : " (\(struck.prefix(5).map(Table.line).joined(separator: ", ")))"
    let wrong = figures.map(\.wrongCount).reduce(0, +) / max(figures.count, 1)
    let over = seeds.count == 1 ? "" : ", mean of \(seeds.count) seeds"
    return "\(Numbers.grouped(wrong)) \(what)\(whose) in "
      + "\(Numbers.count(figures.first?.rowCount ?? 0, "scored row"))\(over), "
      + "\(Numbers.fixed(scanSeconds)) s a scan"
  }
}
