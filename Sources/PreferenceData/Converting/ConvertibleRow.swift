/// A row with all that a conversion may carry over: what it says, and the document in which it says
/// so.
public struct ConvertibleRow: Sendable {
  public let row: PreferenceRow
  let root: JSONView
  /// Whether halves of surrogate pairs stand in the texts as their carriers.
  public let carriesHalves: Bool

  /// - Parameters:
  ///   - row: The row that was read from `root`.
  ///   - root: The row's document.
  ///   - carriesHalves: Whether the document was read with carriers of surrogate halves.
  public init(_ row: PreferenceRow, root: JSONView, carriesHalves: Bool = false) {
    self.row = row
    self.root = root
    self.carriesHalves = carriesHalves
  }
}

/// The turns of one comparison, and what stands beside them in the row.
struct Comparison {
  enum Kind {
    case pair
    /// One of the two orders in which a tie is written.
    case tie
    /// One pair of a ranking of three sides or more.
    case ranking
  }

  var kind: Kind
  var context: [Turn]
  var chosen: [Turn]
  var rejected: [Turn]
  var surroundings: Surroundings
}

/// A single response, and whether it is good.
struct Rating {
  var context: [Turn]
  var response: [Turn]
  var isGood: Bool
  var surroundings: Surroundings
}

/// What a row comes to in training data: one example, or several.
enum TrainingExample {
  case comparison(Comparison)
  case rating(Rating)
}

extension ConvertibleRow {
  /// An example, and the positions of the sides that it is about.
  struct Placed {
    var example: TrainingExample
    var better: Int?
    var worse: Int?
  }

  /// The examples that follow from `label`: one for a pair, one for every pair of a ranking that
  /// `PreferenceRow.pairs` names, one for a rating; for a tie both orders, or none.
  func examples(
    as label: PreferenceLabel, tiesInBothOrders: Bool
  ) throws(Inexpressible) -> [Placed] {
    let surroundings = try Surroundings(of: root)
    guard !row.sides.contains(where: \.isPicture) else { throw .media }
    func comparison(_ pair: RankedPair, _ kind: Comparison.Kind) -> Placed {
      Placed(
        example: .comparison(
          Comparison(
            kind: kind, context: row.context, chosen: row.sides[pair.better].turns,
            rejected: row.sides[pair.worse].turns, surroundings: surroundings)),
        better: pair.better, worse: pair.worse)
    }
    switch label {
    case .prefers, .ranks:
      var labelled = row
      labelled.label = label
      let kind = row.sides.count > 2 ? Comparison.Kind.ranking : .pair
      let pairs = labelled.pairs
      guard !pairs.isEmpty else { throw .noPreference }
      return pairs.map { comparison($0, kind) }
    case .tie:
      guard tiesInBothOrders, row.sides.count == 2 else { throw .tie }
      return [
        comparison(RankedPair(better: 0, worse: 1), .tie),
        comparison(RankedPair(better: 1, worse: 0), .tie),
      ]
    case .desirable, .undesirable:
      guard row.sides.count == 1 else { throw .noPreference }
      let rating = Rating(
        context: row.context, response: row.sides[0].turns, isGood: label == .desirable,
        surroundings: surroundings)
      return [Placed(example: .rating(rating))]
    case .bothBad, .none: throw .noPreference
    }
  }
}

extension PreferenceLabel {
  /// This label after a decision for the side at `position` of `count`; nil where several sides are
  /// tied for the best place of a ranking.
  ///
  /// A strength that was given for the other side changes its sign; in a ranking the side changes
  /// places with the best one.
  public func preferring(_ position: Int, of count: Int) -> PreferenceLabel? {
    guard (0..<count).contains(position), count > 1 else { return nil }
    switch self {
    case .prefers(let best, let strength):
      return .prefers(position, strength: best == position ? strength : strength.map { -$0 })
    case .ranks(var places):
      guard let best = preferred, places.count == count else { return nil }
      places.swapAt(best, position)
      return .ranks(places)
    case .tie, .bothBad, .none: return count == 2 ? .prefers(position) : nil
    case .desirable, .undesirable: return nil
    }
  }
}

extension Side {
  private static let pictureSuffixes = [".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp"]

  /// Whether the side is nothing but the name of a picture's file.
  fileprivate var isPicture: Bool {
    guard turns.count == 1, turns[0].message == nil else { return false }
    let text = turns[0].text.lowercased()
    return Self.pictureSuffixes.contains(where: text.hasSuffix)
      && !text.contains(where: \.isWhitespace)
  }
}
