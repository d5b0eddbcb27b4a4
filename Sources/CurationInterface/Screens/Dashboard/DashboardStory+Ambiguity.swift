import PreferenceScoring
import TerminalSurface

extension DashboardStory {
  /// The pairs about which there is doubt of another kind than suspicion.
  var ambiguity: DashboardPanel {
    var panel = DashboardPanel("AMBIGUOUS")
    guard let scan = facts.scan, let kinds = scan.signals[.uncertaintyKind] else {
      panel.add([StyledRun("not worked out: ou in the queue does it", .textMuted)])
      return panel
    }
    for kind in RowAmbiguity.allCases {
      let marks = scan.flagged(by: kind.signal)
      let rows = marks.indices.filter { marks[$0] }
      panel.add(
        kind.rawValue, "\(Numbers.count(rows.count, "pair")): \(kind.phrase)",
        link: .rows(title: "ambiguous: \(kind.phrase)", rows))
    }
    let counts = (0...2).map { kind in Numbers.grouped(kinds.count { $0 == Double(kind) }) }
    panel.add("kinds (UPO)", "\(counts[0]) noise, \(counts[1]) hard, \(counts[2]) easy")
    return panel
  }
}

extension RowAmbiguity {
  fileprivate var phrase: String {
    switch self {
    case .epistemic: "the head knows least of them"
    case .aleatoric: "the closest calls"
    }
  }
}
