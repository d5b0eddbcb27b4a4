import PreferenceData
import PreferenceScoring
import TerminalSurface

/// Why a pair is suspected, told in the terms of the sides on screen.
///
/// Amounts are logits of the reward model: their sum is the margin, and their sign says towards
/// which side they push.
struct EvidenceStory {
  let position: Int
  let row: LoadedRow
  let order: [Int]
  let decision: Decision?
  let scores: ScanResult?
  let explanation: Explanation?
  let display: DisplayText
  let columns: Int

  var runs: [StyledRun] {
    var runs = labelLines
    guard let scores else {
      return runs + [StyledRun("\nNo scan has finished yet: there is no model to ask.", .textMuted)]
    }
    if !scores.quality.hasSignal { runs += banner(scores.quality) }
    guard let explanation else {
      let reason =
        scores.unscoredReasons.indices.contains(position)
        ? scores.unscoredReasons[position].map(Self.phrase) : nil
      return runs + [
        StyledRun("\n\(reason ?? "The model's reasons are being worked out...")", .textMuted)
      ]
    }
    runs += heading("VERDICT") + [StyledRun(verdict(explanation) + "\n")]
    runs += heading("MODEL") + modelLines(explanation, scores)
    runs += heading("WHAT DRIVES IT") + driverLines(explanation)
    runs += heading("LENGTH") + [StyledRun(lengthLine(explanation) + "\n")]
    return runs
  }

  private func heading(_ title: String) -> [StyledRun] {
    [StyledRun("\n\(title)\n", .title)]
  }

  private var labelLines: [StyledRun] {
    var runs = [StyledRun("The file says: \(Phrases.label(of: row, order: order)).\n")]
    if let decision {
      let verdict = Phrases.verdict(decision, of: row, order: order)
      let outcome = Phrases.outcome(decision, of: row)
      runs.append(StyledRun("You: \(verdict); \(outcome).\n"))
    } else {
      runs.append(StyledRun("You: not decided yet.\n"))
    }
    return runs
  }

  private func banner(_ quality: HeadQuality) -> [StyledRun] {
    let text: String
    switch quality {
    case .measured(_, let auc, _):
      text = """
        The model is little better than random on this data set (AUC \
        \(Numbers.suspicion(auc.value)), 95% interval \(Numbers.suspicion(auc.lower)) to \
        \(Numbers.suspicion(auc.upper))): the order means little.
        """
    case .notMeasured(.tooFewPairs(let found, let needed)):
      text =
        "\(Numbers.grouped(found)) pairs are too few for a model (\(Numbers.grouped(needed)) needed)."
    case .notMeasured(.oneGroup): text = "All pairs belong together: none can be held out."
    case .notMeasured(.noDifference): text = "Nothing that is measured differs between the sides."
    }
    return [StyledRun("\n\(text)\n", .statusWarning)]
  }

  private func verdict(_ explanation: Explanation) -> String {
    let agrees = explanation.margin > 0
    let outcome = decision?.verdict.outcome(
      sides: row.sideIDs, preferred: row.row.label.preferred)
    switch (outcome, agrees) {
    case (.keep, true): return "You, the model and the label agree."
    case (.keep, false):
      return "The model disagrees with the label. You sided with the label: it is kept."
    case (.swap, false):
      return "The model disagrees with the label. You sided with the model: it is swapped."
    case (.swap, true): return "You decided against the label and the model: it is swapped."
    case (_, true): return "Model and label agree."
    case (_, false): return "The model disagrees with the label."
    }
  }

  private func modelLines(_ explanation: Explanation, _ scores: ScanResult) -> [StyledRun] {
    let ahead = side(explanation.margin)
    let amount = Numbers.fixed(abs(explanation.margin))
    let suspicion = scores.suspicion(at: position).map(Numbers.suspicion) ?? "-"
    let band = scores.band(at: position).flatMap(Self.phrase) ?? "not among the top 30%"
    return [
      StyledRun("A reward model trained without this pair puts "),
      StyledRun(ahead, role(explanation.margin)),
      StyledRun(" ahead by \(amount) (leave-one-out margin, in logits).\n"),
      StyledRun(
        "Rank \(Numbers.grouped(explanation.rank)) of \(Numbers.grouped(scores.scoredCount)), most "
          + "suspicious first (\(band)); suspicion \(suspicion).\n"),
      StyledRun(
        "Suspicion orders the queue. It is not the probability that the label is wrong.\n",
        .textMuted),
    ]
  }

  private func driverLines(_ explanation: Explanation) -> [StyledRun] {
    let largest = explanation.contributions.map { abs($0.amount) }.max() ?? 0
    var runs: [StyledRun] = []
    for contribution in explanation.contributions {
      let share = largest > 0 ? abs(contribution.amount) / largest : 0
      runs += driverLine(
        contribution.source.phrase, contribution.amount, bar: share, values: values(contribution))
    }
    runs += driverLine(
      "\(Numbers.grouped(explanation.restCount)) others together", explanation.rest)
    runs += driverLine("sum", explanation.margin)
    return runs
  }

  private func driverLine(
    _ name: String, _ amount: Double, bar share: Double? = nil, values: String? = nil
  ) -> [StyledRun] {
    let nameColumns = min(30, max(8, columns - 14))
    var runs = [
      StyledRun(display.padded(name, to: nameColumns)),
      StyledRun(" \(side(amount)) ", role(amount)),
      StyledRun(display.padded(Numbers.fixed(abs(amount), decimals: 3), to: 7, alignedRight: true)),
    ]
    let barColumns = min(16, columns - nameColumns - 12)
    if let share, barColumns >= 6 {
      let filled = max(share > 0 ? 1 : 0, Int((share * Double(barColumns)).rounded()))
      runs.append(StyledRun(" " + String(repeating: display.glyphs.filled, count: filled), .gauge))
      if let values, columns >= nameColumns + 12 + barColumns + 24 {
        let blanks = String(repeating: " ", count: barColumns - filled + 2)
        runs.append(StyledRun(blanks + values, .textMuted))
      }
    }
    return runs + [StyledRun("\n")]
  }

  /// The feature's value on either side, A first.
  private func values(_ contribution: Explanation.Contribution) -> String {
    let pair =
      isChosenFirst
      ? (contribution.chosenValue, contribution.rejectedValue)
      : (contribution.rejectedValue, contribution.chosenValue)
    let decimals: Int
    switch contribution.source {
    case .annotator: return ""
    case .style: decimals = 2
    case .words, .recurringText: decimals = 0
    }
    return "A \(Numbers.fixed(pair.0, decimals: decimals))  "
      + "B \(Numbers.fixed(pair.1, decimals: decimals))"
  }

  private func lengthLine(_ explanation: Explanation) -> String {
    guard let agrees = explanation.lengthAgrees else { return "Length says nothing here." }
    let agreesWithModel = agrees == (explanation.margin > 0)
    return "Length alone would say \(side(explanation.lengthAmount)) "
      + "(\(Numbers.fixed(abs(explanation.lengthAmount)))): "
      + (agreesWithModel ? "the same as the model." : "the opposite of the model.")
      + " Words: A \(Numbers.grouped(row.words[0])), B \(Numbers.grouped(row.words[1]))."
  }

  private var isChosenFirst: Bool { order.first == row.row.label.preferred }

  /// Amounts above 0 push towards the chosen side.
  private func isTowardsFirst(_ amount: Double) -> Bool { (amount > 0) == isChosenFirst }

  private func side(_ amount: Double) -> String {
    amount == 0 ? "-" : isTowardsFirst(amount) ? "A" : "B"
  }

  private func role(_ amount: Double) -> ThemeRole {
    amount == 0 ? .textMuted : isTowardsFirst(amount) ? .sideA : .sideB
  }

  private static func phrase(_ reason: UnscoredReason) -> String {
    switch reason {
    case .unreadable: "The row cannot be read, so it has no score."
    case .notTwoSides: "Only rows of two responses are scored."
    case .noPreference: "The file prefers no side, so there is no label to doubt."
    case .identicalSides: "Both sides are the same text, so there is nothing to score."
    case .noHead: "There is no model for this data set."
    case .leftOut: "It is decided, and left out of what the model learns from."
    }
  }

  private static func phrase(_ band: SuspicionBand) -> String? {
    switch band {
    case .top5: "among the top 5%"
    case .top15: "among the top 15%"
    case .top30: "among the top 30%"
    case .rest: nil
    }
  }
}
