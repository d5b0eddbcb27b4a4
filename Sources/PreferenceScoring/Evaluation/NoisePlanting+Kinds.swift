import Foundation
import PreferenceData

extension NoisePlanting {
  /// Plants noise of a kind that looks at the rows.
  ///
  /// Of length noise, round(rate * rows) pairs whose chosen side is the shorter one are drawn without
  /// replacement, one after the other, each with a probability proportional to the absolute difference
  /// of ln(1 + characters): an annotator who takes long for good. Of an annotator or a source, one with
  /// at least `neededPairs` pairs is drawn, each as likely as another, and then round(rate * its pairs)
  /// of its pairs.
  /// - Parameters:
  ///   - kind: Which labels are struck.
  ///   - source: The rows; each is read once.
  ///   - rate: The share to flip, in [0, 1].
  ///   - seed: Decides which.
  /// - Throws: What the rows lack for such noise.
  /// - Source: length bias as noise: Min and others, 2025, arXiv:2501.05790; which pairs are drawn is
  ///   ours. Drawing: Efraimidis and Spirakis, 2006, doi:10.1016/j.ipl.2005.11.003.
  public init(
    _ kind: NoiseKind, in source: any PairSource, rate: Double, seed: UInt64
  ) throws(NoisePlantingError) {
    switch kind {
    case .symmetric: self.init(rowCount: source.rowCount, rate: rate, seed: seed)
    case .length: try self.init(lengthIn: source, rate: rate, seed: seed)
    case .annotator: try self.init(kind, of: \.annotator, in: source, rate: rate, seed: seed)
    case .source: try self.init(kind, of: \.group, in: source, rate: rate, seed: seed)
    }
  }

  /// An annotator's or source's habits show from about this many pairs on.
  public static let neededPairs = 30

  private init(
    lengthIn source: any PairSource, rate: Double, seed: UInt64
  ) throws(NoisePlantingError) {
    var generator = SeededGenerator(seed: seed)
    var drawn: [(key: Double, row: Int)] = []
    for (index, row) in source.scorablePairs {
      guard let (chosen, rejected) = row.chosenAndRejected else { continue }
      let lengths = [chosen, rejected].map {
        Double(1 + row.sides[$0].text.unicodeScalars.count)
      }
      guard lengths[0] < lengths[1] else { continue }
      // The first of exponential clocks to ring, each as fast as its weight.
      drawn.append((-log(1 - generator.unit()) / log(lengths[1] / lengths[0]), index))
    }
    let wanted = Int((rate * Double(source.rowCount)).rounded())
    guard wanted <= drawn.count else {
      throw .tooFewShorterChosen(possible: drawn.count, wanted: wanted)
    }
    drawn.sort { ($0.key, $0.row) < ($1.key, $1.row) }
    self.init(flipping: drawn.prefix(wanted).map(\.row), of: source.rowCount, seed: seed)
  }

  private init(
    _ kind: NoiseKind, of name: KeyPath<PreferenceRow, String?>, in source: any PairSource,
    rate: Double, seed: UInt64
  ) throws(NoisePlantingError) {
    precondition((0...1).contains(rate), "a rate is from 0 to 1, got \(rate)")
    var rowsByName: [String: [Int]] = [:]
    for (index, row) in source.scorablePairs {
      if let name = row[keyPath: name] { rowsByName[name, default: []].append(index) }
    }
    let names = rowsByName.filter { $0.value.count >= Self.neededPairs }.keys.sorted()
    guard !names.isEmpty else {
      throw .noneLargeEnough(
        kind, largest: rowsByName.values.map(\.count).max() ?? 0, needed: Self.neededPairs)
    }
    var generator = SeededGenerator(seed: seed)
    let struck = names[generator.below(names.count)]
    let rows = rowsByName[struck] ?? []
    let count = Int((rate * Double(rows.count)).rounded())
    self.init(
      flipping: generator.sample(count, below: rows.count).map { rows[$0] }, of: source.rowCount,
      seed: seed, struck: struck)
  }
}

extension PairSource {
  /// The rows that can be scored, with their positions, read one after the other.
  fileprivate var scorablePairs: some Sequence<(Int, PreferenceRow)> {
    (0..<rowCount).lazy.compactMap { index in
      guard case .success(let row) = self.row(at: index), UnscoredReason(row) == nil else {
        return nil
      }
      return (index, row)
    }
  }
}
