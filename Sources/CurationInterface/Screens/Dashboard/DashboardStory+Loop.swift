import PreferenceScoring
import TerminalSurface

extension DashboardStory {
  /// What the confirmed pairs have taught, and what more of them would.
  var loop: DashboardPanel {
    var panel = DashboardPanel("LOOP")
    guard let loop = facts.loop, let scan = facts.scan else {
      panel.add([StyledRun("nothing is confirmed: keeps and swaps teach", .textMuted)])
      return panel
    }
    panel.add(
      "confirmed",
      "\(Numbers.count(loop.confirmedCount, "pair")), \(Numbers.grouped(loop.errorCount)) wrong, "
        + "\(Numbers.grouped(loop.drawnCount)) drawn at random")
    panel.add("two heads", loop.consistencyPhrase)
    panel.add("gold head", loop.accuracyPhrase)
    if let curve = loop.curve {
      panel.add(
        "twice as many", "\(curve.gainOfDoubling.pointsText) of accuracy, if it goes on as it did")
    }
    panel.add("flag line", flagLinePhrase(scan))
    panel.add(
      "next by value", findsPhrase(loop.nextByValue, scan),
      link: .rows(title: "next by value", loop.nextByValue.sorted()))
    panel.add(
      "next by rank", findsPhrase(loop.nextBySuspicion, scan),
      link: .rows(title: "next by suspicion", loop.nextBySuspicion.sorted()))
    return panel
  }

  /// Where the flagged would be worth the most, by the audit.
  private func flagLinePhrase(_ scan: ScanResult) -> String {
    guard let figures = facts.figures, let line = FlagLine(scan, figures) else {
      return Self.withoutCalibration
    }
    return "best F1 at the first \(line.share.percentText): precision "
      + "\(line.precision.percentText), recall \(line.recall.percentText) "
      + "(\(Numbers.count(line.auditedCount, "audited row")))"
  }

  /// How many wrong labels `rows` are expected to hold, beside rows at random.
  private func findsPhrase(_ rows: [Int], _ scan: ScanResult) -> String {
    let margins = rows.compactMap { scan.signals[.leaveOneOut]?[$0] }
    guard let look = facts.figures?.audit.look,
      let finds = ExpectedFinds(
        margins: margins, audited: look.margins(in: scan), seed: scan.settings.seed)
    else { return Self.withoutCalibration }
    let random = look.noise.value * Double(finds.rowCount)
    return "\(finds.count.countText) wrong in \(finds.rowCount), at random "
      + "\(Numbers.fixed(random, decimals: 0)) (\(Numbers.count(finds.auditedCount, "audited row")))"
  }

  private static let withoutCalibration =
    "not measured: an audit of \(LabelCalibration.neededRows) rows with "
    + "\(LabelCalibration.neededWrong) wrong says it"

  /// What all decisions together say of the file, beside the audit.
  var servedPhrase: String? {
    guard facts.figures?.decidedCount ?? 0 > 0 else { return nil }
    switch facts.served {
    case nil: return nil
    case .success(let served):
      return "\(served.noise.percentText)  \(Numbers.count(served.headCount, "row")) of the queue, "
        + "\(served.drawnCount) drawn beyond, weighted"
    case .failure(.tooFewDrawn(let found, let needed)):
      return "not estimated: \(found) of \(needed) drawn rows beyond the decided queue"
    case .failure(.withoutProbability(let count)):
      return "not estimated: \(Numbers.count(count, "drawn row")) without a probability"
    }
  }
}

extension LoopFigures {
  fileprivate var consistencyPhrase: String {
    guard let consistency else {
      return "\(confirmedCount) of \(Self.neededPairs) confirmed pairs for a gold head"
    }
    func count(_ kind: TwoModelConsistency) -> String { Numbers.grouped(consistency[kind] ?? 0) }
    return "agree with \(count(.bothAgree)) labels, oppose \(count(.bothOppose)), "
      + "differ on \(count(.differ))"
  }

  fileprivate var accuracyPhrase: String {
    guard let curve else {
      return "not measured: \(drawnCount) of \(LearningCurve.neededPairs) pairs drawn at random"
    }
    let points = curve.points.map { "\($0.accuracy.percentText) at \($0.pairCount)" }
    return "right on \(points.joined(separator: ", "))"
  }
}

extension Estimate {
  /// `+2 points (-1 to +5)`.
  fileprivate var pointsText: String {
    let ends = [value, lower, upper].map { Numbers.signed($0 * 100, decimals: 0) }
    return "\(ends[0]) points (\(ends[1]) to \(ends[2]))"
  }
}
