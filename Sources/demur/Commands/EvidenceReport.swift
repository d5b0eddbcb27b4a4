import CurationEngine
import CurationInterface
import PreferenceData
import PreferenceScoring
import TerminalSurface

/// The evidence about one row as a command prints it: the facts of the evidence screen, in the terms
/// of the file.
struct EvidenceReport {
  let evidence: PairEvidence
  let position: Int
  /// Which pair of a ranking is meant.
  let pair: RankedPair?
  /// By row.
  let result: ScanResult
  /// How many pairs were scored.
  let pairCount: Int
  let opened: IndexedDataset

  var lines: [String] {
    var lines = ["", "== evidence" + pairText] + result.quality.lines
    lines += evidence.findings.map { "finding: \($0.phrase)" }
    guard let explanation = evidence.explanation else {
      let reason = result.unscoredReasons[position]?.text ?? "there is no head"
      return lines + ["not scored: \(reason)"]
    }
    lines.append(
      "leave-one-out margin \(Numbers.signed(explanation.margin)) "
        + "(above 0 speaks for the chosen side), rank \(Numbers.grouped(explanation.rank)) of "
        + Numbers.grouped(pairCount))
    return lines + signalLines + relatedLines + driverLines(explanation) + epochLines + heldOutLines
  }

  private var pairText: String {
    guard let pair, !opened.scannedPairs.isPlain else { return "" }
    return " on responses \(min(pair.better, pair.worse)) and \(max(pair.better, pair.worse))"
  }

  private var signalLines: [String] {
    var lines = ["", "SIGNAL                      VALUE              RANK  SHARE     MEANING"]
    for standing in evidence.standings {
      let cells = [
        Table.cell(standing.id.rawValue, 21),
        Table.cell(Numbers.signed(standing.value, decimals: 4), 10, alignedRight: true),
        Table.cell(standing.rankText, 16, alignedRight: true), Table.cell(standing.shareText, 8),
        standing.meaning { $0 ? "chosen" : "rejected" },
      ]
      lines.append(cells.joined(separator: "  "))
    }
    let missing = SignalFamily.allCases.filter { family in
      family != .other && !evidence.standings.contains { SignalFamily($0.id) == family }
    }
    if !missing.isEmpty {
      lines.append(
        "nothing is said of this pair by: \(missing.map(\.phrase).joined(separator: ", "))")
    }
    if let mixture = result.noise.mixture, !mixture.isIdentified || !result.quality.hasSignal {
      lines.append("noise EM: its share of wrong labels is not identified, so em is no probability")
    }
    let shown = evidence.standings.map(\.id).filter(SignalFamily.isLead)
    if let sentence = evidence.correlations?.sentence(of: shown) { lines.append(sentence) }
    return lines
  }

  private var relatedLines: [String] {
    guard let related = evidence.related else { return [] }
    var lines = ["", "OTHER PAIRS  (influence on the margin, in logits; above 0 for the label)"]
    if related.isEmpty { lines.append("no other pair bears on this one") }
    lines += related.conflicts.map { relatedLine("conflict", $0) }
    lines += related.copies.map { relatedLine("copy", $0) }
    lines += related.opposing.map { relatedLine("opposes", $0.row, $0.influence) }
    lines += related.supporting.map { relatedLine("supports", $0.row, $0.influence) }
    return lines
  }

  private func relatedLine(_ kind: String, _ row: Int, _ influence: Double? = nil) -> String {
    let amount = influence.map { Numbers.signed($0, decimals: 4) } ?? ""
    return [
      Table.cell(kind, 8), Table.cell(amount, 8, alignedRight: true), Table.cell("row:\(row)", 11),
      Table.cell(opened.requestLine(of: row), 60),
    ].joined(separator: "  ")
  }

  private func driverLines(_ explanation: Explanation) -> [String] {
    var lines = ["", "WHAT DRIVES THE MARGIN  (above 0 for the chosen side)"]
    for contribution in explanation.contributions {
      lines.append(
        "  \(Numbers.signed(contribution.amount, decimals: 3))  "
          + Table.line(contribution.source.phrase))
    }
    if explanation.restCount > 0 {
      lines.append(
        "  \(Numbers.signed(explanation.rest, decimals: 3))  "
          + "the other \(Numbers.count(explanation.restCount, "feature"))")
    }
    if let agrees = explanation.lengthAgrees {
      lines.append(
        "length alone \(agrees ? "agrees with" : "contradicts") the label "
          + "(\(Numbers.signed(explanation.lengthAmount, decimals: 3)))")
    }
    return lines
  }

  private var heldOutLines: [String] {
    guard let heldOut = evidence.heldOut else { return [] }
    return [
      "", "THROUGH THE EPOCHS OF HEADS THAT HAVE NOT SEEN IT  (p in tenths, then margins)",
      "  \(heldOut.sparkline(.ascii))  "
        + heldOut.margins.map { Numbers.signed(Double($0), decimals: 1) }.joined(separator: " "),
    ]
  }

