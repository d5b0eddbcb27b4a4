import CurationEngine
import CurationInterface
import DatasetFiles
import PreferenceData
import PreferenceScoring

extension NoiseComparison {
  /// The shares side by side, as a small table; empty where there is nothing to compare.
  func lines(_ noise: LabelNoise?) -> [String] {
    let rows = Source.allCases.compactMap { source in line(source, noise) }
    guard !rows.isEmpty, noise?.isKnown == true || entries.contains(where: { $0.source == .audit })
    else { return [] }
    var lines =
      ["SHARE OF WRONG LABELS  (epsilon of cDPO and rDPO; only an audit is measured)"] + rows
    if isContradictory {
      lines.append(
        "  these differ by more than a factor of \(Int(Self.differingFactor)): take none of them but "
          + "an audit's")
    }
    return lines + (noise?.groupLines ?? [])
  }

  private func line(_ source: Source, _ noise: LabelNoise?) -> String? {
    let entry = entries.first { $0.source == source }
    let name = Table.cell(source.phrase, 20)
    guard let entry else { return unusable(source, noise).map { "  \(name)  \($0)" } }
    let value = Table.cell(Numbers.nearestPercent(entry.value), 4, alignedRight: true)
    let range = entry.interval.map { "\(Numbers.percentRange($0))%" } ?? ""
    return "  \(name)  \(value)  \(Table.cell(range, 9))\(remark(source, noise))"
  }

  /// Why a source that was worked out gives no share.
  private func unusable(_ source: Source, _ noise: LabelNoise?) -> String? {
    switch source {
    case .mixture: return noise?.mixture == nil ? nil : "not identified by these labels"
    case .confident:
      guard let confident = noise?.confident else { return nil }
      let wrong = Numbers.nearestPercent(confident.wrong)
      let floor = Numbers.nearestPercent(confident.floor)
      return "says nothing: it counts \(wrong), right labels alone would give \(floor)"
    case .audit, .doubleLabels, .anchor: return nil
    }
  }

  private func remark(_ source: Source, _ noise: LabelNoise?) -> String {
    switch source {
    case .audit: return "a person judged a random sample"
    case .doubleLabels:
      let count = noise?.doubleLabels?.count ?? 0
      return "from the agreement of \(Numbers.count(count, "double label")), close calls too"
    case .mixture: return "what the margins' shape says"
    case .confident:
      let floor = noise?.confident.map { Numbers.nearestPercent($0.floor) } ?? "?"
      return "right labels alone would give \(floor)"
    case .anchor: return "hardly more: the surest labels are as sure as that"
    }
  }

  func json(_ noise: LabelNoise?) -> JSONValue {
    let confident = noise?.confident
    return .object(
      entries.map { entry in
        .init(
          entry.source.rawValue,
          [
            "value": .number(entry.value),
            "lower": JSONValue(entry.interval) { .number($0.lower) },
            "upper": JSONValue(entry.interval) { .number($0.upper) },
          ])
      } + [
        .init("contradictory", .bool(isContradictory)),
        .init("em_identified", JSONValue(noise?.mixture) { .bool($0.isIdentified) }),
        .init("confident_counted", JSONValue(confident) { .number($0.wrong) }),
        .init("confident_floor", JSONValue(confident) { .number($0.floor) }),
      ])
  }
}

extension NoiseComparison.Source {
  fileprivate var phrase: String {
    switch self {
    case .audit: "audit"
    case .doubleLabels: "double labels"
    case .mixture: "noise EM"
    case .confident: "confident learning"
    case .anchor: "anchor"
    }
  }
}

extension LabelNoise {
  private static let shownGroups = 5
  private static let neededLabels = 30

  /// Whether a signal that estimates noise was worked out.
  fileprivate var isKnown: Bool { mixture != nil || confident != nil }

  /// The annotators or sources with the most, and the two sides.
  fileprivate var groupLines: [String] {
    var lines: [String] = []
    let rated = mixture?.isIdentified == true ? mixture?.annotators ?? [] : []
    let listed = (rated.isEmpty ? confident?.groups ?? [] : rated)
      .filter { $0.count >= Self.neededLabels }
      .sorted { ($1.wrong, $0.name) < ($0.wrong, $1.name) }
    for group in listed.prefix(Self.shownGroups) {
      lines.append(
        "  \(Table.cell(Table.line(group.name), 20))  "
          + "\(Table.cell(Numbers.nearestPercent(group.wrong), 4, alignedRight: true))  "
          + "of \(Numbers.count(group.count, "label")), by "
          + (rated.isEmpty ? "confident learning" : "noise EM"))
    }
    if listed.count > Self.shownGroups {
      lines.append("  and \(Numbers.grouped(listed.count - Self.shownGroups)) more with less")
    }
    if let sides = mixture?.sides, sides.areDifferent, mixture?.isIdentified == true {
      lines.append(
        "  the better side loses in \(Numbers.nearestPercent(sides.firstLoses)) where it stands "
          + "first, in \(Numbers.nearestPercent(sides.secondLoses)) where second")
    }
    if let first = confident?.firstWrong, let second = confident?.secondWrong {
      lines.append(
        "  confident learning counts \(Numbers.nearestPercent(first)) of the labels for the first "
          + "side, \(Numbers.nearestPercent(second)) of those for the second")
    }
    return lines
  }
}
