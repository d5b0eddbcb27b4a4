import PreferenceScoring
import TerminalSurface

extension EvidenceStory {
  /// What each feature adds to the margin.
  func addDrivers(_ explanation: Explanation, to page: inout EvidencePage) {
    page.heading("WHAT DRIVES IT")
    let largest = explanation.contributions.map { abs($0.amount) }.max() ?? 0
    for contribution in explanation.contributions {
      let share = largest > 0 ? abs(contribution.amount) / largest : 0
      page.line(
        driverLine(
          contribution.source.phrase, contribution.amount, bar: share,
          values: values(contribution)))
    }
    if explanation.restCount > 0 {
      page.line(
        driverLine("\(Numbers.grouped(explanation.restCount)) others together", explanation.rest))
    }
    page.line(driverLine("sum", explanation.margin))
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
    return runs
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
    case .reward:
      return "A \(Numbers.signed(pair.0))  B \(Numbers.signed(pair.1))"
    }
    return "A \(Numbers.fixed(pair.0, decimals: decimals))  "
      + "B \(Numbers.fixed(pair.1, decimals: decimals))"
  }
}
