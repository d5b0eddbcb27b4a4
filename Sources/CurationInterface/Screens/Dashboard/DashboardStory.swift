import PreferenceData
import PreferenceScoring
public import TerminalSurface

/// The dashboard in words: what to know in the first ten seconds, and then all of it. What has not been
/// measured is said not to be.
public struct DashboardStory {
  let facts: DashboardFacts
  let glyphs: Glyphs

  public init(_ facts: DashboardFacts, glyphs: Glyphs) {
    self.facts = facts
    self.glyphs = glyphs
  }

  /// What can be read in ten seconds.
  public var summary: [DashboardPanel] { [verdict, noise, biases, defects] }

  /// The rest.
  public var details: [DashboardPanel] {
    [progress, loop, suspicion, ambiguity, calibration, decisions, agreement, speed, engine]
  }

  private var verdict: DashboardPanel {
    var panel = DashboardPanel("VERDICT")
    let (word, reason, role) = judged
    panel.add([StyledRun(word, role), StyledRun(": \(reason)")])
    return panel
  }

  /// The verdict, why, and its colour.
  private var judged: (word: String, reason: String, role: ThemeRole) {
    let limit = DashboardFacts.noiseLimit
    let pairs = max(1, facts.index.rowCount)
    if let worst = facts.defects.first, Double(worst.count) > limit * Double(pairs) {
      return (
        "look at this first",
        "\(Numbers.count(worst.count, "row")) of \(Numbers.grouped(pairs)): \(worst.phrase)",
        .statusWarning
      )
    }
    if let noise = facts.figures?.correctedNoise ?? facts.figures?.audit.look?.noise {
      let percent = Numbers.nearestPercent(limit)
      if noise.upper <= limit {
        return ("usable", "at most \(Numbers.nearestPercent(noise.upper)) wrong", .statusOK)
      }
      if noise.lower > limit {
        return (
          "look at this first",
          "at least \(Numbers.nearestPercent(noise.lower)) of the labels are wrong", .statusWarning
        )
      }
      return (
        "cannot tell yet",
        "\(Numbers.percentRange(noise))% of the labels are wrong; the line is "
          + "\(percent)", .text
      )
    }
    guard let scan = facts.scan else {
      return ("cannot tell", "no scan and no audit yet", .textMuted)
    }
    guard scan.quality.hasSignal else {
      return (
        "cannot tell", "the head has no signal, and no audit was made", .statusWarning
      )
    }
    return ("cannot tell", "the queue has a signal, but no audit measured the noise", .text)
  }

  // MARK: Biases and defects

  private var biases: DashboardPanel {
    var panel = DashboardPanel("BIASES")
    guard let table = facts.biases else {
      panel.add(
        [
          StyledRun(
            facts.biasShare.map { "comparing the sides of all pairs: \(Numbers.percent($0))" }
              ?? "not compared yet", .textMuted)
        ])
      return panel
    }
    let largest = table.rows.indices
      .filter { table.rows[$0].isSignificant && table.rows[$0].isAboutSides }
      .sorted { left, right in
        let (one, other) = (table.rows[left], table.rows[right])
        let ends = (one.withoutDirection.winRate.lower, other.withoutDirection.winRate.lower)
        if one.isClear != other.isClear { return one.isClear }
        return ends.0 == ends.1 ? left < right : ends.0 > ends.1
      }.prefix(4)
    for index in largest {
      panel.add([StyledRun(line(table.rows[index]))], link: .bias(index))
    }
    if largest.isEmpty {
      panel.add([StyledRun("none beyond chance: \(table.testSummary)", .textMuted)])
    }
    return panel
  }

  private func line(_ row: BiasRow) -> String {
    let shown = facts.isBlind ? row.withoutDirection : row
    let share = Numbers.nearestPercent(shown.winRate.value)
    let range = Numbers.percentRange(shown.winRate)
    let mark = row.isClear ? "* " : "+ "
    let name: String
    switch row.subject {
    case .author(let author): name = facts.isBlind ? author : "written by \(author)"
    case .feature(.length): name = facts.isBlind ? "length" : "the longer side"
    case .feature(let feature): name = facts.isBlind ? feature.phrase : "more \(feature.phrase)"
    default: name = row.subject.phrase
    }
    let fate = facts.isBlind ? "one or the other side wins" : "wins"
    return "\(mark)\(name): \(fate) \(share) (\(range)) of \(Numbers.grouped(row.pairCount))"
  }

  private var defects: DashboardPanel {
    var panel = DashboardPanel("DEFECTS")
    let defects = facts.defects
    for defect in defects {
      let count = String(repeating: " ", count: max(0, 6 - Numbers.grouped(defect.count).count))
      panel.add(
        [StyledRun("\(count)\(Numbers.grouped(defect.count))  \(defect.phrase)")],
        link: defect.rows.map { .rows(title: defect.phrase, $0) })
    }
    if facts.scan == nil {
      panel.add([StyledRun("copies and conflicts: not looked for, a scan does", .textMuted)])
    } else if defects.isEmpty {
      panel.add([StyledRun("none", .statusOK)])
    }
    return panel
  }
}

extension BiasRow {
  /// Whether it compares the sides of a pair, not one part of the file with the rest.
  fileprivate var isAboutSides: Bool {
    subject.section == .features || subject.section == .authors
  }
}
