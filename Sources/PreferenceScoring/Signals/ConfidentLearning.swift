/// Confident learning for pairs: which labels the model is as sure against as it usually is for one.
///
/// Meaning: p = sigma(leave-one-out margin). Every pair counts in both orientations, so that neither
/// column of the file is a class of its own: with t the mean of p, OFF = #{1 - p >= t} and
/// DIAG = #{p >= t}, and the share of wrong labels is OFF / (OFF + DIAG). Where t <= 1/2 a label that
/// is in both counts for the likelier.
/// - `confident`: the normalised margin p - (1 - p).
/// - `confident_flag`: 1 where the label is counted as wrong, else 0.
///
/// Beside them, where the file says which side stood first, the sides are classes of their own in
/// `LabelNoise.Confident.firstWrong`, so that a side that is taken too often shows; annotators, or else
/// sources, have a share each.
///
/// - Range: confident [-1, 1], low = suspicious; flag 0 or 1.
/// - Complexity: O(n).
/// - Limits: the share has a floor: with right labels and a calibrated model it is
///   OFF' / (OFF' + DIAG') > 0, where each pair is expected to be the surer way round with max(p, 1 - p);
///   `LabelNoise.Confident.floor` says how much. A model that is calibrated to the labels of the file,
///   wrong ones among them, counts about its floor: only a share above it speaks. `confident` orders the
///   pairs by margin.
/// - Measured: AUROC on helpful-base with 20 % planted flips (mean of ten seeds) and on UKPConvArg1 A (real
///   votes): confident .690, .889; flag .631, .674; the default .690, .892.
/// - Source: Northcutt, Jiang and Chuang, 2021, doi:10.1613/jair.1.12125; the rules of counting as in
///   cleanlab's count.py. Both orientations at once, and the floor, are ours.
struct ConfidentLearning: SignalWork {
  private static let neededInGroup = 30

  private(set) var noise = LabelNoise()

  var share: Double { 0 }

  mutating func advance(_ evidence: SignalEvidence, jobs: Int) -> [SignalID: SignalValues]? {
    let rows = evidence.leftOutMargins.indices.filter { evidence.design.sign(of: $0) != 0 }
    let right = evidence.leftOutMargins.map(sigmoid)
    let count = ConfidentCount(rows.map { right[$0] })
    let margins = right.map { 2 * $0 - 1 }
    let flags = right.map { count.isWrong($0) ? 1.0 : 0 }
    var confident = LabelNoise.Confident(
      wrong: count.wrong, floor: ConfidentCount.floor(rows.map { right[$0] }),
      flaggedCount: rows.count { flags[$0] == 1 }, groups: Self.groups(evidence, rows, right))
    if let shares = Self.sideShares(evidence, rows, right) {
      (confident.firstWrong, confident.secondWrong) = shares
    }
    noise.confident = confident
    noise.doubleLabels = DoubleLabelling.count(evidence)
    return [.confident: SignalValues(margins), .confidentFlag: SignalValues(flags)]
  }

  /// The share that is counted as wrong of the labels for the side that stood first, and of those for
  /// the other, the sides as classes; nil where the file does not say which stood first.
  private static func sideShares(
    _ evidence: SignalEvidence, _ rows: [Int], _ right: [Double]
  ) -> (Double, Double)? {
    let places = evidence.groups.hasRankings ? [] : evidence.chosenPlaces
    guard Set(places) == [0, 1] else { return nil }
    let sides = (0...1).map { place in rows.filter { places[$0] == place }.map { right[$0] } }
    let counts = sides.map { ConfidentCount($0) }
    func share(_ own: Int) -> Double {
      let wrong = sides[own].count {
        1 - $0 >= counts[1 - own].threshold && !($0 >= counts[own].threshold && $0 >= 0.5)
      }
      return Double(wrong) / Double(max(1, sides[own].count))
    }
    return (share(0), share(1))
  }

  /// The share by annotator, or by source, each by its own threshold.
  private static func groups(
    _ evidence: SignalEvidence, _ rows: [Int], _ right: [Double]
  ) -> [LabelNoise.Group] {
    let (names, numbers) =
      evidence.annotatorNames.count > 1
      ? (evidence.annotatorNames, evidence.annotators) : (evidence.sourceNames, evidence.sources)
    guard names.count > 1 else { return [] }
    var members = [[Double]](repeating: [], count: names.count)
    for row in rows { if let number = numbers[row] { members[number].append(right[row]) } }
    return names.indices.filter { members[$0].count >= neededInGroup }.map { number in
      LabelNoise.Group(
        name: names[number], count: members[number].count,
        wrong: ConfidentCount(members[number]).wrong)
    }
  }
}

/// The counts of confident learning over pairs in both orientations.
struct ConfidentCount: Sendable {
  /// The mean of p.
  let threshold: Double
  private(set) var wrongCount = 0.0
  private(set) var rightCount = 0.0

  /// The share of labels that are counted as wrong, of all that are counted; 0 where none is.
  var wrong: Double {
    let all = wrongCount + rightCount
    return all > 0 ? wrongCount / all : 0
  }

  /// - Parameter right: By pair, p.
  init(_ right: [Double]) {
    self.init(right, weights: Array(repeating: 1, count: right.count))
  }

  private init(_ right: [Double], weights: [Double]) {
    var (sum, total) = (0.0, 0.0)
    for (p, weight) in zip(right, weights) {
      sum += weight * p
      total += weight
    }
    threshold = total > 0 ? sum / total : 0
    for (p, weight) in zip(right, weights) {
      if isWrong(p) {
        wrongCount += weight
      } else if p >= threshold {
        rightCount += weight
      }
    }
  }

  /// Whether a label with this p is counted as wrong: where it is sure enough both ways, the surer one
  /// counts.
  func isWrong(_ p: Double) -> Bool { 1 - p >= threshold && !(p >= threshold && p >= 0.5) }

  /// The share that is expected where every pair is labelled either way round as often as its p says.
  static func floor(_ right: [Double]) -> Double {
    let both = right + right.map { 1 - $0 }
    return ConfidentCount(both, weights: both).wrong
  }
}
