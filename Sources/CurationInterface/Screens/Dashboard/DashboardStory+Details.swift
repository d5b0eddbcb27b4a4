import PreferenceData
public import PreferenceScoring
import TerminalSurface

extension DashboardStory {
  var progress: DashboardPanel {
    var panel = DashboardPanel("PROGRESS")
    let figures = facts.figures
    panel.add(
      "decided", share(figures?.decidedCount ?? 0, of: facts.index.readableCount),
      link: figures.map { .rows(title: "decided", $0.positions.values.joined().sorted()) })
    if let scan = facts.scan {
      let flagged = scan.flaggedRows
      let decided = Set((figures?.positions ?? [:]).values.joined())
      let open = flagged.filter { !decided.contains($0) }
      panel.add(
        "flagged", share(flagged.count - open.count, of: flagged.count),
        link: .rows(title: "flagged, not decided", open))
    }
    if let audit = figures?.audit, audit.plannedCount > 0 {
      var text = share(audit.answered.count, of: audit.plannedCount)
      if audit.skippedCount > 0 { text += ", \(audit.skippedCount) skipped" }
      if audit.seenCount > 0 { text += ", \(audit.seenCount) not blind" }
      panel.add("random audit", text)
    }
    return panel
  }

  private func share(_ count: Int, of whole: Int) -> String {
    let share = whole == 0 ? 0 : Double(count) / Double(whole)
    return "\(Numbers.grouped(count)) of \(Numbers.grouped(whole))  \(bar(share, columns: 24)) "
      + Numbers.percent(share)
  }

  /// A bar of characters, as long as the part is large.
  private func bar(_ share: Double, columns: Int) -> String {
    let filled = share <= 0 ? 0 : min(columns, max(1, Int((share * Double(columns)).rounded())))
    return "[" + String(repeating: glyphs.filled, count: filled)
      + String(repeating: glyphs.empty, count: columns - filled) + "]"
  }

  var suspicion: DashboardPanel {
    var panel = DashboardPanel("SUSPICION")
    guard let scan = facts.scan, scan.scoredCount > 0 else {
      panel.add([StyledRun(facts.scan == nil ? "no scan yet" : "no order", .textMuted)])
      return panel
    }
    let binCount = 5
    var bins = [[Int]](repeating: [], count: binCount)
    for (row, suspicion) in scan.suspicion.enumerated() {
      guard let suspicion else { continue }
      bins[min(binCount - 1, Int(suspicion * Double(binCount)))].append(row)
    }
    let line = scan.flaggedRows.compactMap { scan.suspicion[$0] }.min()
    let most = bins.map(\.count).max() ?? 1
    for bin in bins.indices.reversed() {
      let ends = [bin, bin + 1].map { Numbers.suspicion(Double($0) / Double(binCount)) }
      var text = "\(bar(Double(bins[bin].count) / Double(most), columns: 24)) "
      text += Numbers.grouped(bins[bin].count)
      if let line, min(binCount - 1, Int(line * Double(binCount))) == bin {
        text += "  flagged from \(Numbers.suspicion(line)) on"
      }
      panel.add(
        "\(ends[0]) to \(ends[1])", text, .histogram,
        link: .rows(title: "suspicion \(ends[0]) to \(ends[1])", bins[bin]))
    }
    return panel
  }

  /// What the audit found in each part of the queue: whether more suspicious means more often wrong.
  var calibration: DashboardPanel {
    var panel = DashboardPanel("WRONG BY RANK")
    guard let scan = facts.scan, let look = facts.figures?.audit.look else {
      panel.add([StyledRun("not measured: needs a scan and an audit", .textMuted)])
      return panel
    }
    for band in SuspicionBand.allCases {
      let rows = look.positions.filter { scan.band(at: $0) == band }
      let wrong = look.wrongPositions.filter { scan.band(at: $0) == band }
      let share = Estimate(wins: wrong.count, of: rows.count)
      panel.add(
        band.phrase,
        rows.isEmpty
          ? "no audited row" : "\(share.percentText)  \(wrong.count) of \(rows.count) audited",
        link: .rows(title: "wrong in the audit, \(band.phrase)", wrong))
    }
    return panel
  }

