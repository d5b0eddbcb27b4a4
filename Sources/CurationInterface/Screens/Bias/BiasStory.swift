import PreferenceScoring

/// A row of the bias table in sentences. In blind mode they do not say which side wins.
struct BiasStory {
  let row: BiasRow
  let testedCount: Int
  let isBlind: Bool

  var text: String { [rate, verdict, odds].joined(separator: " ") }

  /// Whether to believe it.
  var verdict: String {
    guard row.adjustedPValue != nil else { return "Too few pairs differ to test it." }
    let tests = Numbers.count(testedCount, "test")
    guard row.isSignificant else { return "Not beyond chance among \(tests)." }
    switch row.subject.section {
    case .groups, .annotators, .dates: return "Unlike the others, beyond chance among \(tests)."
    case .features, .authors:
      return row.isClear
        ? "Beyond chance among \(tests); \(row.effectSize.rawValue) (Cohen)."
        : "Beyond chance among \(tests), but small, or another at equal length."
    }
  }

  private var shown: BiasRow { isBlind ? row.withoutDirection : row }

  private var rate: String {
    let wins = shown.winRate
    let share = "\(Numbers.nearestPercent(wins.value)) (\(Numbers.percentRange(wins)))"
    let pairs = Numbers.count(row.pairCount, "pair")
    let end = isBlind ? "one of the two is chosen in \(share)" : "is chosen in \(share)"
    let side = isBlind ? "" : "\(row.subject.sidePhrase) "
    return switch row.subject {
    case .feature(.length): "Of \(pairs) of different length, \(side)\(end)."
    case .feature(let feature): "Of \(pairs) that differ in \(feature.phrase), \(side)\(end)."
    case .position: "Of \(pairs), \(side)\(end)."
    case .author(let name): "Of \(pairs) of \(name) with another, \(side)\(end)."
    case .group(let name), .annotator(let name):
      "Of \(pairs) of \(name) of different length, \(side)\(end)."
    case .laterHalf: "Of \(pairs) of the later half of the dates, \(side)\(end)."
    }
  }

  private var odds: String {
    guard let odds = shown.effect?.oddsRatio else { return "" }
    let value =
      "\(Numbers.fixed(odds.value)) (\(Numbers.fixed(odds.lower)) to \(Numbers.fixed(odds.upper)))"
    return switch row.subject {
    case .feature(.length): "Odds for a typical difference: \(value)."
    case .feature: "At equal length, odds for a typical difference: \(value)."
    case .position, .author: "At equal length, odds: \(value)."
    case .laterHalf: "Its odds divided by those of the earlier half: \(value)."
    case .group, .annotator: "Its odds divided by those of all other rows: \(value)."
    }
  }
}
