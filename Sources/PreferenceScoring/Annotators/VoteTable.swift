import PreferenceData

/// What annotators say of one pair, whatever its label.
struct PairBallots: Sendable, Equatable {
  /// The prompt and the unordered sides (`PairKeys.pair`).
  var pair: UInt64
  /// Whether the side with the smaller key, which is called the first here, is the longer one.
  var isFirstLonger: Bool
  var ballots: [Ballot]

  /// One annotator's word.
  struct Ballot: Sendable, Equatable {
    /// Nil where the file does not name who it was.
    var annotator: String?
    /// Whether it is for the first side; nil for a tie.
    var isForFirst: Bool?
  }
}

extension PairBallots {
  /// What the file says of the sides of `row`, which have these keys: the votes in the row, or else
  /// the label of a row that names its annotator. Nil where nobody says anything.
  ///
  /// - Complexity: O(bytes) where somebody does.
  init?(_ row: PreferenceRow, prompt: UInt64, sides: [UInt64]) {
    guard row.sides.count == 2, sides[0] != sides[1] else { return nil }
    let first = sides[0] < sides[1] ? 0 : 1
    let judgments =
      row.judgments.isEmpty && row.annotator != nil
      ? [Judgment(annotator: row.annotator, label: row.label)] : row.judgments
    ballots = judgments.compactMap { judgment in
      switch judgment.label {
      case .prefers, .ranks:
        judgment.label.preferred.map {
          Ballot(annotator: judgment.annotator, isForFirst: $0 == first)
        }
      case .tie, .bothBad: Ballot(annotator: judgment.annotator, isForFirst: nil)
      case .desirable, .undesirable, .none: nil
      }
    }
    guard !ballots.isEmpty else { return nil }
    pair = PairKeys(prompt: prompt, chosen: sides[0], rejected: sides[1]).pair
    let lengths = row.sides.map { $0.text.unicodeScalars.count }
    isFirstLonger = lengths[first] >= lengths[1 - first]
  }
}

/// Who votes for which side of which pair, over all rows of a file.
///
/// Copies and near-copies of a pair are one pair here, with the votes of all its rows. An annotator who
/// is named votes once on a pair, as most of the annotator's votes on it go. Those who are not named are
/// one annotator, who votes as often as they do: of them only a common habit can be learned.
///
/// A tie says nothing of which side is better and is counted apart; so is a draw among an annotator's
/// own votes on one pair.
struct VoteTable: Sendable, Equatable {
  struct Vote: Sendable, Equatable {
    var annotator: Int32
    var isForFirst: Bool
  }

  /// By number: the names, sorted; last, where there are such, nil for those who are not named.
  private(set) var annotators: [String?] = []
  /// By annotator.
  private(set) var tieCounts: [Int] = []
  /// Unit by unit, within a unit by annotator. A unit is a pair with votes.
  private(set) var votes: [Vote] = []
  /// By unit, its votes; never empty.
  private(set) var units: [Range<Int>] = []
  /// By unit.
  private(set) var isFirstLonger: [Bool] = []
  /// By unit, the key of its pair.
  private(set) var pairs: [UInt64] = []
  private var numbers: [UInt64: Int] = [:]

  init() {}

  /// - Complexity: O(n log n) for n votes.
  init(_ said: [PairBallots]) {
    let names = Set(said.lazy.flatMap { $0.ballots.lazy.compactMap(\.annotator) }).sorted()
    let hasUnnamed = said.contains { $0.ballots.contains { $0.annotator == nil } }
    annotators = names.map { $0 } + (hasUnnamed ? [nil] : [])
    tieCounts = Array(repeating: 0, count: annotators.count)
    let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
    let order = said.indices.sorted { (said[$0].pair, $0) < (said[$1].pair, $1) }
    order.forEachRun(by: { said[$0].pair }) { run in
      // 1 for the first side, -1 for the second, 0 for neither.
      var cast: [(annotator: Int, side: Int)] = []
      for ballot in run.lazy.flatMap({ said[$0].ballots }) {
        let annotator = ballot.annotator.flatMap { places[$0] } ?? names.count
        cast.append((annotator, ballot.isForFirst.map { $0 ? 1 : -1 } ?? 0))
      }
      cast.sort { ($0.annotator, $0.side) < ($1.annotator, $1.side) }
      let start = votes.count
      cast.forEachRun(by: \.annotator) { own in
        let annotator = own[own.startIndex].annotator
        let sides = annotators[annotator] == nil ? own.map(\.side) : [Self.majority(own)]
        for side in sides {
          if side == 0 {
            tieCounts[annotator] += 1
          } else {
            votes.append(Vote(annotator: Int32(annotator), isForFirst: side > 0))
          }
        }
      }
      guard votes.count > start else { return }
      let first = said[run[run.startIndex]]
      numbers[first.pair] = units.count
      pairs.append(first.pair)
      units.append(start..<votes.count)
      isFirstLonger.append(first.isFirstLonger)
    }
  }

  private static func majority(_ own: ArraySlice<(annotator: Int, side: Int)>) -> Int {
    own.reduce(0) { $0 + $1.side }.signum()
  }

  var unitCount: Int { units.count }

  /// The number of the pair with this key; nil where nobody prefers one of its sides.
  func unit(of pair: UInt64) -> Int? { numbers[pair] }

  /// Whether somebody else votes on the pair, so that votes can be compared.
  func isShared(_ unit: Int) -> Bool { units[unit].count > 1 }

  /// How many votes are for the first and for the second side.
  func counts(of unit: Int) -> (first: Int, second: Int) {
    let first = votes[units[unit]].count(where: \.isForFirst)
    return (first, units[unit].count - first)
  }

  /// By unit, the share of its votes that are for the first side; nil for a lone vote.
  var shares: [Double?] {
    units.indices.map { unit in
      let (first, second) = counts(of: unit)
      return isShared(unit) ? Double(first) / Double(first + second) : nil
    }
  }

  /// How an annotator's votes compare with those of everybody else on the same pairs.
  struct Comparison: Sendable, Equatable {
    var voteCount = 0
    /// How many of these votes are on shared pairs.
    var sharedCount = 0
    /// With how many votes of others they are compared, and how many of those say the same.
    var otherCount = 0
    var agreeingCount = 0

    /// The share of the others' votes that say the same; nil where there are none.
    var agreement: Double? {
      otherCount > 0 ? Double(agreeingCount) / Double(otherCount) : nil
    }
  }

  /// By annotator.
  /// - Complexity: O(votes).
  var comparisons: [Comparison] {
    var found = [Comparison](repeating: Comparison(), count: annotators.count)
    for unit in units.indices {
      let (first, second) = counts(of: unit)
      for vote in votes[units[unit]] {
        let annotator = Int(vote.annotator)
        found[annotator].voteCount += 1
        guard first + second > 1 else { continue }
        found[annotator].sharedCount += 1
        found[annotator].otherCount += first + second - 1
        found[annotator].agreeingCount += (vote.isForFirst ? first : second) - 1
      }
    }
    return found
  }
}