  var decisions: DashboardPanel {
    var panel = DashboardPanel("DECISIONS")
    let positions = facts.figures?.positions ?? [:]
    let total = positions.values.reduce(0) { $0 + $1.count }
    for outcome in Outcome.allCases {
      guard let rows = positions[outcome] else { continue }
      let share = Double(rows.count) / Double(total)
      let text =
        "\(Numbers.grouped(rows.count))  \(bar(share, columns: 24)) \(Numbers.nearestPercent(share))"
      panel.add(
        outcome.rawValue, text, link: .rows(title: "decided \(outcome.rawValue)", rows))
    }
    for reason in facts.figures?.reasons ?? [] {
      panel.add(
        "  \(reason.name)", "\(Numbers.grouped(reason.positions.count)) with this reason",
        link: .rows(title: "reason \(reason.name)", reason.positions))
    }
    if total == 0 { panel.add([StyledRun("nothing is decided", .textMuted)]) }
    return panel
  }

  var agreement: DashboardPanel {
    var panel = DashboardPanel("AGREEMENT")
    let figures = facts.figures
    panel.add("with the model", text(figures?.withModel, "a preference of a scored row"))
    panel.add("with the labels", text(figures?.withLabel, "a preference"))
    if let own = figures?.withSelf, own.rowCount > 0 {
      panel.add("with yourself", "\(own.phrase), of hidden repeats")
    } else {
      panel.add("with yourself", "not measured: --repeats brings rows back", .textMuted)
    }
    for peer in figures?.peers ?? [] {
      panel.add(
        "with another", "\(peer.annotator.text): \(peer.agreement.phrase)")
    }
    if let figures, figures.peers.isEmpty {
      panel.add("with another", "no other annotator", .textMuted)
    } else if let figures {
      let alpha = figures.alpha.map { ", alpha \(Numbers.fixed($0))" } ?? ""
      panel.add(
        "conflicts", "\(Numbers.count(figures.conflicts.count, "row"))\(alpha)",
        link: .rows(title: "annotators differ", figures.conflicts))
    }
    if let sides = figures?.firstSide, sides.count > 0 {
      let isEven = sides.share.lower <= 0.5 && 0.5 <= sides.share.upper
      panel.add(
        "left-key share",
        "\(sides.share.percentText)  \(isEven ? "no side bias seen" : "SIDE BIAS")",
        isEven ? .text : .statusWarning)
    } else {
      panel.add("left-key share", "not measured: no preference yet", .textMuted)
    }
    return panel
  }

  private func text(_ tally: ReviewFigures.Tally?, _ needed: String) -> String {
    guard let tally, tally.count > 0 else { return "not measured: needs \(needed)" }
    return "\(tally.share.percentText) of \(Numbers.grouped(tally.count))"
  }

  var speed: DashboardPanel {
    var panel = DashboardPanel("SPEED")
    guard let figures = facts.figures, let median = figures.medianSeconds else {
      panel.add([StyledRun("not measured: needs five timed decisions", .textMuted)])
      return panel
    }
    panel.add(
      "a decision",
      "\(Numbers.fixed(median, decimals: 1)) s (median of \(Numbers.grouped(figures.seconds.count)))"
    )
    let parts = figures.medianSeconds(inParts: 10)
    if parts.count > 1 {
      let times = parts.map { Numbers.fixed($0, decimals: 0) }.joined(separator: " ")
      panel.add("first to last", "\(times) s")
    }
    return panel
  }

  var engine: DashboardPanel {
    var panel = DashboardPanel("ENGINE")
    if let engine = facts.engine { panel.add("now", engine) }
    guard let scan = facts.scan else {
      panel.add([StyledRun("no scan yet", .textMuted)])
      return panel
    }
    panel.add(
      "scored",
      "\(Numbers.grouped(scan.scoredCount)) of \(Numbers.count(scan.rowCount, "row"))")
    switch scan.quality {
    case .measured(let accuracy, let auc, _):
      panel.add(
        "head",
        "accuracy \(accuracy.percentText), AUC \(auc.percentText), out of fold, against the labels",
        scan.quality.hasSignal ? .text : .statusWarning)
    case .notMeasured: panel.add("head", "none: there is no order", .statusWarning)
    }
    panel.add("signals", Numbers.grouped(scan.signals.count))
    return panel
  }
}

extension SuspicionBand {
  /// The part of the queue.
  fileprivate var phrase: String {
    switch self {
    case .top5: "first 5%"
    case .top15: "next, to 15%"
    case .top30: "next, to 30%"
    case .rest: "the rest"
    }
  }
}

extension Agreement {
  /// `94% (72-99) of 16, kappa 0.88`.
  public var phrase: String {
    guard rowCount > 0 else { return "no row that both judged" }
    let kappa = kappa.map { ", kappa \(Numbers.fixed($0))" } ?? ""
    return "\(raw.percentText) of \(Numbers.grouped(rowCount))\(kappa)"
  }
}
