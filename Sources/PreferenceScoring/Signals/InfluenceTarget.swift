/// The pairs on whose loss `Influence` measures what each label does.
public enum InfluenceTarget: Hashable, Codable, Sendable {
  /// All other pairs of the data set. The effects are then close to the margin.
  case allPairs
  /// These rows of the file, some with their labels exchanged: pairs that a person confirmed.
  case rows(kept: [Int], swapped: [Int])
  /// The pairs whose chosen side is the shorter one (in characters): what a taste for length gets
  /// wrong.
  case shorterChosen
  /// The pairs whose source, or whose annotator, has this name.
  case group(String)
}

extension ScanArtefacts {
  /// The pairs that `target` means, as `changes` label them.
  func targetPairs(_ target: InfluenceTarget) -> [Influence.TargetPair] {
    let rows = 0..<design.rowCount
    switch target {
    case .allPairs: return rows.map { .init(row: $0) }
    case .rows(let kept, let swapped):
      return (kept.map { ($0, false) } + swapped.map { ($0, true) }).compactMap { index, isWrong in
        guard let row = pairs.designRow(of: index), design.sign(of: row) != 0 else { return nil }
        // A label that is exchanged already is the confirmed one.
        return .init(row: row, isSwapped: isWrong != (design.sign(of: row) < 0))
      }
    case .shorterChosen:
      let column = StyleFeature.loglen.rawValue
      return rows.filter { design.value($0, column: column) < 0 }
        .map { .init(row: $0) }
    case .group(let name):
      let names = [pairs.sources, pairs.annotators].map { ($0, $0.names.firstIndex(of: name)) }
      return rows.filter { row in
        names.contains { named, number in
          number != nil && named.number(at: pairs.fileRows[row]) == number
        }
      }.map { .init(row: $0) }
    }
  }
}
