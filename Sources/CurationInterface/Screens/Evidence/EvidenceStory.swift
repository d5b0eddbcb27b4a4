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
  /// Nil while it is being worked out.
  let evidence: PairEvidence?
  /// What is known of the pairs that bear on this one, by position.
  let related: [Int: RelatedRow]
  /// The clear biases of the data set that the label goes against, as far as they have been looked for.
  let biasesAgainst: [BiasSubject]
  /// How far the engine is with what is not there yet; nil while it does nothing.
  let progress: String?
  let showsAllSignals: Bool
  let keymap: Keymap
  let display: DisplayText
  let columns: Int

  var page: EvidencePage {
    var page = EvidencePage(columns: columns, display: display)
    addLabel(to: &page)
    guard let scores else {
      page.line([])
      page.text("No scan has finished yet: there is no model to ask.", .textMuted)
      return page
    }
    addWarning(scores.quality, to: &page)
    guard let evidence else {
      page.line([])
      page.text("The reasons are being worked out...", .textMuted)
      return page
    }
    if let explanation = evidence.explanation {
      addVerdict(explanation, scores, to: &page)
    } else {
      let reason =
        scores.unscoredReasons.indices.contains(position)
        ? scores.unscoredReasons[position] : UnscoredReason?.none
      page.line([])
      page.text(reason.map(Self.phrase) ?? "This row came after the scan.", .textMuted)
    }
    addFindings(evidence.findings.map(\.phrase) + biasLines, to: &page)
    if let explanation = evidence.explanation {
      addSignals(evidence, scores, to: &page)
      addRelated(evidence.related, to: &page)
      addDrivers(explanation, to: &page)
      page.heading("LENGTH")
      page.text(lengthLine(explanation))
    }
    return page
  }

  /// What the row shows and what the signals say, without their reasons: for a screen of several pairs.
  var summary: EvidencePage {
    var page = EvidencePage(columns: columns, display: display)
    guard let scores, let evidence else {
      page.text("The reasons are being worked out...", .textMuted)
      return page
    }
    for finding in evidence.findings.map(\.phrase) + biasLines {
      page.text(finding, .statusWarning)
    }
    if evidence.explanation != nil {
      addSignals(evidence, scores, to: &page, isWhole: false)
    } else {
      page.text("It has no score.", .textMuted)
    }
    return page
  }

  private func addLabel(to page: inout EvidencePage) {
    page.text("The file says: \(Phrases.label(of: row, order: order)).")
    if let decision {
      let verdict = Phrases.verdict(decision, of: row, order: order)
      page.text("You: \(verdict); \(Phrases.outcome(decision, of: row)).")
    } else {
      page.text("You: not decided yet.")
    }
  }

  private func addWarning(_ quality: HeadQuality, to page: inout EvidencePage) {
    guard !quality.hasSignal else { return }
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
    page.line([])
    page.text(text, .statusWarning)
  }

  private func addFindings(_ findings: [String], to page: inout EvidencePage) {
    guard !findings.isEmpty else { return }
    page.heading("FINDINGS")
    for finding in findings { page.text(finding, .statusWarning) }
  }

  private var biasLines: [String] {
    guard !biasesAgainst.isEmpty else { return [] }
    let names = biasesAgainst.map { display.truncated($0.phrase, to: 40) }
    return ["the label goes against what clearly wins here: \(names.joined(separator: ", "))"]
  }

  private func addVerdict(
    _ explanation: Explanation, _ scores: ScanResult, to page: inout EvidencePage
  ) {
    page.heading("VERDICT")
    page.text(verdict(explanation))
    let ofPair = row.ranking.map {
      scores.pairScores?.suspicion(of: position, $0.shownPair) ?? nil
    }
    let suspicion = (ofPair ?? scores.suspicion(at: position)).map(Numbers.suspicion) ?? "-"
    let count = evidence?.standing(of: .leaveOneOut)?.pairCount ?? scores.scoredCount
    let band =
      Self.phrase(SuspicionBand.of(rank: explanation.rank, pairCount: count))
      ?? "not among the top 30%"
    // The order follows the decisions: a swapped label is ranked as it is now.
    let rank = scores.changes.swapped.contains(position) ? "As you decided it, rank" : "Rank"
    page.text(
      "\(rank) \(Numbers.grouped(explanation.rank)) of \(Numbers.grouped(count)), most "
        + "suspicious first (\(band)). Suspicion \(suspicion) orders the queue: it is not the "
        + "probability that the label is wrong.")
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

  private func lengthLine(_ explanation: Explanation) -> String {
    guard let agrees = explanation.lengthAgrees else { return "Length says nothing here." }
    let agreesWithModel = agrees == (explanation.margin > 0)
    // `LoadedRow.words` knows nothing of turned sides.
    let words = order == row.order ? row.words : row.words.reversed()
    return "Length alone would say \(side(explanation.lengthAmount)) "
      + "(\(Numbers.fixed(abs(explanation.lengthAmount)))): "
      + (agreesWithModel ? "the same as the model." : "the opposite of the model.")
      + " Words: A \(Numbers.grouped(words[0])), B \(Numbers.grouped(words[1]))."
  }

  private static func phrase(_ reason: UnscoredReason) -> String {
    switch reason {
    case .unreadable: "The row cannot be read, so it has no score."
    case .notTwoSides: "Only preferences between two responses are scored, and this row has none."
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

// The sides, as they stand on screen.
extension EvidenceStory {
  var isChosenFirst: Bool { row.row.label.preferred == order[0] }

  /// The side to which an amount pushes; amounts above 0 push towards the chosen side.
  func side(_ amount: Double) -> String { amount == 0 ? "-" : letter(isChosen: amount > 0) }

  func letter(isChosen: Bool) -> String { isChosen == isChosenFirst ? "A" : "B" }

  func role(_ amount: Double) -> ThemeRole {
    amount == 0 ? .textMuted : (amount > 0) == isChosenFirst ? .sideA : .sideB
  }
}