  private var epochLines: [String] {
    guard let trajectory = evidence.trajectory else { return [] }
    func line(_ peer: String, _ margins: [Float], _ isKept: [Bool]) -> String {
      let cells = zip(margins, isKept).map { margin, isKept in
        Numbers.signed(Double(margin), decimals: 1) + (isKept ? "k" : " ")
      }
      return "  \(peer)  \(cells.joined(separator: " "))"
    }
    let epochs = trajectory.epochs
    let words = [trajectory.agreement?.phrase, trajectory.stability?.phrase].compactMap(\.self)
    return [
      "", "THROUGH THE EPOCHS OF PEER REVIEW  (margins; k = kept for the other peer to learn from)",
      line("peer 1", epochs.map(\.marginA), epochs.map(\.isKeptByA)),
      line("peer 2", epochs.map(\.marginB), epochs.map(\.isKeptByB)),
    ] + (words.isEmpty ? [] : [words.joined(separator: " ")])
  }
}

extension EvidenceReport {
  var json: JSONValue {
    [
      "leave_one_out_margin": JSONValue(evidence.explanation) { .number($0.margin) },
      "rank": JSONValue(evidence.explanation) { .integer($0.rank) },
      "pairs": .integer(result.scoredCount),
      "suspicion": JSONValue(result.suspicion[position]) { .number($0) },
      "findings": .array(evidence.findings.map { .string($0.rawValue) }),
      "signals": .array(evidence.standings.map(\.json)),
      "correlations": JSONValue(evidence.correlations) { .array($0.json) },
      "contributions": .array(evidence.explanation?.contributions.map(\.json) ?? []),
      "rest": JSONValue(evidence.explanation) { .number($0.rest) },
      "rest_count": JSONValue(evidence.explanation) { .integer($0.restCount) },
      "length": JSONValue(evidence.explanation) { .number($0.lengthAmount) },
      "related": JSONValue(evidence.related) { related in
        [
          "supporting": .array(related.supporting.map(json)),
          "opposing": .array(related.opposing.map(json)),
          "copies": .array(related.copies.map { .object(members(of: $0)) }),
          "conflicts": .array(related.conflicts.map { .object(members(of: $0)) }),
        ]
      },
      "epochs": JSONValue(evidence.trajectory) { .array($0.epochs.map(\.json)) },
      "held_out_margins": JSONValue(evidence.heldOut) {
        .array($0.margins.map { .number(Double($0)) })
      },
      "agreement": JSONValue(evidence.trajectory?.agreement) { .string($0.name) },
      "stability": JSONValue(evidence.trajectory?.stability) { .string($0.name) },
    ]
  }

  private func members(of row: Int) -> [JSONValue.Member] {
    [.init("row", .integer(row)), .init("id", .string(opened.name(of: row)))]
  }

  private func json(_ entry: RelatedPairs.Entry) -> JSONValue {
    .object(members(of: entry.row) + [.init("influence", .number(entry.influence))])
  }
}

extension SignalStanding {
  fileprivate var json: JSONValue {
    [
      "signal": .string(id.rawValue), "value": .number(value), "rank": .integer(rank),
      "equal": .integer(equalCount), "pairs": .integer(pairCount), "share": .number(share),
    ]
  }
}

extension SignalCorrelations {
  fileprivate var json: [JSONValue] {
    ids.indices.flatMap { later in
      ids[..<later].compactMap { earlier -> JSONValue? in
        guard let value = self[earlier, ids[later]] else { return nil }
        return [
          "signals": .array([.string(earlier.rawValue), .string(ids[later].rawValue)]),
          "spearman": .number(value),
        ]
      }
    }
  }
}

extension Explanation.Contribution {
  fileprivate var json: JSONValue {
    [
      "feature": .string(source.phrase), "amount": .number(amount),
      "chosen": .number(chosenValue), "rejected": .number(rejectedValue),
    ]
  }
}

extension PeerTrajectory.Epoch {
  fileprivate var json: JSONValue {
    [
      "margin_a": .number(Double(marginA)), "margin_b": .number(Double(marginB)),
      "kept_by_a": .bool(isKeptByA), "kept_by_b": .bool(isKeptByB),
    ]
  }
}

extension PeerAgreement {
  /// The stable name that scripts see.
  fileprivate var name: String {
    switch self {
    case .bothContradict: "both_contradict"
    case .contested: "contested"
    case .bothAgree: "both_agree"
    }
  }
}

extension PeerStability {
  fileprivate var name: String {
    switch self {
    case .nonRobust: "non_robust"
    case .ambiguous: "ambiguous"
    case .robust: "robust"
    }
  }
}
