public import PreferenceScoring
import TerminalSurface

extension DashboardStory {
  var noise: DashboardPanel {
    var panel = DashboardPanel("WRONG LABELS")
    let audit = facts.figures?.audit
    if let figures = facts.figures, let audit, let look = audit.look {
      panel.add(
        "in the file", "\(look.noise.percentText)  \(look.size(of: audit))",
        link: .rows(title: "wrong in the audit", look.wrongPositions))
      if let error = figures.reviewerError, let noise = figures.correctedNoise {
        panel.add("corrected", "\(noise.percentText) for \(error.phrase)")
      }
      panel.add("audited rows", look.countsPhrase, link: .rows(title: "audited", audit.answered))
    } else {
      panel.add("in the file", unmeasured)
    }
    panel.add(
      "ranked queue", queuePhrase,
      link: facts.scan.map { .rows(title: "flagged", $0.flaggedRows) })
    panel.add("next 100", forecast)
    if let served = servedPhrase { panel.add("all decisions", served) }
    if let unit = audit?.unitPhrase { panel.add("of rankings", unit) }
    return panel
  }

  /// What an audit would cost and give.
  public var unmeasured: String {
    let audit = facts.figures?.audit
    let population = audit?.rowCount ?? 0
    guard population > 0 else { return "not measured: no row has a label that could be wrong" }
    let planned = audit?.plannedCount ?? min(AuditState.usualCount, population)
    let half = AuditSample.expectedHalfWidth(
      ofSample: planned, noise: DashboardFacts.assumedNoise, rowCount: population)
    let rows = Numbers.count(planned, "row")
    let yield =
      planned < population
      ? "\(rows) give about +-\(Numbers.fixed(half * 100, decimals: 0)) points"
      : "judging all \(rows) gives it exactly"
    let time = facts.figures?.medianSeconds.map {
      "that takes about \(Numbers.timeLeft($0 * Double(planned)))"
    }
    let cost = "\(yield); \(time ?? "how long that takes is not known yet")"
    guard let audit, !audit.answered.isEmpty else { return "not measured: \(cost)" }
    let first = audit.looks.first ?? planned
    return "not measured: \(audit.answered.count) of \(planned) audited, first look at \(first)"
  }

  /// What is known of the ranked queue, which says nothing of the file.
  private var queuePhrase: String {
    guard let figures = facts.figures, figures.flagged.count > 0 else {
      return "not measured: no flagged row is decided"
    }
    let flagged = figures.flagged
    return "\(flagged.share.percentText) of the \(Numbers.count(flagged.count, "flagged row")) "
      + "decided, not of the file"
  }

  private var forecast: String {
    guard let figures = facts.figures else { return "not measured" }
    let random =
      figures.expectedAtRandom(inNext: 100).map { "at random \($0.countText) wrong (audit)" }
      ?? "at random not measured"
    guard let ranked = figures.expectedByRank(inNext: 100) else {
      let needed = ReviewFigures.neededQueueDecisions
      return "by rank not measured (\(figures.lastOfQueue.count) of \(needed) decided), \(random)"
    }
    return "by rank \(ranked.countText) wrong (last \(figures.lastOfQueue.count)), \(random)"
  }
}

extension AuditFigures {
  /// What the estimate speaks of where rows rank more than two responses; nil where none does.
  public var unitPhrase: String? {
    guard rankingCount > 0 else { return nil }
    return "one pair a row, drawn at random (\(Numbers.count(rankingCount, "ranking")))"
  }
}

extension AuditFigures.Look {
  /// Which look this is.
  public func size(of audit: AuditFigures) -> String {
    "\(Numbers.count(rowCount, "random row")), look \(number) of \(audit.looks.count)"
  }

  /// What was found, in counts.
  public var countsPhrase: String {
    var text = "\(wrongPositions.count) wrong, \(tieCount) tie, \(contestedCount) bad or dropped"
    if strata.count > 1 {
      let parts = strata.map { part in
        "\(part.isFlagged == true ? "flagged" : "others") "
          + "\(part.stratum.wrongCount)/\(part.stratum.drawnCount)"
      }
      text += "; wrong: \(parts.joined(separator: ", "))"
    }
    return text
  }
}

extension ReviewerError {
  /// What was measured.
  public var phrase: String {
    "your error: \(differingCount) of \(Numbers.count(pairCount, "repeat")) differ"
  }
}

extension Estimate {
  /// `14% (8-22)`.
  public var percentText: String {
    "\(Numbers.nearestPercent(value)) (\(Numbers.percentRange(self)))"
  }

  /// `14 (8-22)`.
  var countText: String {
    let numbers = [value, lower, upper].map { Numbers.fixed($0, decimals: 0) }
    return "\(numbers[0]) (\(numbers[1])-\(numbers[2]))"
  }
}

extension ScanResult {
  /// The rows that are flagged, in file order.
  var flaggedRows: [Int] { ranks.indices.filter(isFlagged) }
}
