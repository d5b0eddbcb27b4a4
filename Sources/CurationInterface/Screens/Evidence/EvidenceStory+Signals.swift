import PreferenceScoring
import TerminalSurface

extension EvidenceStory {
  /// What each signal says, where the pair stands by it, and how much the signals say the same.
  /// `isWhole` says whether there is a key that shows more of them.
  func addSignals(
    _ evidence: PairEvidence, _ scores: ScanResult, to page: inout EvidencePage,
    isWhole: Bool = true
  ) {
    let families = shownFamilies(evidence)
    page.heading("SIGNALS", note: isWhole ? familyNote(evidence) : [])
    let behind = scores.changes.differenceCount(from: scores.signalChanges)
    if behind > 0 {
      page.text(
        "Besides margin and suspicion they do not know yet of \(Numbers.counted(behind, "label")) "
          + "that decisions have changed.", .textMuted)
    }
    for family in families {
      let standings = evidence.standings.filter { standing in
        SignalFamily(standing.id) == family
          && (showsAllSignals || SignalFamily.isLead(standing.id))
      }
      for standing in standings { add(standing, usual: scores.scoredCount, to: &page) }
      if standings.isEmpty { page.line(missingLine(family, scores)) }
      if family == .dynamics, let heldOut = evidence.heldOut {
        page.text("p by epoch  \(heldOut.sparkline(display.glyphs))", indent: 2)
      }
    }
    let shown = evidence.standings.map(\.id)
      .filter { SignalFamily.isLead($0) && families.contains(SignalFamily($0)) }
    if let sentence = evidence.correlations?.sentence(of: shown) { page.text(sentence, .textMuted) }
  }

  private func shownFamilies(_ evidence: PairEvidence) -> [SignalFamily] {
    guard showsAllSignals else { return SignalFamily.standard }
    // What is asked for is missed where it says nothing; of the others only what there is.
    let asked = [.leaveOneOut] + SignalID.evidence
    let shown = Set((asked + evidence.standings.map(\.id)).map { SignalFamily($0) })
    return SignalFamily.allCases.filter { shown.contains($0) }
  }

  private func familyNote(_ evidence: PairEvidence) -> [StyledRun] {
    guard let key = keymap.key(for: .allSignals, in: .evidence) else { return [] }
    return [
      StyledRun(key.description, .hintKey),
      StyledRun(showsAllSignals ? " shows three" : " shows all", .hintText),
    ]
  }

  private static let nameColumns = 14
  private static let rankColumns = 12
  private static let shareColumns = 9
  private static let leastColumnsForShare = 50

  private func add(_ standing: SignalStanding, usual: Int, to page: inout EvidencePage) {
    let isLead = SignalFamily.isLead(standing.id)
    let name = (isLead ? "" : " ") + standing.id.phrase
    let meaning = standing.meaning(side: letter)
    // Most signals know of all pairs: of how many is said where it is another number.
    let isShort = standing.pairCount == usual || standing.rankText.count > Self.rankColumns
    let rank = isShort ? standing.placeText : standing.rankText
    // Where there is little room the mark alone says how far in front the pair stands.
    let shareColumns = page.tableColumns < Self.leastColumnsForShare ? 0 : Self.shareColumns
    let share = display.padded(standing.shareText, to: shareColumns, alignedRight: true)
    let place = [
      StyledRun(display.padded(rank, to: Self.rankColumns, alignedRight: true)),
      StyledRun(share, .textMuted), bandMark(standing),
    ]
    let room = page.tableColumns - Self.rankColumns - shareColumns - 4
    let meaningColumns = room - Self.nameColumns
    if display.columns(of: meaning) <= meaningColumns, display.columns(of: name) < Self.nameColumns
    {
      let padded = display.padded(meaning, to: meaningColumns)
      page.line([StyledRun(display.padded(name, to: Self.nameColumns) + padded)] + place)
    } else {
      page.line([StyledRun(display.padded(name, to: max(8, room)))] + place)
      page.text(meaning, indent: 2)
    }
  }

  /// The part of the order by this signal in which the pair stands. A signal by which no pair stands
  /// out marks none.
  private func bandMark(_ standing: SignalStanding) -> StyledRun {
    switch standing.share {
    case ...SuspicionBand.top5.share: StyledRun(" !!!", .suspicionHigh)
    case ...SuspicionBand.top15.share: StyledRun(" !!", .suspicionMiddle)
    case ...SuspicionBand.top30.share: StyledRun(" !", .suspicionLow)
    default: StyledRun("")
    }
  }

  /// Why a family says nothing of this pair.
  private func missingLine(_ family: SignalFamily, _ scores: ScanResult) -> [StyledRun] {
    let isKnown = family.members.contains { scores.signals[$0] != nil }
    let text: String
    if isKnown {
      text = "says nothing of this pair"
    } else if let progress {
      text = "not worked out yet (\(progress))"
    } else {
      text = "not worked out in this scan"
    }
    return [
      StyledRun(display.padded(family.phrase, to: Self.nameColumns)), StyledRun(text, .textMuted),
    ]
  }
}
