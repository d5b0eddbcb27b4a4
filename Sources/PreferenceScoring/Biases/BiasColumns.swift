import Foundation

/// The pairs of a data set as columns of differences, and what each subject comes to on them.
struct BiasColumns: Sendable {
  let pairs: [BiasPair]
  /// What there is to test, in a fixed order.
  let subjects: [BiasSubject]
  /// By feature and pair.
  private let features: [[Float]]
  private let length: [Double]
  private let rowCount: Int
  /// The date from which on a row is of the later half; nil where the rows have no two halves.
  private let laterFrom: Int64?

  /// A model, source or annotator has a row from this many pairs on; of each kind the largest
  /// `nameLimit` have one (of equals, by name).
  private static let neededPairs = 50
  private static let nameLimit = 16
  /// Five wins of five come about by chance once in 2^4 times, either way: more than 5 %.
  private static let leastTestedPairs = 6

  init(_ chunks: [BiasChunk], rowCount: Int) {
    pairs = chunks.flatMap(\.pairs)
    self.rowCount = rowCount
    let width = BiasFeature.allCases.count
    var features = [[Float]](repeating: [], count: width)
    for column in 0..<width {
      features[column].reserveCapacity(pairs.count)
      for chunk in chunks {
        for pair in chunk.pairs.indices {
          features[column].append(chunk.differences[pair * width + column])
        }
      }
    }
    self.features = features
    length = Self.scaled(features[BiasFeature.length.column])
    var subjects = BiasFeature.allCases.map(BiasSubject.feature)
    laterFrom = Self.laterHalf(pairs.compactMap(\.date))
    let firstCount = pairs.count(where: \.isFirstChosen)
    if firstCount > 0, firstCount < pairs.count { subjects.append(.position) }
    let authors = pairs.lazy.filter { $0.chosenAuthor != $0.rejectedAuthor }
      .flatMap { [$0.chosenAuthor, $0.rejectedAuthor] }
    subjects += Self.largest(authors).map(BiasSubject.author)
    let groups = Self.largest(pairs.lazy.map(\.group))
    if groups.count > 1 { subjects += groups.map(BiasSubject.group) }
    let annotators = Self.largest(pairs.lazy.map(\.annotator))
    if annotators.count > 1 { subjects += annotators.map(BiasSubject.annotator) }
    if laterFrom != nil { subjects.append(.laterHalf) }
    self.subjects = subjects
  }

  /// The date that cuts `dates` in two; nil where either half is too small.
  private static func laterHalf(_ dates: [Int64]) -> Int64? {
    let sorted = dates.sorted()
    guard sorted.count >= 2 * neededPairs else { return nil }
    let middle = sorted[sorted.count / 2]
    return sorted.partitionPoint { $0 >= middle } >= neededPairs ? middle : nil
  }

  private static func largest(_ names: some Sequence<String?>) -> [String] {
    var sizes: [String: Int] = [:]
    for case let name? in names { sizes[name, default: 0] += 1 }
    return sizes.filter { $0.value >= neededPairs }
      .sorted { ($0.value, $1.key) > ($1.value, $0.key) }
      .prefix(nameLimit).map(\.key)
  }

  /// The row about `subject`, and by row of the file what the pair says of it; nil where no pair differs.
  func measured(_ subject: BiasSubject) -> (row: BiasRow, sides: [Int8])? {
    let differences = differences(in: subject)
    let wins = differences.count { $0 > 0 }
    let losses = differences.count { $0 < 0 }
    guard wins + losses > 0 else { return nil }
    var sides = [Int8](repeating: 0, count: rowCount)
    for (pair, value) in zip(pairs, differences) {
      sides[pair.row] = value > 0 ? 1 : value < 0 ? -1 : 0
    }
    let effect: BiasEffect?
    switch subject {
    case _ where wins + losses < Self.leastTestedPairs: effect = nil
    case .feature(.length): effect = BiasEffect(of: length, beside: [])
    case .feature, .position, .author:
      effect = BiasEffect(of: Self.scaled(differences), beside: [length])
    case .group, .annotator, .laterHalf:
      let others = zip(lengths { subject != .laterHalf || $0.date != nil }, differences)
      effect = BiasEffect(
        wins: wins, losses: losses, otherWins: others.count { $0 > 0 && $1 == 0 },
        otherLosses: others.count { $0 < 0 && $1 == 0 })
    }
    let row = BiasRow(
      subject: subject, pairCount: wins + losses, winCount: wins, effect: effect,
      adjustedPValue: nil)
    return (row, sides)
  }

  /// By pair, how much more the chosen side has of it.
  private func differences(in subject: BiasSubject) -> [Float] {
    switch subject {
    case .feature(let feature): features[feature.column]
    case .position: pairs.map { $0.isFirstChosen ? 1 : -1 }
    case .author(let name):
      pairs.map { ($0.chosenAuthor == name ? 1 : 0) - ($0.rejectedAuthor == name ? 1 : 0) }
    case .group(let name): lengths { $0.group == name }
    case .annotator(let name): lengths { $0.annotator == name }
    case .laterHalf:
      lengths { pair in
        guard let date = pair.date, let laterFrom else { return false }
        return date >= laterFrom
      }
    }
  }

  /// The differences in length of the pairs that `isMember` takes, 0 for all others.
  private func lengths(_ isMember: (BiasPair) -> Bool) -> [Float] {
    zip(pairs, features[BiasFeature.length.column]).map { isMember($0) ? $1 : 0 }
  }

  /// `differences` divided by their root mean square over the pairs that differ.
  static func scaled(_ differences: [Float]) -> [Double] {
    var squares = 0.0
    var count = 0
    for value in differences where value != 0 {
      squares += Double(value) * Double(value)
      count += 1
    }
    guard squares > 0 else { return differences.map(Double.init) }
    let scale = (squares / Double(count)).squareRoot()
    return differences.map { Double($0) / scale }
  }
}

extension BiasEffect {
  /// What `column` adds to the log-odds beside the columns of `controls`; nil where the pairs do not
  /// determine it.
  init?(of column: [Double], beside controls: [[Double]]) {
    guard let fit = FirthFit([column] + controls.filter { $0.contains { $0 != 0 } }) else {
      return nil
    }
    self.init(logOddsRatio: fit.coefficients[0], standardError: fit.standardErrors[0])
  }

  /// The odds of winning here divided by the odds elsewhere, half a win and half a loss added to each;
  /// nil where there is no elsewhere.
  ///
  /// - Source: Haldane, 1956, and Anscombe, 1956; the standard error is Woolf's, 1955.
  init?(wins: Int, losses: Int, otherWins: Int, otherLosses: Int) {
    guard otherWins + otherLosses > 0 else { return nil }
    let (won, lost) = (Double(wins) + 0.5, Double(losses) + 0.5)
    let (otherWon, otherLost) = (Double(otherWins) + 0.5, Double(otherLosses) + 0.5)
    self.init(
      logOddsRatio: log(won) + log(otherLost) - (log(lost) + log(otherWon)),
      standardError: (1 / won + 1 / lost + (1 / otherWon + 1 / otherLost)).squareRoot())
  }
}
